import { toBase64 } from '../domain/log/base64.js';
import type { TreeHash } from '../domain/log/hashes.js';
import type { NoteSignature } from '../domain/log/signed-note.js';
import { parseSignatureLine } from '../domain/log/signed-note.js';

const PATIENCE_MS = 10_000;
/** A witness answers with a few lines. */
const ANSWER_BYTES_MAX = 64 * 1024;

/** What a witness is asked: to cosign this checkpoint, as a continuation of the size that it cosigned last. */
export interface AddCheckpoint {
  readonly oldSize: number;
  readonly proof: readonly TreeHash[];
  /** The signed note. */
  readonly checkpoint: string;
}

/** What a witness answers. */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly signatures: readonly NoteSignature[] }
  /** It cosigned another size last. Of the same size it means another root. */
  | { readonly kind: 'conflict'; readonly size: number }
  /** The proof does not lead from what it has to what it was shown. */
  | { readonly kind: 'inconsistent' };

/** Thrown when a witness gives no answer that means anything; it is asked again at the next turn. */
export class WitnessUnavailable extends Error {
  constructor(because: string, options?: ErrorOptions) {
    super(because, options);
    this.name = 'WitnessUnavailable';
  }
}

/** Asks a witness by the C2SP tlog-witness protocol. */
export async function addCheckpoint(
  url: string,
  { oldSize, proof, checkpoint }: AddCheckpoint,
): Promise<WitnessAnswer> {
  const body = [
    `old ${oldSize}\n`,
    ...proof.map((hash) => `${toBase64(hash)}\n`),
    '\n',
    checkpoint,
  ];
  const { status, text } = await post(`${url.replace(/\/$/, '')}/add-checkpoint`, body.join(''));
  if (status === 200) return { kind: 'cosigned', signatures: signaturesIn(text) };
  if (status === 422) return { kind: 'inconsistent' };
  if (status === 409 && /^(?:0|[1-9][0-9]{0,15})\n?$/.test(text))
    return { kind: 'conflict', size: Number(text) };
  throw new WitnessUnavailable(`it answered with status ${status}`);
}

async function post(url: string, body: string): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, text: await textOf(response) };
  } catch (error) {
    throw new WitnessUnavailable('it cannot be reached', { cause: error });
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) throw new WitnessUnavailable('its answer does not end');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function signaturesIn(text: string): NoteSignature[] {
  try {
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map(parseSignatureLine);
  } catch (error) {
    throw new WitnessUnavailable('its answer is no signature line', { cause: error });
  }
}
