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
import { Posting, type StandingPaid, type Subject } from './posting.js';

/** What a computation is about: the editions of the terms, the period, and what caps have already been used. */
export interface ComputationScope {
  readonly versions: readonly TermsInForce[];
  readonly period: Period;
  /** Used and added to as lines are posted; see CapUse for its keys. */
  readonly capUse: CapUse;
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
  record,
}: ComputationScope): Computation {
  assert(versions.length > 0, 'a computation needs terms in force');
  const editions = versions.map((version, index): Edition => ({
    from: index === 0 ? FIRST_DAY : version.effectiveFrom,
    to: versions[index + 1]?.effectiveFrom ?? LAST_DAY,
    clauses: openClauses(
      version.terms,
      period.to,
      record,
      index === 0 ? null : version.effectiveFrom,
    ),
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
      const weighed = new Map<string, Weighed>();
      for (const edition of editions)
        for (const outcome of edition.clauses.weigh(facts, decidedIn(weighed)))
          keep(weighed, edition, outcome);
      return post(scope, subject, weighed, postedLines);
    },

    close(postedLines) {
      const byCohort = new Map<string, Map<string, Weighed>>();
      const cohortOf = (id: string) => byCohort.get(id) ?? byCohort.set(id, new Map()).get(id)!;
      for (const edition of editions)
        for (const outcome of edition.clauses.close(decidedFor(byCohort))) {
          const known = cohortOf(outcome.cohort);
          // what an earlier edition pays stands, also where a later one would pay it on another day
          const earlier = known.get(outcomeKey(outcome))?.outcome;
          if (earlier === undefined || earlier.exactMinor.numerator === 0n)
            keep(known, edition, outcome);
        }
      for (const line of postedLines) cohortOf(line.cohort);
      return [...byCohort].flatMap(([cohort, weighed]) =>
        post(
          scope,
          { participant: null, cohort, attributes: null },
          weighed,
          postedLines.filter((line) => line.cohort === cohort),
        ),
      );
    },
  };
}

/** Keeps an outcome if its edition decides for its day. */
function keep(weighed: Map<string, Weighed>, edition: Edition, outcome: Outcome): void {
  if (edition.from <= outcome.outcomeOn && outcome.outcomeOn < edition.to)
    weighed.set(outcomeKey(outcome), { edition, outcome });
}

/** The lines of one subject: what was posted and is no longer found, then what is found. */
function post(
  { editions, period }: { editions: readonly Edition[]; period: Period },
  subject: Subject,
  weighed: ReadonlyMap<string, Weighed>,
  postedLines: readonly PostedLine[],
): PaymentLine[] {
  const posted = foldPosted(postedLines);
  const lines: PaymentLine[] = [];
  for (const before of noLongerFound(posted, weighed)) {
    const day = before.last.outcomeOn;
    const edition = editions.find(({ from, to }) => from <= day && day < to)!;
    edition.posting.withdrawn(subject, before, lines);
  }
  for (const { edition, outcome } of inPostingOrder([...weighed.values()], posted)) {
    const before = posted.get(outcomeKey(outcome)) ?? null;
    if (outcome.outcomeOn < period.to || before !== null)
      edition.posting.outcome(
        subject,
        outcome,
        before,
        lines,
        outcome.reverses === undefined ? null : standingPaid(outcome, posted, lines),
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
function noLongerFound(
  posted: ReadonlyMap<string, PostedOutcome>,
  weighed: ReadonlyMap<string, Weighed>,
): readonly PostedOutcome[] {
  const gone = [...posted].flatMap(([key, before]) => (weighed.has(key) ? [] : [before]));
  if (gone.length < 2) return gone;
  const isReversal = ({ amountMinor }: PostedOutcome) => amountMinor < 0n;
  return [...gone.filter((one) => !isReversal(one)), ...gone.filter(isReversal)];
}

/** What stands paid for the result that an outcome takes back, less what other reversals have taken back of it. */
function standingPaid(
  { clause, occurrence, reverses }: Outcome,
  posted: ReadonlyMap<string, PostedOutcome>,
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
  for (const line of lines) if (concerns(outcomeKey(line))) count(line);
  return { amountMinor, parts };
}

interface Weighed {
  readonly edition: Edition;
  readonly outcome: Outcome;
}

/** What earlier editions have decided for whole cohorts. */
const decidedFor = (
  byCohort: ReadonlyMap<string, ReadonlyMap<string, Weighed>>,
): readonly CohortOutcome[] =>
  [...byCohort.values()].flatMap((weighed) => decidedIn(weighed) as readonly CohortOutcome[]);

const NONE: readonly Outcome[] = [];

const decidedIn = (weighed: ReadonlyMap<string, Weighed>): readonly Outcome[] =>
  weighed.size === 0 ? NONE : [...weighed.values()].map(({ outcome }) => outcome);

/**
 * What happened first is posted first, so that it uses up a cap before the rest; but what is taken back comes before all,
 * so that the cap has its room back.
 */
function inPostingOrder(
  found: readonly Weighed[],
  posted: ReadonlyMap<string, PostedOutcome>,
): readonly Weighed[] {
  if (found.length < 2) return found;
  const byDay = [...found].sort((a, b) =>
    a.outcome.outcomeOn < b.outcome.outcomeOn
      ? -1
      : a.outcome.outcomeOn > b.outcome.outcomeOn
        ? 1
        : 0,
  );
  if (posted.size === 0) return byDay;
  // a reversal waits for the result that it takes back, so that it takes back no more than is paid for it then
  const takesBack = ({ edition, outcome }: Weighed) =>
    outcome.reverses === undefined &&
    edition.posting.takesBack(outcome, posted.get(outcomeKey(outcome)) ?? null);
  return [...byDay.filter(takesBack), ...byDay.filter((one) => !takesBack(one))];
}
