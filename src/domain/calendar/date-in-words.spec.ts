import { dateInWords } from './date-in-words.js';

describe('a day as people write it', () => {
  it.each([
    ['2015-06-02', '2 June 2015'],
    ['2015-01-31', '31 January 2015'],
    ['1999-12-01', '1 December 1999'],
    ['2015-13-01', '2015-13-01'],
    ['soon', 'soon'],
  ])('%s is %s', (day, words) => expect(dateInWords(day)).toBe(words));
});
