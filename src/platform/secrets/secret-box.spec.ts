import { randomBytes } from 'node:crypto';
import { SecretKeys } from '../config/secret-keys.js';
import { SecretBox } from './secret-box.js';
import { SecretKeyMissing, SecretNotOpened } from './secrets.errors.js';

const boxWith = (...keys: Buffer[]) => new SecretBox({ secretKeys: new SecretKeys(keys) });
const KEY = randomBytes(32);
const CONTEXT = { purpose: 'authenticator', owner: 'person-1' };
const SECRET = Buffer.from('twenty random bytes!');

describe('a sealed secret', () => {
  it('opens where it belongs and differs each time', () => {
    const box = boxWith(KEY);
    const sealed = box.seal(CONTEXT, SECRET);
    expect(box.open(CONTEXT, sealed)).toEqual(SECRET);
    expect(box.seal(CONTEXT, SECRET)).not.toEqual(sealed);
    expect(sealed.includes(SECRET)).toBe(false);
    expect(box.open(CONTEXT, box.seal(CONTEXT, Buffer.alloc(0)))).toEqual(Buffer.alloc(0));
  });

  it('does not open for another owner, another purpose, or with another key', () => {
    const sealed = boxWith(KEY).seal(CONTEXT, SECRET);
    expect(() => boxWith(KEY).open({ ...CONTEXT, owner: 'person-2' }, sealed)).toThrow(
      SecretNotOpened,
    );
    expect(() => boxWith(KEY).open({ ...CONTEXT, purpose: 'visit' }, sealed)).toThrow(
      SecretNotOpened,
    );
    expect(() => boxWith(randomBytes(32)).open(CONTEXT, sealed)).toThrow(SecretNotOpened);
  });

  it('does not open when any one byte is changed, or any are missing', () => {
    const box = boxWith(KEY);
    const sealed = box.seal(CONTEXT, SECRET);
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at]! ^= 1;
      expect(() => box.open(CONTEXT, altered)).toThrow(SecretNotOpened);
      expect(() => box.open(CONTEXT, sealed.subarray(0, at))).toThrow(SecretNotOpened);
    }
  });

  it('still opens after a new key was put before the old one, and is then sealed under the new one', () => {
    const next = randomBytes(32);
    const old = boxWith(KEY).seal(CONTEXT, SECRET);
    const both = boxWith(next, KEY);
    expect(both.open(CONTEXT, old)).toEqual(SECRET);
    expect(boxWith(next).open(CONTEXT, both.seal(CONTEXT, SECRET))).toEqual(SECRET);
  });

  it('cannot be made without a key', () => {
    expect(() => boxWith().seal(CONTEXT, SECRET)).toThrow(SecretKeyMissing);
    expect(() => boxWith().digest('email', 'a@example.org')).toThrow(SecretKeyMissing);
  });
});

describe('a keyed digest', () => {
  it('is the same for the same text, and differs by purpose and key', () => {
    const of = (key: Buffer, purpose: string) =>
      boxWith(key).digest(purpose, 'ann@charity.example').toString('hex');
    expect(of(KEY, 'email')).toBe(of(KEY, 'email'));
    expect(
      new Set([of(KEY, 'email'), of(KEY, 'network'), of(randomBytes(32), 'email')]),
    ).toHaveProperty('size', 3);
  });
});
