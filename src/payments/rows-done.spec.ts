import { rowsDone } from './rows-done.js';

describe('the rows that are done', () => {
  it('are those that one reading has seen', () =>
    expect([0, 1, 3].map((seen) => rowsDone({ nth: 0, readings: 1, seen }, 3))).toEqual([0, 1, 3]));

  it.each([1, 2, 3])(
    'rise from none to all of them, and never fall, over %i readings',
    (readings) => {
      const shown = Array.from({ length: readings }, (_, nth) =>
        [0, 1, 2, 3, 4, 5, 6, 7].map((seen) => rowsDone({ nth, readings, seen }, 7)),
      ).flat();
      expect(shown[0]).toBe(0);
      expect(shown.at(-1)).toBe(7);
      expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    },
  );
});
