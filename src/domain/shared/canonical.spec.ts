import fc from 'fast-check';
import { canonical, type Canonical } from './canonical.js';

const NOT_PLAIN = 'Only plain data has a canonical form';
const HALF_A_PAIR = 'A text with half a surrogate pair has no canonical form';

describe('the canonical encoder', () => {
  it('sorts keys as RFC 8785 does, by UTF-16 code units (section 3.2.3)', () => {
    const keys = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(canonical(keys)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it('writes texts and literals as RFC 8785 does (section 3.2.2)', () => {
    expect(
      canonical({
        string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
        literals: [null, true, false],
      }),
    ).toBe('{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
  });

  it.each<[string, Canonical, string]>([
    ['nothing', {}, '{}'],
    ['an empty list', [], '[]'],
    ['nesting', { b: [{ d: 1, c: [] }], a: {} }, '{"a":{},"b":[{"c":[],"d":1}]}'],
    ['nought', [0, -0], '[0,0]'],
    ['the greatest safe integer', 9007199254740991, '9007199254740991'],
    ['money beyond it', 9007199254740993n, '"9007199254740993"'],
    ['a negative amount', -132000n, '"-132000"'],
    ['an absent member', { a: undefined, b: null }, '{"b":null}'],
    ['control characters', '\b\t\n\f\r\u0000\u001f\u007f', '"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f"'],
    ['a slash, a tag, a line separator', '</\u2028', '"</\u2028"'],
    ['texts that look alike but are not', ['\u00e9', 'e\u0301'], '["\u00e9","e\u0301"]'],
    ['a member called __proto__', JSON.parse('{"__proto__":1}') as Canonical, '{"__proto__":1}'],
  ])('writes %s', (_name, value, text) => expect(canonical(value)).toBe(text));

  const INTEGER = 'not a safe integer';
  it.each<[string, unknown, string]>([
    ['a fraction', 0.5, `0.5 has no canonical form: ${INTEGER}`],
    ['an unsafe integer', 9007199254740992, `9007199254740992 has no canonical form: ${INTEGER}`],
    ['not a number', Number.NaN, `NaN has no canonical form: ${INTEGER}`],
    ['infinity', Number.POSITIVE_INFINITY, `Infinity has no canonical form: ${INTEGER}`],
    ['half a surrogate pair', 'a\ud800', HALF_A_PAIR],
    ['half a surrogate pair in a name', { '\udc00': 1 }, HALF_A_PAIR],
    ['undefined in a list', [undefined], NOT_PLAIN],
    ['undefined alone', undefined, NOT_PLAIN],
    ['a date', new Date(0), NOT_PLAIN],
    ['a map', new Map([['a', 1]]), NOT_PLAIN],
    ['bytes', new Uint8Array([1]), NOT_PLAIN],
    ['a function', () => 1, NOT_PLAIN],
  ])('has no form for %s, and says so', (_name, value, words) => {
    expect(() => canonical(value as Canonical)).toThrow(new Error(words));
  });

  const whole = fc.maxSafeInteger();
  const value = fc.letrec<{ any: Canonical }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
      fc.constant(null),
      whole,
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'grapheme' }), tie('any'), { maxKeys: 4 }),
    ),
  })).any;

  it('is JSON, and says the same again when read and written again', () => {
    fc.assert(
      fc.property(value, (one) => {
        const written = canonical(one);
        expect(canonical(JSON.parse(written) as Canonical)).toBe(written);
      }),
    );
  });

  it('does not depend on the order in which members were given', () => {
    const members = fc.uniqueArray(fc.tuple(fc.string(), whole), { selector: ([key]) => key });
    fc.assert(
      fc.property(members, (pairs) => {
        const [one, other] = [Object.fromEntries(pairs), Object.fromEntries([...pairs].reverse())];
        expect(canonical(one)).toBe(canonical(other));
      }),
    );
  });
});
