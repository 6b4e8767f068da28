import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';

/** Bytes of a key of AES-256. */
const KEY_BYTES = 32;
/** The key that .env.example shows. Everybody can read it there, so it protects nothing. */
export const SAMPLE_KEY = 'b3V0dHVybi1zYW1wbGUta2V5LXJlcGxhY2UtbWUhISE=';
const EXACT_BASE64 = /^[A-Za-z0-9+/]{43}=$/;

/**
 * The keys under which secrets are sealed: the first seals, any of them opens, so that a key is replaced by putting the
 * new one first. Shown as nothing wherever the configuration is printed.
 */
export class SecretKeys {
  readonly #keys: readonly Buffer[];

  constructor(keys: readonly Buffer[]) {
    this.#keys = keys;
  }

  all(): readonly Buffer[] {
    return this.#keys;
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** What the environment says about the keys. */
export interface KeySources {
  readonly text: string | undefined;
  readonly file: string | undefined;
}

/**
 * Reads the keys: base64, one or several with commas or line breaks between them. None is allowed here, and whatever would
 * seal a secret then refuses. Faults name the variable only.
 */
export function readSecretKeys({ text, file }: KeySources): {
  readonly keys: SecretKeys;
  readonly faults: readonly string[];
} {
  const fault = (name: string, what: string) => ({
    keys: new SecretKeys([]),
    faults: [`${name} ${what}`],
  });
  if (text !== undefined && file !== undefined)
    return fault('OUTTURN_SECRET_KEY', 'and OUTTURN_SECRET_KEY_FILE are both set: set one of them');
  const name = file === undefined ? 'OUTTURN_SECRET_KEY' : 'OUTTURN_SECRET_KEY_FILE';
  const source = file === undefined ? text : contentOf(file);
  if (source === null) return fault(name, 'names a file that cannot be read');
  const texts = (source ?? '').split(/[\s,]+/).filter((part) => part !== '');
  if (!texts.every(isKey)) return fault(name, `must be ${KEY_BYTES} random bytes in base64`);
  return { keys: new SecretKeys(texts.map((key) => Buffer.from(key, 'base64'))), faults: [] };
}

/** Why a service in production cannot start with these keys; null when it can. */
export function faultInProduction(keys: SecretKeys): string | null {
  const all = keys.all();
  if (all.length === 0)
    return 'OUTTURN_SECRET_KEY is not set: make a key with "openssl rand -base64 32", or name its file in OUTTURN_SECRET_KEY_FILE';
  return all.some((key) => key.toString('base64') === SAMPLE_KEY)
    ? 'OUTTURN_SECRET_KEY is the sample of .env.example: make a key with "openssl rand -base64 32"'
    : null;
}

/** Thirty-two bytes that somebody typed, such as the same letter again and again, are no key. */
const isKey = (text: string): boolean =>
  EXACT_BASE64.test(text) && new Set(Buffer.from(text, 'base64')).size > 10;

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
