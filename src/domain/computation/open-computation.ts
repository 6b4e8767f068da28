import { civilDate, type CivilDate } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import { openClauses, type OpenClauses } from '../contract-terms/weigh-clauses.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import type { CohortOutcome, Outcome } from '../outcomes/outcome.js';
import type { ContractRecord } from '../outcomes/contract-record.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import { REVERSED } from '../modifiers/reversal.js';
import { canonical } from '../shared/canonical.js';
import { assert } from '../shared/assert.js';
import type { CapUse } from './caps.js';
import type { PaymentLine, PostedLine } from './payment-line.js';
import { foldPosted, outcomeKey, type PostedOutcome } from './posted-outcomes.js';
import { Posting } from './posting.js';
import type { StandingPaid, Subject } from './posting-edition.js';

/** What a computation is about: the editions of the terms, the period, and what caps have already been used. */
export interface ComputationScope {
  readonly versions: readonly TermsInForce[];
  readonly period: Period;
  /** Used and added to as lines are posted; see CapUse for its keys. */
  readonly capUse: CapUse;
  /**
   * The end of the latest period that was computed before, if it is later than this one's: what that computation knew to
   * be over is over, so that computing an earlier period again undoes nothing of it.
   */
  readonly reckonedUntil: CivilDate | null;
  /** Figures and external results about the contract as a whole, as known. */
  readonly record: ContractRecord;
}

/** A computation under way. Participants are offered one at a time, in a fixed order, so memory does not grow with their number. */
export interface Computation {
  /** Whether every participant must be surveyed first, because a clause pays nobody unless enough were followed up. */
  readonly surveys: boolean;
  survey(facts: ParticipantFacts): void;
  participant(facts: ParticipantFacts, posted: readonly PostedLine[]): readonly PaymentLine[];
  /** Lines of rules that weigh whole cohorts, once every participant has been seen. */
  close(posted: readonly (PostedLine & { readonly cohort: string })[]): readonly PaymentLine[];
}

/** One edition with the days for which it decides: from its own effective date to the next one's. */
interface Edition {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly clauses: OpenClauses;
  readonly posting: Posting;
}

const FIRST_DAY = civilDate('1900-01-01');
const LAST_DAY = civilDate('9998-12-31');

/**
 * Opens a computation. It weighs every outcome under the edition in force on the day of the outcome, and posts only the
 * difference to what earlier computations posted: a first posting for what happened before the end of the period, nothing
 * where nothing changed, a true-up where facts were corrected or came late. What was posted in a later period is
 * corrected too, so that an event that comes to light there and takes another's place is never paid beside it.
 */
export function openComputation({
  versions,
  period,
  capUse,
  reckonedUntil,
  record,
}: ComputationScope): Computation {
  assert(versions.length > 0, 'a computation needs terms in force');
  const before = reckonedUntil !== null && reckonedUntil > period.to ? reckonedUntil : period.to;
  const editions = versions.map((version, index): Edition => ({
    from: index === 0 ? FIRST_DAY : version.effectiveFrom,
    to: versions[index + 1]?.effectiveFrom ?? LAST_DAY,
    clauses: openClauses(version.terms, before, record, index === 0 ? null : version.effectiveFrom),
    posting: new Posting(version, period, capUse, otherwiseDivided(versions, version)),
  }));

  const scope = { editions, period };
  const surveying = editions.filter(({ clauses }) => clauses.surveys);

  return {
    surveys: surveying.length > 0,

    survey(facts) {
      for (const { clauses } of surveying) clauses.survey(facts);
    },

    participant(facts, postedLines) {
      const { reference, cohort, attributes } = facts;
      const subject: Subject = { participant: reference, cohort, attributes };
      const found = new Found();
      for (const edition of editions)
        for (const outcome of edition.clauses.weigh(
          facts,
          decidedIn(found.kept),
          found.isPostponed,
        ))
          found.see(edition, outcome);
      return post(scope, [{ subject, weighed: found.kept, posted: foldPosted(postedLines) }]);
    },

    close(postedLines) {
      const byCohort = new Map<string, Found>();
      const cohortOf = (id: string) => byCohort.get(id) ?? byCohort.set(id, new Found()).get(id)!;
      const isPostponed = (one: CohortOutcome, from: CivilDate) =>
        cohortOf(one.cohort).isPostponed(one, from);
      for (const edition of editions)
        for (const outcome of edition.clauses.close(decidedFor(byCohort), isPostponed)) {
          const found = cohortOf(outcome.cohort);
          // what an earlier edition pays stands, also where a later one would pay it on another day
          const earlier = found.kept.get(outcomeKey(outcome))?.outcome;
          if (earlier === undefined || earlier.exactMinor.numerator === 0n)
            found.see(edition, outcome);
        }
      for (const line of postedLines) cohortOf(line.cohort);
      const all = [...byCohort].map(([cohort, found]) => ({
        subject: { participant: null, cohort, attributes: null },
        weighed: found.kept,
        posted: foldPosted(postedLines.filter((line) => line.cohort === cohort)),
      }));
      return post(scope, all);
    },
  };
}

