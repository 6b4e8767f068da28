import { Secret, TOTP } from 'otpauth';

/** What every authenticator app understands (RFC 6238): SHA-1, six digits, thirty seconds. */
const PROFILE = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
const SEED_BYTES = 20;
/** One step to either side: a clock may be half a minute off, and a code is typed while the next one appears. */
const WINDOW = 1;
const SHAPE = /^\d{6}$/;

/** A new seed: 160 random bits. */
export const newSeed = (): Buffer => Buffer.from(new Secret({ size: SEED_BYTES }).bytes);

/** The seed as it is typed in and as an otpauth:// address for a QR code. */
export function seedForApp(seed: Buffer, email: string): { secret: string; uri: string } {
  const secret = secretOf(seed);
  const totp = new TOTP({ ...PROFILE, issuer: 'Outturn', label: email, secret });
  return { secret: secret.base32, uri: totp.toString() };
}

/**
 * The time step that a code belongs to, counted from 1970 in half minutes; null when it belongs to none near now. Whoever
 * accepts the code remembers the step, because each counts once. Spaces do not matter.
 */
export function stepOfCode(seed: Buffer, code: string, now: Date): bigint | null {
  const token = code.replace(/\s/g, '');
  if (!SHAPE.test(token)) return null;
  const timestamp = now.getTime();
  const secret = secretOf(seed);
  const delta = TOTP.validate({ ...PROFILE, token, secret, timestamp, window: WINDOW });
  if (delta === null) return null;
  return BigInt(TOTP.counter({ period: PROFILE.period, timestamp }) + delta);
}

const secretOf = (seed: Buffer): Secret => new Secret({ buffer: new Uint8Array(seed).buffer });
