import { isSameHash, mintApiKey, parseApiKey } from './api-key.js';

describe('an API key', () => {
  it('is recognised by its prefix and proved by its secret', () => {
    const key = mintApiKey();
    const parsed = parseApiKey(key.text)!;
    expect(parsed.prefix).toBe(key.prefix);
    expect(isSameHash(parsed.secretHash, key.secretHash)).toBe(true);
    expect(key.text).not.toContain(key.secretHash.toString('hex'));
  });

  it('is new every time', () => {
    expect(new Set(Array.from({ length: 100 }, () => mintApiKey().text)).size).toBe(100);
  });

  it('differs in its hash when one character of its secret differs', () => {
    const { text, secretHash } = mintApiKey();
    const altered = text.slice(0, -1) + (text.endsWith('a') ? 'b' : 'a');
    expect(isSameHash(parseApiKey(altered)!.secretHash, secretHash)).toBe(false);
    expect(isSameHash(Buffer.alloc(0), secretHash)).toBe(false);
  });

  it.each(['', 'ot_', 'ot_x_y', 'OT_000000000000_00', ' ot', 'ot_000000000000_' + '0'.repeat(65)])(
    'is not %j',
    (text) => expect(parseApiKey(text)).toBeNull(),
  );
});
