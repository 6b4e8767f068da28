import { isTooDeep } from './depth.js';

/** A text inside so many lists, or so many parts. */
const inLists = (levels: number): unknown => (levels === 0 ? 'x' : [inLists(levels - 1)]);
const inParts = (levels: number): unknown => (levels === 0 ? null : { a: inParts(levels - 1) });

describe('data that is nested too deeply', () => {
  it.each([
    ['a text by itself', 'x', false],
    ['nothing', null, false],
    ['lists in lists, a hundred deep', inLists(100), false],
    ['lists in lists, one deeper', inLists(101), true],
    ['parts in parts, a hundred deep', inParts(100), false],
    ['parts in parts, one deeper', inParts(101), true],
    ['one deep part beside many shallow ones', ['x', {}, inParts(100)], true],
  ])('%s: %s', (_what, data, tooDeep) => expect(isTooDeep(data)).toBe(tooDeep));
});
