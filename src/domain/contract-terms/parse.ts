import type { z } from 'zod';
import type { Fault } from '../shared/domain-error.js';
import { schemaFaults } from '../shared/schema-faults.js';
import { isTooDeep, TOO_DEEP } from './depth.js';
import { draftSchema, termsSchema, type TermsDocument, type TermsDraft } from './terms.schema.js';
import { TermsRefused } from './terms-refused.js';
import { TERMS } from './terms-source.js';

export { TermsRefused } from './terms-refused.js';
export { parseTermsSource } from './terms-source.js';

/** A draft: whatever is present has its proper shape; what is missing is listed only at activation. */
export function parseDraft(data: unknown): TermsDraft {
  if (isTooDeep(data)) throw new TermsRefused([TOO_DEEP]);
  const result = draftSchema.safeParse(data);
  if (!result.success) throw new TermsRefused(faultsOf(result.error, data));
  return result.data;
}

/** Whole terms. Missing parts are faults. */
export function parseTerms(data: unknown): TermsDocument {
  if (isTooDeep(data)) throw new TermsRefused([TOO_DEEP]);
  const result = termsSchema.safeParse(data);
  if (!result.success) throw new TermsRefused(faultsOf(result.error, data));
  return result.data;
}

/** Every fault that the schema finds in the data, with a JSON pointer and a plain sentence. */
export const faultsOf = (error: z.ZodError, data: unknown): Fault[] =>
  schemaFaults(error, data, TERMS);
