import type { CivilDate } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import type { OpenClauses } from '../contract-terms/weigh-clauses.js';
import { REVERSED } from '../modifiers/reversal.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { PaymentLine } from './payment-line.js';
import { outcomeKey, type PostedOutcome } from './posted-outcomes.js';
import type { StandingPaid, Subject } from './posting-edition.js';
import type { Posting } from './posting.js';

/** One edition with the days for which it decides: from its own effective date to the next one's. */
export interface Edition {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly clauses: OpenClauses;
  readonly posting: Posting;
  /** The same without caps, to foresee what would be posted; nothing of it is kept. */
  readonly foreseeing: Posting;
}

/** An outcome with the edition that decides it. */
export interface Weighed {
  readonly edition: Edition;
  readonly outcome: Outcome;
}

/** Somebody, or a cohort, with what was found now and what was posted before. */
export interface Account {
  readonly subject: Subject;
  readonly weighed: ReadonlyMap<string, Weighed>;
  readonly posted: ReadonlyMap<string, PostedOutcome>;
}

/** What accounts are posted for: the editions, and the period that is computed. */
export interface PostingScope {
  readonly editions: readonly Edition[];
  readonly period: Period;
}

/**
 * The lines of one participant, or of all cohorts. What is taken back comes before all, so that a cap has its room back:
 * what was posted and is no longer found, then what is found and worth less. Then what is due: reversals that are no
 * longer found, and the rest in the order in which it happened. Cohorts are posted together, so that what one of them
 * gives back makes room for another.
 */
export function post(
  { editions, period }: PostingScope,
  accounts: readonly Account[],
  by: (edition: Edition) => Posting = ({ posting }) => posting,
): PaymentLine[] {
  const lines: PaymentLine[] = [];
  const withdraw = ({ subject, before }: Gone) => {
    const day = before.last.outcomeOn;
    const edition = editions.find(({ from, to }) => from <= day && day < to)!;
    by(edition).withdrawn(subject, before, lines);
  };
  const postFound = ({ account, edition, outcome, before }: ToPost) => {
    if (outcome.outcomeOn >= period.to && before === null) return;
    const paid = outcome.reverses === undefined ? null : standingPaid(outcome, account, lines);
    by(edition).outcome(account.subject, outcome, before, lines, paid);
  };
  const gone = noLongerFound(accounts);
  const { first, then } = inPostingOrder(accounts);
  for (const one of gone) if (one.before.amountMinor >= 0n) withdraw(one);
  for (const one of first) postFound(one);
  for (const one of gone) if (one.before.amountMinor < 0n) withdraw(one);
  for (const one of then) postFound(one);
  return lines;
}

/** What was posted for an outcome that is found no longer. */
interface Gone {
  readonly subject: Subject;
  readonly before: PostedOutcome;
}

const NOTHING_GONE: readonly Gone[] = [];

function noLongerFound(accounts: readonly Account[]): readonly Gone[] {
  if (accounts.every(({ posted }) => posted.size === 0)) return NOTHING_GONE;
  return accounts.flatMap(({ subject, weighed, posted }) =>
    [...posted].flatMap(([key, before]) => (weighed.has(key) ? [] : [{ subject, before }])),
  );
}

/** What stands paid for the result that an outcome takes back, less what other reversals have taken back of it. */
function standingPaid(
  { clause, occurrence, reverses }: Outcome,
  { subject, posted }: Account,
  lines: readonly PaymentLine[],
): StandingPaid {
  const result = outcomeKey({ clause, occurrence: reverses! });
  const own = outcomeKey({ clause, occurrence });
  // also reversals that are found no longer: what a cap has kept from being paid again is still taken back
  const concerns = (key: string) =>
    key === result || (key !== own && key.startsWith(result + REVERSED));
  const parts = new Map<string, bigint>();
  let amountMinor = 0n;
  const count = (one: StandingPaid) => {
    amountMinor += one.amountMinor;
    for (const [payer, part] of one.parts) parts.set(payer, (parts.get(payer) ?? 0n) + part);
  };
  for (const [key, before] of posted) if (concerns(key)) count(before);
  for (const line of lines)
    if (line.cohort === subject.cohort && concerns(outcomeKey(line))) count(line);
  return { amountMinor, parts };
}

interface ToPost extends Weighed {
  readonly account: Account;
  readonly before: PostedOutcome | null;
}

/**
 * What is taken back, and then what is due: what happened first is posted first, so that it uses up a cap before the rest.
 * A reversal follows the result that it takes back: then it takes back no more than is paid for it, and what comes after
 * finds the room.
 */
function inPostingOrder(accounts: readonly Account[]): {
  readonly first: readonly ToPost[];
  readonly then: readonly ToPost[];
} {
  const found: ToPost[] = [];
  for (const account of accounts)
    for (const [key, { edition, outcome }] of account.weighed)
      found.push({ account, edition, outcome, before: account.posted.get(key) ?? null });
  found.sort((a, b) => byDay(a.outcome, b.outcome));
  const takesBack = ({ edition, outcome, before }: ToPost) =>
    outcome.reverses === undefined && edition.posting.takesBack(outcome, before);
  const first = found.filter(takesBack);
  const rest = first.length === 0 ? found : found.filter((one) => !takesBack(one));
  const reverses = rest.some(({ outcome }) => outcome.reverses !== undefined);
  return { first, then: reverses ? reversalsAfterResults(rest) : rest };
}

const byDay = (a: Outcome, b: Outcome): number =>
  a.outcomeOn < b.outcomeOn ? -1 : a.outcomeOn > b.outcomeOn ? 1 : 0;

function reversalsAfterResults(found: readonly ToPost[]): ToPost[] {
  const reversals = new Map<string, ToPost[]>();
  const keyOf = ({ subject }: Account, clause: string, occurrence: string) =>
    `${subject.cohort}|${outcomeKey({ clause, occurrence })}`;
  const results = new Set(
    found.map(({ account, outcome }) => keyOf(account, outcome.clause, outcome.occurrence)),
  );
  const others = found.filter((one) => {
    const { account, outcome } = one;
    if (outcome.reverses === undefined) return true;
    const result = keyOf(account, outcome.clause, outcome.reverses);
    if (!results.has(result)) return true;
    reversals.set(result, [...(reversals.get(result) ?? []), one]);
    return false;
  });
  return others.flatMap((one) => [
    one,
    ...(reversals.get(keyOf(one.account, one.outcome.clause, one.outcome.occurrence)) ?? []),
  ]);
}
