import { isTooDeep, TOO_DEEP } from '../domain/contract-terms/depth.js';
import {
  parseDraft,
  parseTermsSource,
  refuseUnstorable,
  TermsRefused,
} from '../domain/contract-terms/parse.js';
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
  return { source, draft: parseDraft(parseTermsSource(source)) };
}
