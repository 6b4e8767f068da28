import { amountInWords, counted, day, type Sentences } from './words.js';

type PaymentType =
  | 'contract.drafted'
  | `terms.${'draft-replaced' | 'consented' | 'activated' | 'amendment-drafted'}`
  | `computation.${'requested' | 'computed' | 'failed' | 'cancelled' | 'recheck-requested' | 'rechecked'}`
  | `claim.${'submitted' | 'decided'}`
  | 'statement.issued';

/** The terms, and what was computed, claimed, decided and issued by them. */
export const PAYMENT_SENTENCES: Sentences<PaymentType> = {
  'contract.drafted': ({ code }) => `drafted the contract ${code}`,
  'terms.draft-replaced': ({ number }) => `replaced the draft of edition ${number} of the terms`,
  'terms.consented': ({ number }) => `consented to edition ${number} of the terms`,
  'terms.activated': ({ number, effectiveFrom }) =>
    `brought edition ${number} of the terms into force, from ${day(effectiveFrom)}`,
  'terms.amendment-drafted': ({ number, effectiveFrom, reason }) =>
    `drafted an amendment, edition ${number} of the terms, from ${day(effectiveFrom)}, because: ${reason}`,
  'computation.requested': ({ number, periodId }) =>
    `asked for computation ${number}, of ${periodId}`,
  'computation.computed': ({ number, lines, totalMinor, currency }) =>
    `carried out computation ${number}: ${counted(lines, 'line')}, ${amountInWords(totalMinor, currency)}`,
  'computation.failed': ({ number, code }) => `could not carry out computation ${number} (${code})`,
  'computation.cancelled': ({ number }) => `cancelled computation ${number}`,
  'computation.recheck-requested': () => 'asked for a computation to be done a second time',
  'computation.rechecked': ({ agrees }) =>
    agrees
      ? 'did a computation a second time and came to the same lines'
      : 'did a computation a second time and came to OTHER lines',
  'claim.submitted': ({ number, lines, totalMinor, currency }) =>
    `submitted claim ${number}: ${counted(lines, 'line')}, ${amountInWords(totalMinor, currency)}`,
  'claim.decided': ({ number, approved, returned, approvedMinor, returnedMinor, currency }) =>
    `decided claim ${number}: ${counted(approved, 'line')} approved, ${amountInWords(approvedMinor, currency)}, and ` +
    `${counted(returned, 'line')} returned, ${amountInWords(returnedMinor, currency)}`,
  'statement.issued': ({ number, periodId }) => `issued statement ${number}, for ${periodId}`,
};
