import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { SecretNotOpened, SecretKeyMissing } from './secrets.errors.js';

/** What a sealed secret is, and whose: a sealed value copied to another row or column does not open there. */
export interface SealContext {
  /** Names the use, such as `authenticator`; each use has a key of its own, derived from the configured one. */
  readonly purpose: string;
  /** Identifies the row or person it belongs to. */
  readonly owner: string;
}

const FORMAT = 1;
const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES;

/**
 * Seals secrets that lie in tables: AES-256-GCM under a key derived (HKDF-SHA-256) from the configured one. The sealed
 * form is: format, which key, nonce, tag, ciphertext; the first two and the context are authenticated with it.
 */
@Injectable()
export class SecretBox {
  private readonly keys: readonly ServiceKey[];

  constructor(@Inject(CONFIG) config: Pick<Config, 'secretKeys'>) {
    this.keys = config.secretKeys.all().map((key) => new ServiceKey(key));
  }

  /** Seals under the first configured key. Refuses SecretKeyMissing. */
  seal(context: SealContext, secret: Buffer): Buffer {
    const key = this.first();
    const header = Buffer.concat([Buffer.of(FORMAT), key.id]);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key.derived('seal', context.purpose), iv);
    cipher.setAAD(authenticated(header, context));
    const text = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([header, iv, cipher.getAuthTag(), text]);
  }

  /** Opens with whichever configured key sealed it. Refuses SecretNotOpened: altered, moved, or its key is gone. */
  open(context: SealContext, sealed: Buffer): Buffer {
    const header = sealed.subarray(0, HEADER_BYTES);
    const key = this.keys.find(({ id }) => id.equals(header.subarray(1)));
    if (sealed.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || header[0] !== FORMAT || !key)
      throw new SecretNotOpened(context.purpose);
    const iv = sealed.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES);
    const tag = sealed.subarray(HEADER_BYTES + IV_BYTES, HEADER_BYTES + IV_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key.derived('seal', context.purpose), iv, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(authenticated(header, context));
    decipher.setAuthTag(tag);
    try {
      const text = sealed.subarray(HEADER_BYTES + IV_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(text), decipher.final()]);
    } catch {
      throw new SecretNotOpened(context.purpose);
    }
  }

  /** Whether it is sealed under the first configured key; otherwise it should be sealed again. Refuses SecretKeyMissing. */
  isCurrent(sealed: Buffer): boolean {
    return sealed.subarray(1, HEADER_BYTES).equals(this.first().id);
  }

  /**
   * A keyed digest (HMAC-SHA-256), for looking up what can be guessed, such as an e-mail address: without the key nobody
   * can try out candidates. It changes with the first configured key. Refuses SecretKeyMissing.
   */
  digest(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.first().derived('digest', purpose))
      .update(text, 'utf8')
      .digest();
  }

  private first(): ServiceKey {
    const [key] = this.keys;
    if (!key) throw new SecretKeyMissing();
    return key;
  }
}

/** A configured key, with what is derived from it for each of the few purposes: an import seals by the hundred thousand. */
class ServiceKey {
  readonly id: Buffer;
  private readonly known = new Map<string, Buffer>();

  constructor(private readonly key: Buffer) {
    const hash = createHash('sha256').update('outturn key id').update(key).digest();
    this.id = hash.subarray(0, KEY_ID_BYTES);
  }

  derived(use: 'seal' | 'digest', purpose: string): Buffer {
    const info = `${use}:${purpose}`;
    const known =
      this.known.get(info) ?? Buffer.from(hkdfSync('sha256', this.key, 'outturn', info, 32));
    this.known.set(info, known);
    return known;
  }
}

/** Lengths come first, so that no two contexts have the same bytes. */
const authenticated = (header: Buffer, { purpose, owner }: SealContext): Buffer =>
  Buffer.from(`${header.toString('hex')}:${purpose.length}:${purpose}:${owner}`, 'utf8');
