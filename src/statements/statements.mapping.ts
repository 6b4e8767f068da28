import type { Currency } from '../domain/money/currency.js';
import { formatFraction, parseFraction, subtract, ZERO } from '../domain/money/fraction.js';
import { formatAmount, money } from '../domain/money/money.js';
import type {
  Account,
  Apart,
  RestsOn,
  SpanAccount,
  Statement,
} from '../domain/statements/statement.js';
import type { FollowUpCounts } from '../domain/outcomes/follow-up-counts.js';
import type { Reason } from '../domain/outcomes/outcome.js';
import type {
  FollowUpFold,
  OutcomeFold,
  PayerFold,
  PendingTotals,
} from '../domain/statements/statement-rows.js';
import type { AccountView, ApartView, SpanView, StatementDocument } from './statement-document.js';

export interface ComputationRow {
  readonly number: number;
  readonly period_id: string;
  readonly digest: Buffer;
  readonly total_minor: string;
}

export interface OutcomeRow {
  readonly this_period: boolean;
  readonly true_up: boolean;
  readonly clause: string;
  readonly unit: string;
  readonly paid_before: boolean;
  readonly paid_after: boolean;
  /** Quantity of the outcome as it was approved before; null where it was not. */
  readonly quantity_before: string | null;
  readonly quantity: string;
  readonly lines: number;
  readonly amount_minor: string;
}

export interface PayerRow {
  readonly this_period: boolean;
  readonly true_up: boolean;
  readonly clause: string;
  readonly payer: string;
  readonly amount_minor: string;
}

export interface FollowUpRow {
  readonly clause: string;
  readonly cohort: string;
  readonly occurrence: string;
  readonly reason: Reason | null;
  /** The counts of a cohort's line; null for lines of participants. */
  readonly follow_up: FollowUpCounts | null;
  readonly participants: number;
}

export interface StateRow {
  readonly state: 'unclaimed' | 'awaiting' | 'approved' | 'returned';
  readonly lines: number;
  readonly amount_minor: string;
}

export interface PeriodRow {
  readonly period_id: string;
  readonly computations: number;
  readonly currency: string;
  readonly approved_minor: string;
}

const spanOf = (row: { this_period: boolean }) => (row.this_period ? 'this-period' : 'earlier');
const sourceOf = (row: { true_up: boolean }) => (row.true_up ? 'true-up' : 'payment');

export function toOutcomeFold(row: OutcomeRow): OutcomeFold {
  const before = row.paid_before ? parseFraction(row.quantity_before ?? '0') : ZERO;
  const after = row.paid_after ? parseFraction(row.quantity) : ZERO;
  return {
    span: spanOf(row),
    source: sourceOf(row),
    clause: row.clause,
    unit: row.unit,
    lines: row.lines,
    amountMinor: BigInt(row.amount_minor),
    outcomeChange: (Number(row.paid_after) - Number(row.paid_before)) as -1 | 0 | 1,
    quantityChange: subtract(after, before),
  };
}

export const toPayerFold = (row: PayerRow): PayerFold => ({
  span: spanOf(row),
  source: sourceOf(row),
  clause: row.clause,
  payer: row.payer,
  amountMinor: BigInt(row.amount_minor),
});

export function toFollowUpFold(row: FollowUpRow): FollowUpFold {
  const { clause, cohort, occurrence: timePoint, reason, follow_up: counts, participants } = row;
  return counts === null
    ? { clause, cohort, timePoint, reason, participants }
    : { clause, cohort, timePoint, counts };
}

export const toRestsOn = (row: ComputationRow): RestsOn => ({
  number: row.number,
  periodId: row.period_id,
  digest: row.digest.toString('hex'),
});

/** Totals of the period's lines in one state; nil where there is none. */
export function pendingIn(rows: readonly StateRow[], state: StateRow['state']): PendingTotals {
  const row = rows.find((its) => its.state === state);
  return { lines: row?.lines ?? 0, amountMinor: BigInt(row?.amount_minor ?? 0) };
}

/** The statement as it is downloaded. */
export function toDocument(statement: Statement): StatementDocument {
  const { facts } = statement;
  const { terms, period } = facts;
  const amount = (minor: bigint) => formatAmount(money(minor, terms.currency));
  const pending = ({ lines, amountMinor }: PendingTotals) => ({
    lines,
    amount: amount(amountMinor),
  });
  return {
    contract: { ...facts.contract, standing: terms.standing, terms: facts.termsNumber },
    period: { id: period.id, from: period.from, to: period.to },
    currency: terms.currency,
    comparison: {
      method: terms.comparison.method,
      deadweightPercent: terms.comparison.deadweightPercent,
    },
    notes: statement.notes,
    inPeriod: spanView(statement.period, terms.currency),
    toDate: spanView(statement.toDate, terms.currency),
    followUp: statement.followUp.map(({ counts, rate, ...place }) => ({
      ...place,
      ...counts,
      rate: rate === null ? null : formatFraction(rate),
    })),
    pending: {
      awaiting: pending(statement.awaiting),
      returned: pending(statement.returned),
      unclaimed: pending(statement.unclaimed),
    },
    basis: {
      computations: facts.computations.map(({ number, periodId, digest }) => ({
        number,
        period: periodId,
        digest,
      })),
      audit: { sequence: `${facts.auditHead.sequence}`, hash: facts.auditHead.hash },
    },
  };
}

function spanView(span: SpanAccount, currency: Currency): SpanView {
  const amount = (minor: bigint) => formatAmount(money(minor, currency));
  const priced = ({ quantity, amountMinor }: Omit<Account, 'outcomes'>) => ({
    quantity: formatFraction(quantity),
    amount: amount(amountMinor),
  });
  const account = (its: Account): AccountView => ({ outcomes: its.outcomes, ...priced(its) });
  return {
    clauses: span.clauses.map(({ clause, title, unit, ...its }) => ({
      clause,
      title,
      unit,
      ...apart(its, account),
    })),
    payers: span.payers.map(({ payer, name, ...its }) => ({
      payer,
      name,
      ...apart(its, ({ amountMinor }) => ({ amount: amount(amountMinor) })),
    })),
    total: apart(span.total, account),
    plan: span.plan && {
      planned: priced(span.plan.planned),
      difference: priced(span.plan.difference),
    },
  };
}

const apart = <T, V>(its: Apart<T>, view: (one: T) => V): ApartView<V> => ({
  payments: view(its.payments),
  trueUps: view(its.trueUps),
  all: view(its.all),
});
