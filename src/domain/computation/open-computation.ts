import { civilDate, type CivilDate } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import { openClauses } from '../contract-terms/weigh-clauses.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import type { CohortOutcome } from '../outcomes/outcome.js';
import type { ContractRecord } from '../outcomes/contract-record.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import { canonical } from '../shared/canonical.js';
import { assert } from '../shared/assert.js';
import { post, type Account, type Edition } from './accounts.js';
import { limitsMany, type CapUse } from './caps.js';
import { Found } from './found.js';
import type { PaymentLine, PostedLine } from './payment-line.js';
import { foldPosted, outcomeKey } from './posted-outcomes.js';
import type { Subject } from './posting-edition.js';
import { Posting } from './posting.js';
import { inTwoTurns, mayPostBelowNil } from './taking-back.js';

/** What a computation is about: the editions of the terms, the period, and what caps have already been used. */
export interface ComputationScope {
  readonly versions: readonly TermsInForce[];
  readonly period: Period;
  /** Used and added to as lines are posted; see CapUse for its keys. */
  readonly capUse: CapUse;
  /**
   * The end of the latest period that was computed before; null where none was, so that nothing is posted yet. Where it is
   * later than this period's, what that computation knew to be over is over, so that computing an earlier period again
   * undoes nothing of it.
   */
  readonly reckonedUntil: CivilDate | null;
  /** Figures and external results about the contract as a whole, as known. */
  readonly record: ContractRecord;
}

/** A line of a whole cohort as it was posted by an earlier computation. */
export type PostedForCohort = PostedLine & { readonly cohort: string };

/** One reading of everybody: participants one at a time, always in the same order, then the end. */
export interface Reading {
  /** Whether it asks what was posted before; where not, none need be given. */
  readonly needsPosted: boolean;
  participant(facts: ParticipantFacts, posted: readonly PostedLine[]): readonly PaymentLine[];
  /** Lines about whole cohorts, once every participant has been seen. */
  close(posted: readonly PostedForCohort[]): readonly PaymentLine[];
}

/**
 * A computation under way: its readings, one after another, of the same participants. Most terms are read once. Terms that
 * pay nobody unless enough were followed up are first read to count; and where a cap is shared and something may be taken
 * back, that is posted in a reading of its own, before anything is paid. Memory does not grow with the number of
 * participants.
 */
export interface Computation {
  readonly readings: readonly Reading[];
}

const FIRST_DAY = civilDate('1900-01-01');
const LAST_DAY = civilDate('9998-12-31');
const NO_LINES: readonly PaymentLine[] = [];

/**
 * Opens a computation. It weighs every outcome under the edition in force on the day of the outcome, and posts only the
 * difference to what earlier computations posted: a first posting for what happened before the end of the period, nothing
 * where nothing changed, a true-up where facts were corrected or came late. What was posted in a later period is
 * corrected too, so that an event that comes to light there and takes another's place is never paid beside it.
 */
export function openComputation(scope: ComputationScope): Computation {
  const { versions, reckonedUntil } = scope;
  assert(versions.length > 0, 'a computation needs terms in force');
  const editions = openEditions(scope);
  const surveying = editions.filter(({ clauses }) => clauses.surveys);
  const survey: Reading = {
    needsPosted: false,
    participant(facts) {
      for (const { clauses } of surveying) clauses.survey(facts);
      return NO_LINES;
    },
    close: () => NO_LINES,
  };
  const takesBackFirst =
    versions.some(({ terms }) => limitsMany(terms)) &&
    (reckonedUntil !== null || versions.some(({ terms }) => mayPostBelowNil(terms)));
  return {
    readings: [
      ...(surveying.length > 0 ? [survey] : []),
      ...(takesBackFirst ? inTwoReadings(scope, editions) : [inOneReading(scope, editions)]),
    ],
  };
}