/** What the editions, asked one after another, find for one subject. */
class Found {
  readonly kept = new Map<string, Weighed>();
  /** What an edition would decide only after it has ended, and when. */
  private readonly postponed = new Map<string, CivilDate>();

  /** Keeps an outcome if its edition decides for its day. */
  see(edition: Edition, outcome: Outcome): void {
    const { from, to } = edition;
    const { outcomeOn } = outcome;
    if (from <= outcomeOn && outcomeOn < to)
      this.kept.set(outcomeKey(outcome), { edition, outcome });
    else if (outcomeOn >= to) this.postponed.set(outcomeKey(outcome), outcomeOn);
  }

  /** Whether an edition that has ended would have decided it on the day or later, and no other has decided it. */
  readonly isPostponed = (outcome: Outcome, from: CivilDate): boolean => {
    const key = outcomeKey(outcome);
    const until = this.postponed.get(key);
    return until !== undefined && until >= from && !this.kept.has(key);
  };
}

/** Somebody, or a cohort, with what was found now and what was posted before. */
interface Account {
  readonly subject: Subject;
  readonly weighed: ReadonlyMap<string, Weighed>;
  readonly posted: ReadonlyMap<string, PostedOutcome>;
}

/**
 * The lines of one participant, or of all cohorts: what was posted and is no longer found, then what is found. Cohorts
 * are posted together, so that what one of them gives back makes room for another within a cap.
 */
function post(
  { editions, period }: { editions: readonly Edition[]; period: Period },
  accounts: readonly Account[],
): PaymentLine[] {
  const lines: PaymentLine[] = [];
  for (const { subject, before } of noLongerFound(accounts)) {
    const day = before.last.outcomeOn;
    const edition = editions.find(({ from, to }) => from <= day && day < to)!;
    edition.posting.withdrawn(subject, before, lines);
  }
  for (const { account, edition, outcome, before } of inPostingOrder(accounts)) {
    if (outcome.outcomeOn < period.to || before !== null)
      edition.posting.outcome(
        account.subject,
        outcome,
        before,
        lines,
        outcome.reverses === undefined ? null : standingPaid(outcome, account, lines),
      );
  }
  return lines;
}

/** The editions whose payers' split is not that of one of them. */
function otherwiseDivided(
  versions: readonly TermsInForce[],
  version: TermsInForce,
): ReadonlySet<number> {
  const split = canonical(version.terms.split);
  return new Set(
    versions.filter(({ terms }) => canonical(terms.split) !== split).map(({ number }) => number),
  );
}

/** What was posted and is found no longer: payments first, so that a reversal among it finds the room that they leave. */
function noLongerFound(accounts: readonly Account[]) {
  const gone = accounts.flatMap(({ subject, weighed, posted }) =>
    posted.size === 0
      ? []
      : [...posted].flatMap(([key, before]) => (weighed.has(key) ? [] : [{ subject, before }])),
  );
  if (gone.length < 2) return gone;
  const isReversal = ({ before }: { before: PostedOutcome }) => before.amountMinor < 0n;
  return [...gone.filter((one) => !isReversal(one)), ...gone.filter(isReversal)];
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

interface Weighed {
  readonly edition: Edition;
  readonly outcome: Outcome;
}

/** What earlier editions have decided for whole cohorts. */
const decidedFor = (byCohort: ReadonlyMap<string, Found>): readonly CohortOutcome[] =>
  [...byCohort.values()].flatMap(({ kept }) => decidedIn(kept) as readonly CohortOutcome[]);

const NONE: readonly Outcome[] = [];

const decidedIn = (weighed: ReadonlyMap<string, Weighed>): readonly Outcome[] =>
  weighed.size === 0 ? NONE : [...weighed.values()].map(({ outcome }) => outcome);

/**
 * What happened first is posted first, so that it uses up a cap before the rest; but what is taken back comes before all,
 * so that the cap has its room back.
 */
function inPostingOrder(accounts: readonly Account[]): readonly ToPost[] {
  const found: ToPost[] = [];
  let isPosted = false;
  for (const account of accounts) {
    if (account.posted.size > 0) isPosted = true;
    for (const [key, { edition, outcome }] of account.weighed)
      found.push({ account, edition, outcome, before: account.posted.get(key) ?? null });
  }
  if (found.length < 2) return found;
  found.sort((a, b) =>
    a.outcome.outcomeOn < b.outcome.outcomeOn
      ? -1
      : a.outcome.outcomeOn > b.outcome.outcomeOn
        ? 1
        : 0,
  );
  if (!isPosted) return found;
  // a reversal waits for the result that it takes back, so that it takes back no more than is paid for it then
  const takesBack = ({ edition, outcome, before }: ToPost) =>
    outcome.reverses === undefined && edition.posting.takesBack(outcome, before);
  return [...found.filter(takesBack), ...found.filter((one) => !takesBack(one))];
}

interface ToPost extends Weighed {
  readonly account: Account;
  readonly before: PostedOutcome | null;
}
