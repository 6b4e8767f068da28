import { isTooDeep, TOO_DEEP } from '../domain/contract-terms/depth.js';
import { parseDraft, parseTermsSource, TermsRefused } from '../domain/contract-terms/parse.js';
import type { TermsDraft } from '../domain/contract-terms/terms.schema.js';

/** Terms as they come in: a text (YAML or JSON), or JSON that has been read. */
export type TermsInput = string | Readonly<Record<string, unknown>>;

/** A document as its author wrote it, and what it says. */
export interface ReadTerms {
  readonly source: string;
  readonly draft: TermsDraft;
}

/** Reads a document that may be incomplete but has no malformed part. Refuses TermsRefused with every fault. */
export function readTerms(input: TermsInput): ReadTerms {
  if (isTooDeep(input)) throw new TermsRefused([TOO_DEEP]);
  const source = typeof input === 'string' ? input : JSON.stringify(input, null, 2);
  refuseUnstorable(source);
  const data = parseTermsSource(source);
  // an escape in the text ("\0") can hide what the text itself does not show
  refuseUnstorable(JSON.stringify(data));
  return { source, draft: parseDraft(data) };
}

/** PostgreSQL keeps neither NUL nor half a character, and a hash must cover exactly what is kept. */
function refuseUnstorable(text: string): void {
  const nul = text.includes('\u0000') || /(?<!\\)(\\\\)*\\u0000/.test(text);
  const half = !text.isWellFormed() || /(?<!\\)(\\\\)*\\u[dD][89a-fA-F]/.test(text);
  if (!nul && !half) return;
  const detail = nul
    ? 'The document holds a NUL character.'
    : 'The document holds half of a character.';
  throw new TermsRefused([
    { at: '', code: 'TEXT_UNREADABLE', detail: `${detail} Save it again as plain UTF-8.` },
  ]);
}