function openEditions({ versions, period, capUse, reckonedUntil, record }: ComputationScope) {
  const before = reckonedUntil !== null && reckonedUntil > period.to ? reckonedUntil : period.to;
  return versions.map((version, index): Edition => {
    const uncapped = { ...version, terms: { ...version.terms, caps: [] } };
    const otherwise = otherwiseDivided(versions, version);
    return {
      from: index === 0 ? FIRST_DAY : version.effectiveFrom,
      to: versions[index + 1]?.effectiveFrom ?? LAST_DAY,
      clauses: openClauses(
        version.terms,
        before,
        record,
        index === 0 ? null : version.effectiveFrom,
      ),
      posting: new Posting(version, period, capUse, otherwise),
      foreseeing: new Posting(uncapped, period, new Map(), otherwise),
    };
  });
}

function inOneReading({ period }: ComputationScope, editions: readonly Edition[]): Reading {
  const scope = { editions, period };
  return {
    needsPosted: true,
    participant: (facts, posted) => post(scope, [accountOf(editions, facts, posted)]),
    close: (posted) => post(scope, cohortAccounts(editions, posted)),
  };
}

/** What gives back on balance is posted in the first reading, which also collects for cohorts; the rest in the second. */
function inTwoReadings({ period }: ComputationScope, editions: readonly Edition[]): Reading[] {
  const scope = { editions, period };
  const turns = (account: Account) => inTwoTurns(scope, account);
  let cohorts: ReturnType<typeof turns>[] = [];
  const postAll = (accounts: readonly (Account | null)[]) => {
    const some = accounts.filter((account) => account !== null);
    return some.length === 0 ? NO_LINES : post(scope, some);
  };
  return [
    {
      needsPosted: true,
      participant: (facts, posted) =>
        postAll([turns(accountOf(editions, facts, posted)).takesBack]),
      close(posted) {
        cohorts = cohortAccounts(editions, posted).map(turns);
        return postAll(cohorts.map(({ takesBack }) => takesBack));
      },
    },
    {
      needsPosted: true,
      participant: (facts, posted) =>
        postAll([turns(accountOf(editions, facts, posted, true)).rest]),
      close: () => postAll(cohorts.map(({ rest }) => rest)),
    },
  ];
}

function accountOf(
  editions: readonly Edition[],
  facts: ParticipantFacts,
  posted: readonly PostedLine[],
  seenAgain = false,
): Account {
  const { reference, cohort, attributes } = facts;
  const subject: Subject = { participant: reference, cohort, attributes };
  const found = new Found();
  for (const edition of editions)
    for (const outcome of edition.clauses.weigh(facts, found.decided, found.isPostponed, seenAgain))
      found.see(edition, outcome);
  return { subject, weighed: found.kept, posted: foldPosted(posted) };
}

function cohortAccounts(
  editions: readonly Edition[],
  posted: readonly PostedForCohort[],
): Account[] {
  const byCohort = new Map<string, Found>();
  const cohortOf = (id: string) => byCohort.get(id) ?? byCohort.set(id, new Found()).get(id)!;
  const isPostponed = (one: CohortOutcome, from: CivilDate) =>
    cohortOf(one.cohort).isPostponed(one, from);
  for (const edition of editions)
    for (const outcome of edition.clauses.close(decidedFor(byCohort), isPostponed)) {
      const found = cohortOf(outcome.cohort);
      // what an earlier edition pays stands, also where a later one would pay it on another day
      const earlier = found.kept.get(outcomeKey(outcome))?.outcome;
      if (earlier === undefined || earlier.exactMinor.numerator === 0n) found.see(edition, outcome);
    }
  for (const line of posted) cohortOf(line.cohort);
  return [...byCohort].map(([cohort, found]) => ({
    subject: { participant: null, cohort, attributes: null },
    weighed: found.kept,
    posted: foldPosted(posted.filter((line) => line.cohort === cohort)),
  }));
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

/** What earlier editions have decided for whole cohorts. */
const decidedFor = (byCohort: ReadonlyMap<string, Found>): readonly CohortOutcome[] =>
  [...byCohort.values()].flatMap(({ decided }) => decided as readonly CohortOutcome[]);
