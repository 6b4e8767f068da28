/** Bytes as standard base64 (RFC 4648 section 4) with padding, as every hash and signature of a log is written. */
export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Reads base64 strictly: null for any text that is not the one way to write its bytes. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
