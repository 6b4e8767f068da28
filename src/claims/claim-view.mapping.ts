import { claimState } from '../domain/claims/claim-states.js';
import type { CapStanding, ClaimAccount, StateTotals } from '../domain/claims/claim-account.js';
import type { Elsewhere } from '../privacy/match-tokens.service.js';
import type { ClaimLineState } from '../domain/claims/line-states.js';
import { formatLineReference } from '../domain/computation/line-reference.js';
import type { Cap, TermsDocument } from '../domain/contract-terms/terms.schema.js';
import type { Currency } from '../domain/money/currency.js';
import { formatAmount, money } from '../domain/money/money.js';
import type { CapView, ClaimLineView, ClaimSummary, ClaimView, TotalsView } from './claim-view.js';
import type { ClaimLineRow, ClaimRow } from './claims.mapping.js';

const amountIn = (currency: string) => (minor: bigint) =>
  formatAmount(money(minor, currency as Currency));

/** A claim as a list shows it. */
export const summaryOf = (code: string, row: ClaimRow): ClaimSummary => ({
  contract: code,
  number: row.number,
  state: claimState(row.lines, row.decided),
  revision: row.revision,
  computation: row.computation_number,
  period: row.period_id,
  currency: row.currency,
  lines: row.lines,
  decided: row.decided,
  amount: amountIn(row.currency)(BigInt(row.total_minor)),
  submittedAt: row.submitted_at.toISOString(),
});

/** A claim as it is reviewed. */
export function viewOf(
  code: string,
  row: ClaimRow,
  terms: TermsDocument,
  account: ClaimAccount,
): ClaimView {
  const amount = amountIn(row.currency);
  const names = new Map(terms.parties.map(({ id, name }) => [id, name]));
  const titles = new Map(terms.clauses.map(({ id, title }) => [id, title]));
  const totals = ({ lines, amountMinor }: StateTotals): TotalsView => ({
    lines,
    amount: amount(amountMinor),
  });
  const states = (byState: ReadonlyMap<ClaimLineState, StateTotals>) =>
    [...byState].map(([state, its]) => ({ state, ...totals(its) }));
  return {
    contract: code,
    number: row.number,
    state: claimState(row.lines, row.decided),
    revision: row.revision,
    standing: terms.standing,
    currency: row.currency,
    payers: account.payers.map((share) => ({
      payer: share.payer,
      name: names.get(share.payer) ?? share.payer,
      amount: amount(share.amountMinor),
      awaiting: amount(share.awaitingMinor),
      approved: amount(share.approvedMinor),
      returned: amount(share.returnedMinor),
    })),
    caps: account.caps.map((standing) => capView(standing, row.period_id, amount)),
    total: totals(account.total),
    byState: states(account.byState),
    byClause: account.byClause.map((clause) => ({
      clause: clause.clause,
      title: titles.get(clause.clause) ?? `Clause ${clause.clause} of earlier terms`,
      ...totals(clause),
      byState: states(clause.byState),
    })),
    computation: {
      number: row.computation_number,
      period: row.period_id,
      digest: row.digest.toString('hex'),
    },
    submittedBy: row.submitted_by_name,
    submittedAt: row.submitted_at.toISOString(),
  };
}

const capView = (
  { cap, ...standing }: CapStanding,
  periodId: string,
  amount: (minor: bigint) => string,
): CapView => ({
  cap: cap.id,
  scope: cap.scope,
  subject: subjectOf(cap, periodId),
  limit: amount(standing.limitMinor),
  usedByApprovedLines: amount(standing.usedMinor),
  usedByThisClaim: amount(standing.thisClaimMinor),
  headroom: amount(standing.headroomMinor),
});

function subjectOf(cap: Cap, periodId: string): string | null {
  switch (cap.scope) {
    case 'clause':
      return cap.clause;
    case 'metric':
      return cap.metric;
    case 'payer':
      return cap.payer;
    case 'period':
      return periodId;
    case 'contract':
    case 'participant':
    case 'mix':
      return null;
  }
}

/** One line of a claim, with its sentence and what was decided; its parts in the order of the payers. */
export function lineViewOf(
  claim: { readonly code: string; readonly currency: string; readonly payers: readonly string[] },
  row: ClaimLineRow,
  elsewhere: Elsewhere | null,
): ClaimLineView {
  const { code, currency, payers } = claim;
  const amount = amountIn(currency);
  const rank = (payer: string) => payers.indexOf(payer) + 1 || payers.length + 1;
  return {
    line: formatLineReference({
      contract: code,
      computation: row.computation_number,
      lineNo: row.line_no,
    }),
    state: row.decision ?? 'awaiting',
    explanation: row.explanation,
    participant: row.participant,
    cohort: row.cohort,
    clause: row.clause,
    kind: row.kind,
    outcomeOn: row.outcome_on,
    quantity: row.quantity,
    unit: row.unit,
    rate: amount(BigInt(row.rate_minor)),
    amount: amount(BigInt(row.amount_minor)),
    currency,
    parts: Object.entries(row.parts)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([payer, minor]) => ({ payer, amount: amount(BigInt(minor)) })),
    corrects: row.corrects,
    elsewhere,
    decision:
      row.decision === null
        ? null
        : {
            decision: row.decision,
            reason: row.reason,
            decidedBy: row.decided_by ?? '',
            decidedAt: row.decided_at!.toISOString(),
          },
  };
}
