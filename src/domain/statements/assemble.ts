import type { TermsDocument } from '../contract-terms/terms.schema.js';
import { add, fraction, multiply, subtract, sum } from '../money/fraction.js';
import { parseMoney } from '../money/money.js';
import { splitOf } from '../payer-splits/registry.js';
import { requireSpanTies, requireStatesTie } from './cross-check.js';
import { followUpOf } from './follow-up.js';
import { notesOf } from './notes.js';
import type {
  Account,
  AgainstPlan,
  Apart,
  ClauseAccount,
  PayerAccount,
  SpanAccount,
  Statement,
  StatementFacts,
} from './statement.js';
import type { OutcomeFold, PayerFold, Source, StatementRows } from './statement-rows.js';
import { termsFirst } from './terms-first.js';

/**
 * Assembles a statement from folded rows: pure, so the same record gives the same statement. Throws StatementDoesNotTie
 * unless the money by clause, by payer and by line is one sum, for the period and to date.
 */
export function assembleStatement(facts: StatementFacts, rows: StatementRows): Statement {
  const outcomes = rows.outcomes.filter(({ span }) => span === 'this-period');
  const parts = rows.parts.filter(({ span }) => span === 'this-period');
  const period = spanOf(facts, outcomes, parts, [facts.period.id]);
  const toDate = spanOf(facts, rows.outcomes, rows.parts, facts.periodsToDate);
  const { 'this-period': now, earlier } = rows.approvedMinor;
  requireSpanTies('period', period, now);
  requireSpanTies('to date', toDate, now + earlier);
  requireStatesTie(rows);
  return {
    facts,
    period,
    toDate,
    followUp: followUpOf(facts.terms, rows.followUps),
    awaiting: rows.awaiting,
    returned: rows.returned,
    unclaimed: rows.unclaimed,
    notes: notesOf(facts.terms),
  };
}

function spanOf(
  { terms }: StatementFacts,
  outcomes: readonly OutcomeFold[],
  parts: readonly PayerFold[],
  periods: readonly string[],
): SpanAccount {
  const total = apart((source) => accountOf(outcomes.filter((fold) => fold.source === source)));
  const all = plus(total.payments, total.trueUps);
  return {
    clauses: clausesOf(terms, outcomes),
    payers: payersOf(terms, parts),
    total: { ...total, all },
    plan: againstPlan(terms, periods, all),
  };
}

/** Clauses in the order of the terms; then any that only earlier terms had. A clause without a line shows nils. */
function clausesOf(terms: TermsDocument, folds: readonly OutcomeFold[]): ClauseAccount[] {
  const titles = new Map(terms.clauses.map(({ id, title }) => [id, title]));
  const ids = termsFirst(
    [...titles.keys()],
    folds.map(({ clause }) => clause),
  );
  return ids.map((clause) => {
    const own = folds.filter((fold) => fold.clause === clause);
    const { payments, trueUps } = apart((source) =>
      accountOf(own.filter((fold) => fold.source === source)),
    );
    return {
      clause,
      title: titles.get(clause) ?? `Clause ${clause} of earlier terms`,
      unit: (own.find(({ unit }) => unit !== 'adjustment') ?? own[0])?.unit ?? '',
      payments,
      trueUps,
      all: plus(payments, trueUps),
    };
  });
}

function payersOf(terms: TermsDocument, folds: readonly PayerFold[]): PayerAccount[] {
  const names = new Map(terms.parties.map(({ id, name }) => [id, name]));
  const ids = termsFirst(
    splitOf(terms.split).payers(terms.split),
    folds.map(({ payer }) => payer),
  );
  return ids.map((payer) => {
    const { payments, trueUps } = apart((source) => ({
      amountMinor: sumMinor(folds.filter((f) => f.payer === payer && f.source === source)),
    }));
    const all = { amountMinor: payments.amountMinor + trueUps.amountMinor };
    return { payer, name: names.get(payer) ?? payer, payments, trueUps, all };
  });
}

function againstPlan(
  terms: TermsDocument,
  periods: readonly string[],
  actual: Account,
): AgainstPlan | null {
  const plans = terms.plan.filter(({ period }) => periods.includes(period));
  if (plans.length === 0) return null;
  const planned = {
    quantity: fraction(plans.reduce((count, { outcomes }) => count + BigInt(outcomes), 0n)),
    amountMinor: plans.reduce((m, { amount }) => m + parseMoney(amount, terms.currency).minor, 0n),
  };
  const difference = {
    quantity: subtract(actual.quantity, planned.quantity),
    amountMinor: actual.amountMinor - planned.amountMinor,
  };
  return { planned, difference };
}

const apart = <T>(of: (source: Source) => T): Omit<Apart<T>, 'all'> => ({
  payments: of('payment'),
  trueUps: of('true-up'),
});

const accountOf = (folds: readonly OutcomeFold[]): Account => ({
  outcomes: folds.reduce((count, fold) => count + fold.lines * fold.outcomeChange, 0),
  quantity: sum(folds.map((fold) => multiply(fold.quantityChange, fraction(BigInt(fold.lines))))),
  amountMinor: sumMinor(folds),
});

const sumMinor = (folds: readonly { readonly amountMinor: bigint }[]): bigint =>
  folds.reduce((total, { amountMinor }) => total + amountMinor, 0n);

const plus = (a: Account, b: Account): Account => ({
  outcomes: a.outcomes + b.outcomes,
  quantity: add(a.quantity, b.quantity),
  amountMinor: a.amountMinor + b.amountMinor,
});
