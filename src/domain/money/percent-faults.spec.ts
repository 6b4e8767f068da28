import { percentFaults } from './percent-faults.js';

const faults = (text: string, least: number, most: number) =>
  percentFaults('/here', text, least, most);

describe('a percentage between two bounds', () => {
  it.each([
    ['0', 0, 100],
    ['0%', 0, 100],
    ['100%', 0, 100],
    ['-50%', -50, 0],
    ['12.5%', 12, 13],
  ])('%s is between %s and %s', (text, least, most) => {
    expect(faults(text, least, most)).toEqual([]);
  });

  it.each([
    [
      'half',
      'NOT_A_FRACTION',
      '"half" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
    ],
    ['0.15', 'PERCENT_SIGN', '"0.15" is not a percentage. Write it with its sign: 15%.'],
    ['-0.01%', 'PERCENT_OUT_OF_RANGE', '"-0.01%" is not between 0% and 100%.'],
    ['100.01%', 'PERCENT_OUT_OF_RANGE', '"100.01%" is not between 0% and 100%.'],
  ])('%s is refused: %s', (text, code, detail) => {
    expect(faults(text, 0, 100)).toEqual([{ at: '/here', code, detail }]);
  });
});
