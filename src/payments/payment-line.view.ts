import type { LineKind } from '../domain/computation/payment-line.js';
import type { Currency } from '../domain/money/currency.js';
import { formatExactAmount } from '../domain/money/exact-amount.js';
import { formatAmount, money } from '../domain/money/money.js';
import type { RestedOn } from '../figures/contract-record.service.js';
import type { Reason } from '../domain/outcomes/outcome.js';
import { formatLineReference } from '../domain/computation/line-reference.js';
import type { EvidenceRow, FoldRow, LineRow } from './payment-lines.repository.js';

/** One line as it is shown; amounts are decimal texts in the currency. */
export interface LineView {
  /** "worcestershire-loneliness.3.1042": contract, computation, line. */
  readonly reference: string;
  readonly computationId: string;
  readonly period: string;
  readonly kind: LineKind;
  /** Pseudonymous; null where the line is about a whole cohort. */
  readonly participant: string | null;
  readonly cohort: string;
  readonly clause: string;
  readonly metric: string;
  readonly occurrence: string;
  readonly revision: number;
  readonly outcomeOn: string;
  readonly quantity: string;
  readonly unit: string;
  readonly currency: string;
  readonly rate: string;
  /** What the outcome is worth before caps. */
  readonly uncapped: string;
  /** What the line adds to what was posted before. */
  readonly amount: string;
  /** What caps cut off. */
  readonly withheld: string;
  readonly parts: readonly { readonly payer: string; readonly amount: string }[];
  readonly reason: Reason | null;
  readonly steps: LineRow['steps'];
  /** Measurement versions: "ucla/6m#1". */
  readonly evidence: readonly string[];
  readonly corrects: string | null;
  readonly explanation: string;
}

/** A measurement version that a line rests on. */
export interface EvidenceView {
  readonly name: string;
  readonly metric: string;
  readonly occurrence: string;
  readonly version: number;
  readonly measuredOn: string;
  /** The first day after a spell; null while it lasts, and for what is no spell. */
  readonly endedOn: string | null;
  readonly status: string;
  readonly value: string | null;
  readonly correctionReason: string | null;
  /** Whether a later correction has replaced it since. */
  readonly superseded: boolean;
}

/** Lines added up. */
export interface FoldView {
  readonly lines: number;
  readonly amount: string;
}

/** A line with everything it rests on. */
export interface LineExplanation extends LineView, RestedOn {
  readonly clauseTitle: string | null;
  /** The clause in plain English, as the term sheet has it. */
  readonly clauseInWords: string | null;
  /** What the line is a part of: all lines of its clause, and all lines, of its computation. */
  readonly folds: { readonly clause: FoldView; readonly computation: FoldView };
  readonly terms: { readonly number: number; readonly effectiveFrom: string | null };
  readonly measurements: readonly EvidenceView[];
  /** The line it corrects. */
  readonly corrected: LineView | null;
  /** Later lines that correct it. */
  readonly correctedBy: readonly LineView[];
}

export function lineFromRow(row: LineRow, payers: readonly string[]): LineView {
  const amount = (minor: string) => formatAmount(money(BigInt(minor), row.currency as Currency));
  return {
    reference: formatLineReference({
      contract: row.code,
      computation: row.computation_number,
      lineNo: row.line_no,
    }),
    computationId: row.computation_id,
    period: row.period_id,
    kind: row.kind,
    participant: row.participant,
    cohort: row.cohort,
    clause: row.clause,
    metric: row.metric,
    occurrence: row.occurrence,
    revision: row.revision,
    outcomeOn: row.outcome_on,
    quantity: row.quantity,
    unit: row.unit,
    currency: row.currency,
    rate: amount(row.rate_minor),
    uncapped: amount(row.uncapped_minor),
    amount: amount(row.amount_minor),
    withheld: amount(row.withheld_minor),
    parts: payers.map((payer) => ({ payer, amount: amount(row.parts[payer] ?? '0') })),
    reason: row.reason,
    steps: row.steps.map(({ step, before, after, why }) => ({
      step,
      before: formatExactAmount(before, row.currency as Currency),
      after: formatExactAmount(after, row.currency as Currency),
      why,
    })),
    evidence: row.evidence,
    corrects: row.corrects,
    explanation: row.explanation,
  };
}

const NAMED = /^([^/]+)\/(.+)#(\d+)$/;

/** The measurement versions behind their names, see evidenceOf. */
export const namedVersions = (names: readonly string[]) =>
  names.flatMap((name) => {
    const parts = NAMED.exec(name);
    return parts ? [{ metric: parts[1]!, occurrence: parts[2]!, version: Number(parts[3]) }] : [];
  });

export const evidenceFromRow = (row: EvidenceRow): EvidenceView => ({
  name: `${row.metric}/${row.occurrence}#${row.version}`,
  metric: row.metric,
  occurrence: row.occurrence,
  version: row.version,
  measuredOn: row.measured_on,
  endedOn: row.ended_on,
  status: row.status,
  value: row.value,
  correctionReason: row.correction_reason,
  superseded: row.latest_version > row.version,
});

export const foldFromRow = (fold: FoldRow, currency: string): FoldView => ({
  lines: fold.lines,
  amount: formatAmount(money(BigInt(fold.amount_minor), currency as Currency)),
});
