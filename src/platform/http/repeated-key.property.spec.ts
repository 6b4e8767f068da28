import fc from 'fast-check';
import { repeatedKeyIn } from './repeated-key.js';

describe('a key that stands twice in one object', () => {
  it.each<[string, string]>([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"b":2,"a":3}', 'a'],
    ['{"a":{"b":[{"c":1,"c":2}]}}', 'c'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['[{"x":"}"},{"y":"\\"","y":0}]', 'y'],
    ['{"":1,"":2}', ''],
    ['{"a":{},"a":[]}', 'a'],
  ])('is found in %s', (json, key) => {
    expect(repeatedKeyIn(json)).toBe(key);
  });

  it.each([
    '{}',
    '[]',
    '1',
    '"a"',
    'null',
    '{"a":"a","b":"a"}',
    '[{"a":1},{"a":1}]',
    '{"a":{"a":1}}',
  ])('is not found in %s', (json) => expect(repeatedKeyIn(json)).toBeNull());

  it('is never found in what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(repeatedKeyIn(JSON.stringify(value, null, indent))).toBeNull();
      }),
    );
  });

  it('is found wherever it is put', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.jsonValue(), (value, key, other) => {
        const member = `${JSON.stringify(key)}: ${JSON.stringify(other)}`;
        const json = `[${JSON.stringify(value)}, {"deep": {${member}, ${member}}}]`;
        expect(repeatedKeyIn(json)).toBe(key);
      }),
    );
  });
});
