import type { Fault } from './domain-error.js';
import { invisibleIn, showingInvisible } from './invisible.js';

describe('a character that nobody sees', () => {
  it.each([
    ['5\u00a0', 'a non-breaking space (U+00A0)'],
    ['P\u200b-1', 'a zero-width space (U+200B)'],
    ['P-\ufeff1', 'a byte order mark (U+FEFF)'],
    ['2015\u00ad-06-02', 'a soft hyphen (U+00AD)'],
    ['6\t', 'a tab (U+0009)'],
    ['6\r\n', 'a carriage return (U+000D) and a line break (U+000A)'],
    [
      '\u202f6\u00a0\u00a06',
      'a narrow non-breaking space (U+202F) and a non-breaking space (U+00A0)',
    ],
    ['6\u2003', 'a space of another width (U+2003)'],
    ['6\u2066', 'an invisible character (U+2066)'],
    ['6\u0007', 'an invisible character (U+0007)'],
    ['6\u{e0041}', 'an invisible character (U+E0041)'],
  ])('%j holds %s', (text, named) => expect(invisibleIn(text)).toBe(named));

  it.each(['', 'P-1', 'a b', 'Größe', '６', '5 ', '👩'])('%j holds none', (text) =>
    expect(invisibleIn(text)).toBeNull(),
  );

  const fault = (at: string): Fault => ({ at, code: 'X', detail: 'No.' });
  const input = {
    score: '5\u00a0',
    metric: 'ucla',
    items: { left_out: '2\u200b\u200c' },
    note: 'by\u00a0hand',
    correctionReason: 'by\u00a0hand',
    exitReason: 'by\u00a0hand',
    exceptionReason: 'by\u00a0hand',
    attributes: { age: 72 },
  };
  it.each([
    ['/score', 'No. It holds a non-breaking space (U+00A0), which nobody sees: remove it.'],
    [
      '/items/left_out',
      'No. It holds a zero-width space (U+200B) and a zero-width non-joiner (U+200C), which nobody sees: remove them.',
    ],
    ['/metric', 'No.'],
    ['/items', 'No.'],
    ['/items/other', 'No.'],
    ['/attributes/age', 'No.'],
    ['/event', 'No.'],
    // prose may have them: they are not why it is refused
    ['/note', 'No.'],
    ['/correctionReason', 'No.'],
    ['/exitReason', 'No.'],
    ['/exceptionReason', 'No.'],
  ])('is named by the fault of %s, whose text holds it', (at, detail) => {
    const faults = [fault('/score')];
    const read = () => faults.push(fault(at));
    expect(showingInvisible(faults, input, read)).toBe(2);
    expect(faults).toEqual([fault('/score'), { at, code: 'X', detail }]);
  });
});
