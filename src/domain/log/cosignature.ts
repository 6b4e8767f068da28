import { sign, verify, type KeyObject } from 'node:crypto';
import { noteKey, publicBytesOf, publicKeyObject, type NoteKey } from './note-key.js';
import { isBy, type NoteSignature, type NoteSigner } from './signed-note.js';

/** How many bytes of a cosignature say when it was made. */
const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** A witness as a signer. */
export const witnessSigner = (name: string, privateKey: KeyObject): NoteSigner => ({
  key: noteKey(name, 'witness', publicBytesOf(privateKey)),
  privateKey,
});

const messageOf = (text: string, time: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);

/**
 * A witness's signature under the text of a checkpoint: at this time (POSIX seconds), this is the largest tree of that
 * origin that it has seen, and it continues every earlier one.
 */
export function cosign(text: string, time: bigint, signer: NoteSigner): NoteSignature {
  const dated = Buffer.alloc(TIME_BYTES);
  dated.writeBigUInt64BE(time);
  const signature = sign(null, messageOf(text, time), signer.privateKey);
  return {
    name: signer.key.name,
    keyId: signer.key.id,
    signature: Buffer.concat([dated, signature]),
  };
}

/** When a witness cosigned (POSIX seconds); null where the signature is not this witness's or does not verify. */
export function cosignedAt(text: string, signature: NoteSignature, key: NoteKey): bigint | null {
  if (key.type !== 'witness' || !isBy(signature, key)) return null;
  const bytes = Buffer.from(signature.signature);
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return null;
  const time = bytes.readBigUInt64BE();
  const isGood =
    time < 2n ** 63n &&
    verify(null, messageOf(text, time), publicKeyObject(key), bytes.subarray(TIME_BYTES));
  return isGood ? time : null;
}
