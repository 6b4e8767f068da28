import { unstorableIn } from './storable-text.js';

describe('text that cannot be kept', () => {
  it.each([
    ['none', { a: ['\u{1F600}', 1, null, true] }, null],
    ['a NUL in a text', { a: [{ b: 'x\u0000' }] }, 'NUL'],
    ['a NUL in a name', { 'a\u0000': 1 }, 'NUL'],
    ['half a character in a text', ['\ud800'], 'half'],
    ['half a character in a name', { a: { '\udc00': 1 } }, 'half'],
    ['a text by itself', '\ud83d', 'half'],
    ['a number', 12, null],
  ])('is found: %s', (_what, data, found) => {
    expect(unstorableIn(data)).toBe(found);
  });
});
