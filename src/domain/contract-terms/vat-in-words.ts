import type { TermsDocument } from './terms.schema.js';

/** How amounts stand to value added tax, for term sheets and statements. */
export const VAT_IN_WORDS: Readonly<Record<NonNullable<TermsDocument['vat']>, string>> = {
  'outside-scope': 'Amounts are outside the scope of value added tax.',
  exempt: 'Amounts are exempt from value added tax.',
  included: 'Amounts include value added tax.',
  added: 'Amounts are without value added tax, which is added to them.',
};
