import { publishedCount } from '../domain/disclosure/count.js';
import { publishedFollowUp } from '../domain/disclosure/follow-up.js';
import { heldBackInWords, RULES_IN_WORDS } from '../domain/disclosure/in-words.js';
import type { Release } from '../domain/disclosure/release.js';
import { totalOf } from '../domain/disclosure/totals.js';
import { FEWEST } from '../domain/disclosure/count.js';
import { formatFraction, fraction, subtract } from '../domain/money/fraction.js';
import { formatAmount, money } from '../domain/money/money.js';
import type { Statement } from '../domain/statements/statement.js';
import type {
  IssuedFollowUpView,
  IssuedPendingView,
  IssuedStatement,
  ReleasedTotalView,
} from './issued-document.js';
import { toReleasedView, type StateRow } from './issued.mapping.js';
import { toDocument } from './statements.mapping.js';

/** What a statement is issued from: the exact one for its words and plan, and what may be published. */
export interface IssueParts {
  readonly number: number;
  readonly issuedAt: Date;
  readonly exact: Statement;
  readonly cohorts: readonly string[];
  readonly releases: readonly Release[];
  readonly history: readonly Release[];
  readonly pending: readonly StateRow[];
}

/** The document of an issued statement. Every number in it comes from releases, published counts or the terms. */
export function toIssuedStatement(parts: IssueParts): IssuedStatement {
  const { exact, releases, history, number } = parts;
  const { contract, period, currency, comparison, notes, basis } = toDocument(exact);
  const titleOf = titles(exact);
  return {
    issue: { number, issuedAt: parts.issuedAt.toISOString() },
    contract,
    period,
    currency,
    comparison,
    notes,
    control: RULES_IN_WORDS,
    released: releases.map((its) =>
      toReleasedView(its, titleOf(its.clause), exact.facts.terms.currency),
    ),
    heldBack: heldBack(parts),
    inStatement: totalView(exact, releases),
    toDate: toDateView(exact, [...history, ...releases]),
    followUp: followUpOf(exact, parts.cohorts),
    pending: {
      awaiting: pendingOf(parts.pending, 'awaiting'),
      returned: pendingOf(parts.pending, 'returned'),
      unclaimed: pendingOf(parts.pending, 'unclaimed'),
    },
    basis: {
      computations: basis.computations.map(({ number, period: of }) => ({ number, period: of })),
      audit: basis.audit,
    },
  };
}

const titles = ({ toDate }: Statement) => {
  const known = new Map(toDate.clauses.map(({ clause, title }) => [clause, title]));
  return (clause: string): string => known.get(clause) ?? `Clause ${clause} of earlier terms`;
};

/** The clauses of the terms of which nothing is released: named by the terms, so that naming them says nothing. */
function heldBack({ exact, releases, history }: IssueParts): IssuedStatement['heldBack'] {
  return exact.facts.terms.clauses
    .filter(({ id }) => releases.every(({ clause }) => clause !== id))
    .map(({ id, title }) => {
      const last = history.filter(({ clause }) => clause === id).map(({ through }) => through);
      return { clause: id, title, why: heldBackInWords(1 + Math.max(0, ...last)) };
    });
}

function totalView({ facts }: Statement, releases: readonly Release[]): ReleasedTotalView {
  const total = totalOf(releases);
  const amount = (minor: bigint) => formatAmount(money(minor, facts.terms.currency));
  const names = new Map(facts.terms.parties.map(({ id, name }) => [id, name]));
  return {
    outcomes: total.outcomes,
    quantity: total.quantity,
    amount: amount(total.amountMinor),
    payers: total.payers.map(({ payer, amountMinor }) => ({
      payer,
      name: names.get(payer) ?? payer,
      amount: amount(amountMinor),
    })),
    notByPayer: amount(total.notByPayerMinor),
  };
}

function toDateView(exact: Statement, releases: readonly Release[]): IssuedStatement['toDate'] {
  const { currency } = exact.facts.terms;
  const amount = (minor: bigint) => formatAmount(money(minor, currency));
  const titleOf = titles(exact);
  const clauses = [...new Set(releases.map(({ clause }) => clause))].sort();
  const total = totalOf(releases);
  const planned = exact.toDate.plan?.planned;
  return {
    ...totalView(exact, releases),
    clauses: clauses.map((clause) => {
      const own = totalOf(releases.filter((its) => its.clause === clause));
      return {
        clause,
        title: titleOf(clause),
        outcomes: own.outcomes,
        quantity: own.quantity,
        amount: amount(own.amountMinor),
      };
    }),
    plan: planned
      ? {
          planned: {
            quantity: formatFraction(planned.quantity),
            amount: amount(planned.amountMinor),
          },
          difference: {
            quantity: formatFraction(subtract(fraction(BigInt(total.quantity)), planned.quantity)),
            amount: amount(total.amountMinor - planned.amountMinor),
          },
        }
      : null,
  };
}

function followUpOf(exact: Statement, cohorts: readonly string[]): IssuedFollowUpView[] {
  const titleOf = titles(exact);
  const cells = exact.followUp.map(({ counts, ...place }) => ({ ...place, ...counts }));
  return publishedFollowUp(cells, cohorts).map((row) => ({
    clause: row.clause,
    title: titleOf(row.clause),
    cohort: row.cohort,
    timePoint: row.timePoint,
    due: row.due,
    measured: row.measured,
    notMeasured: row.notMeasured,
    reasons: row.reasons,
    excluded: row.excluded,
    rate: row.rate === null ? null : formatFraction(row.rate),
  }));
}

/** Lines, rounded, where enough people stand behind them. Their amounts are of several tariffs, and are not shown. */
function pendingOf(rows: readonly StateRow[], state: StateRow['state']): IssuedPendingView {
  const row = rows.find((its) => its.state === state);
  return { lines: row && row.people >= FEWEST ? publishedCount(row.lines) : null };
}
