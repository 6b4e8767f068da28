import { parseFraction } from './fraction.js';
import { movedInWords, numberInWords, percentInWords, pointsInWords } from './number-in-words.js';

describe('a number in a sentence', () => {
  it.each([
    ['2', '2'],
    ['-0.69', '-0.69'],
    ['0.1234', '0.1234'],
    ['0.12345', 'about 0.1235 (2469/20000)'],
    ['53/81', 'about 0.6543 (53/81)'],
    ['-2/3', 'about -0.6667 (-2/3)'],
  ])('%s is written %s', (text, words) => {
    expect(numberInWords(parseFraction(text))).toBe(words);
  });

  it.each([
    ['3/5', '60%'],
    ['-1/8', '-12.5%'],
    ['1/3', 'about 33.3333% (1/3)'],
    ['0.01', '1%'],
  ])('%s as a percentage is %s', (text, words) => {
    expect(percentInWords(parseFraction(text))).toBe(words);
  });

  it.each([
    ['-1/8', '-12.5 percentage points'],
    ['0.01', '1 percentage point'],
    ['0.011', '1.1 percentage points'],
    ['2/3', 'about 66.6667 percentage points (2/3)'],
  ])('%s as a difference of percentages is %s', (text, words) => {
    expect(pointsInWords(parseFraction(text))).toBe(words);
  });

  it.each([
    ['0.69', 'improved by 0.69'],
    ['-1/3', 'worsened by about 0.3333 (1/3)'],
    ['0', 'did not change'],
  ])('an improvement of %s: %s', (text, words) => {
    expect(movedInWords(parseFraction(text))).toBe(words);
  });
});
