import { civilDate } from '../domain/calendar/civil-date.js';
import type { PaymentLine } from '../domain/computation/payment-line.js';
import { parseFraction } from '../domain/money/fraction.js';
import type { FollowUpCounts } from '../domain/outcomes/follow-up-counts.js';
import type { LineRow } from './payment-lines.repository.js';

export type StoredLineRow = Pick<
  LineRow,
  Exclude<keyof LineRow, 'computation_id' | 'contract_id' | 'code' | 'currency' | 'period_id'>
> & { readonly follow_up: FollowUpCounts | null };

/** A stored line as the engine made it, so that its canonical bytes can be reckoned again. */
export const toPaymentLine = (row: StoredLineRow): PaymentLine => ({
  participant: row.participant,
  cohort: row.cohort,
  termsNumber: row.terms_number,
  clause: row.clause,
  metric: row.metric,
  occurrence: row.occurrence,
  revision: row.revision,
  kind: row.kind,
  outcomeOn: civilDate(row.outcome_on),
  quantity: parseFraction(row.quantity),
  unit: row.unit,
  rateMinor: BigInt(row.rate_minor),
  uncappedMinor: BigInt(row.uncapped_minor),
  amountMinor: BigInt(row.amount_minor),
  withheldMinor: BigInt(row.withheld_minor),
  parts: new Map(Object.entries(row.parts).map(([payer, part]) => [payer, BigInt(part)])),
  reason: row.reason,
  steps: row.steps,
  evidence: row.evidence,
  followUp: row.follow_up ?? undefined,
  corrects: row.corrects,
  explanation: row.explanation,
});
