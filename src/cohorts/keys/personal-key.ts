import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** What a participant's key protects; each use is a key of its own, derived from it. */
export type PersonalField =
  'note' | 'exit-reason' | 'exception-reason' | 'correction-reason' | `identifier-${string}`;

/** How a sealed text begins in its column; a constraint of the table takes no other. */
export const SEALED = 'sealed:1:';
/** What stands in the place of a text that was recorded before texts were sealed, once its participant is erased. */
export const OVERWRITTEN = 'sealed:erased';
/** What is shown in the place of a text whose key is gone. */
export const ERASED = '[erased]';

export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The data key of one participant. Texts are sealed with AES-256-GCM under it, bound to the contract, the participant and
 * the field, so that a sealed text moved elsewhere does not open. When the key is destroyed, neither a text nor a
 * commitment says anything any more.
 */
export class PersonalKey {
  private readonly ofTexts: Buffer;

  constructor(
    private readonly dataKey: Buffer,
    /** The contract's id and the participant's reference. */
    private readonly owner: string,
  ) {
    this.ofTexts = derived(dataKey, 'texts');
  }

  seal(field: PersonalField, text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.ofTexts, iv);
    cipher.setAAD(this.place(field));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return SEALED + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** Throws where the text was altered or belongs elsewhere. */
  open(field: PersonalField, sealed: string): string {
    const bytes = Buffer.from(sealed.slice(SEALED.length), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.ofTexts, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(this.place(field));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const text = bytes.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  }

  /**
   * What the audit trail says of a content in place of it (hexadecimal): it proves the content to whoever has the key,
   * and without the key nobody can find it by trying out what it may have been.
   */
  commitment(content: string): string {
    return createHmac('sha256', derived(this.dataKey, 'commitments'))
      .update(content, 'utf8')
      .digest('hex');
  }

  private place(field: PersonalField): Buffer {
    return Buffer.from(`${field.length}:${field}:${this.owner}`, 'utf8');
  }
}

/** Seals a text that may be absent. */
export const sealText = (
  key: PersonalKey | null,
  field: PersonalField,
  text: string | null,
): string | null => (text === null || key === null ? null : key.seal(field, text));

/** A text as it was written: opened if it is sealed, or ERASED where its key is gone. */
export function openText(
  key: PersonalKey | null,
  field: PersonalField,
  stored: string | null,
): string | null {
  if (stored === null) return null;
  if (stored === OVERWRITTEN) return ERASED;
  if (!stored.startsWith(SEALED)) return stored; // recorded before texts were sealed
  return key === null ? ERASED : key.open(field, stored);
}

/** The expansion of HKDF (RFC 5869, 3.3), one block of it: the data key is random already, and there are very many. */
const derived = (key: Buffer, use: string): Buffer =>
  createHmac('sha256', key)
    .update(`outturn participant ${use}`, 'utf8')
    .update(Buffer.of(1))
    .digest();
