import { excerpt } from './excerpt.js';

describe('an excerpt of what somebody typed', () => {
  it.each([
    ['short', 'short'],
    ['x'.repeat(60), 'x'.repeat(60)],
    ['x'.repeat(61), `${'x'.repeat(60)}…`],
    // cut through a pair of code units, half of which no page can show
    [`${'x'.repeat(59)}😀`, `${'x'.repeat(59)}\uFFFD…`],
  ])('of %j is %j', (typed, shown) => expect(excerpt(typed)).toBe(shown));

  it('is as long as the sentence has room for', () => {
    expect(excerpt('Reduction of loneliness', 9)).toBe('Reduction…');
  });
});
