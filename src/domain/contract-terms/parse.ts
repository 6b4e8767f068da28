import type { z } from 'zod';
import type { Fault } from '../shared/domain-error.js';
import { schemaFaults } from '../shared/schema-faults.js';
import { unstorableIn } from '../shared/storable-text.js';
import { isTooDeep, TOO_DEEP } from './depth.js';
import { draftSchema, termsSchema, type TermsDocument, type TermsDraft } from './terms.schema.js';
import { TermsRefused } from './terms-refused.js';
import { TERMS } from './terms-source.js';

export { TermsRefused } from './terms-refused.js';
export { parseTermsSource } from './terms-source.js';

/** A draft: whatever is present has its proper shape; what is missing is listed only at activation. */
export function parseDraft(data: unknown): TermsDraft {
  if (isTooDeep(data)) throw new TermsRefused([TOO_DEEP]);
  refuseUnstorable(data);
  const result = draftSchema.safeParse(data);
  if (!result.success) throw new TermsRefused(faultsOf(result.error, data));
  return result.data;
}

/** Whole terms. Missing parts are faults. */
export function parseTerms(data: unknown): TermsDocument {
  if (isTooDeep(data)) throw new TermsRefused([TOO_DEEP]);
  refuseUnstorable(data);
  const result = termsSchema.safeParse(data);
  if (!result.success) throw new TermsRefused(faultsOf(result.error, data));
  return result.data;
}

/** Every fault that the schema finds in the data, with a JSON pointer and a plain sentence. */
export const faultsOf = (error: z.ZodError, data: unknown): Fault[] =>
  schemaFaults(error, data, TERMS);

/** A hash must cover exactly what is kept: what cannot be kept is refused, in the source as in the document. */
export function refuseUnstorable(data: unknown): void {
  const found = unstorableIn(data);
  if (found === null) return;
  const detail =
    found === 'NUL'
      ? 'The document holds a NUL character.'
      : 'The document holds half of a character.';
  throw new TermsRefused([
    { at: '', code: 'TEXT_UNREADABLE', detail: `${detail} Save it again as plain UTF-8.` },
  ]);
}
