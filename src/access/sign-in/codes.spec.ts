import { newSeed, seedForApp, stepOfCode } from './authenticator-code.js';
import { rateLimitFields } from '../../platform/rate-limits/limit-figures.js';
import { mintRecoveryCode, recoveryCodeHash } from './recovery-code.js';
import { mintToken, tokenHashOf } from './token.js';

const at = (seconds: number) => new Date(seconds * 1_000);
/** The seed and codes of RFC 6238, appendix B (its eight digits end in the six of ours). */
const RFC_SEED = Buffer.from('12345678901234567890');

describe('the code of an authenticator', () => {
  it.each([
    [59, '287082', 1n],
    [1_111_111_109, '081804', 37_037_036n],
    [1_111_111_111, '050471', 37_037_037n],
    [1_234_567_890, '005924', 41_152_263n],
    [2_000_000_000, '279037', 66_666_666n],
    [20_000_000_000, '353130', 666_666_666n],
  ])('at %s is that of RFC 6238', (seconds, code, step) =>
    expect(stepOfCode(RFC_SEED, code, at(seconds))).toBe(step),
  );

  it('counts one step early or late and no more', () => {
    const steps = [-60, -30, 0, 30, 60].map((late) =>
      stepOfCode(RFC_SEED, '005924', at(1_234_567_890 + late)),
    );
    expect(steps).toEqual([null, 41_152_263n, 41_152_263n, 41_152_263n, null]);
  });

  it.each(['', '00592', '0059244', '00592x', '٠٠٥٩٢٤', '-05924', '5924'])('is not %j', (code) =>
    expect(stepOfCode(RFC_SEED, code, at(1_234_567_890))).toBeNull(),
  );

  it('may be typed with spaces', () =>
    expect(stepOfCode(RFC_SEED, ' 005 924 ', at(1_234_567_890))).toBe(41_152_263n));

  it('comes from a seed of 160 bits that an app can read', () => {
    const seed = newSeed();
    expect(seed).toHaveLength(20);
    const { secret, uri } = seedForApp(seed, 'ann@charity.example');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const { protocol, host, searchParams } = new URL(uri);
    expect([protocol, host, searchParams.get('secret'), searchParams.get('issuer')]).toEqual([
      'otpauth:',
      'totp',
      secret,
      'Outturn',
    ]);
  });
});

describe('a recovery code', () => {
  it('is found however it is typed', () => {
    const { text, hash } = mintRecoveryCode();
    expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    const typed = text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect(recoveryCodeHash(typed)).toEqual(hash);
  });

  it.each(['', '1234', 'U'.repeat(24), '0'.repeat(25)])('is not %j', (text) =>
    expect(recoveryCodeHash(text)).toBeNull(),
  );

  it('is new every time', () =>
    expect(new Set(Array.from({ length: 1_000 }, () => mintRecoveryCode().text)).size).toBe(1_000));
});

describe('a token', () => {
  it('has 256 random bits and is kept as a hash', () => {
    const { token, tokenHash } = mintToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(tokenHashOf(token)).toEqual(tokenHash);
    expect(tokenHash).toHaveLength(32);
  });

  it.each([
    '',
    'x',
    'x'.repeat(42),
    'x'.repeat(44),
    `${'x'.repeat(42)}=`,
    `${'x'.repeat(42)}\u0000`,
  ])('is not %j', (text) => expect(tokenHashOf(text)).toBeNull());
});

describe('RateLimit header fields', () => {
  it('name each limit, what is left of it and when it starts anew', () => {
    const limits = [
      {
        policy: 'sign-in-address',
        quota: 50,
        windowSeconds: 900,
        remaining: 49,
        resetSeconds: 900,
      },
      { policy: 'sign-in', quota: 10, windowSeconds: 900, remaining: 3, resetSeconds: 61 },
    ];
    expect(rateLimitFields(limits)).toEqual({
      'RateLimit-Policy': '"sign-in-address";q=50;w=900, "sign-in";q=10;w=900',
      RateLimit: '"sign-in-address";r=49;t=900, "sign-in";r=3;t=61',
    });
  });
});
