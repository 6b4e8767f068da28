import type { CivilDate } from '../calendar/civil-date.js';
import { periodsOf } from '../calendar/period-calendar.js';
import { formatFraction } from '../money/fraction.js';
import { parseMoney } from '../money/money.js';
import { capParticipant } from '../modifiers/participant-cap.js';
import type { ModifierContext } from '../modifiers/modifier.js';
import { zeroed } from '../modifiers/zeroed.js';
import type { ContractRecord } from '../outcomes/contract-record.js';
import { eligibilityInWords, isEligible } from '../outcomes/eligibility.js';
import type { CohortOutcome, Outcome } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import { openMixCaps } from './mix-caps.js';
import { openClause, type OpenClause } from './open-clause.js';
import { openRounding } from './open-rounding.js';
import type { TermsDocument } from './terms.schema.js';

/** Every clause of one edition of the terms, opened for one computation. */
export interface OpenClauses {
  /** Whether a clause asks for the follow-up of cohorts before anybody is paid. */
  readonly surveys: boolean;
  /** Counts a participant for the clauses that ask; called for everybody before the first is weighed. */
  survey(facts: ParticipantFacts): void;
  /**
   * What each clause finds for the participant, after its modifiers and the caps per participant; exact, not yet rounded.
   * What an earlier edition has decided stands as it was decided, and counts towards frequencies and caps; what happened
   * before this edition and was no outcome then counts towards nothing. Who is `seenAgain` has been collected for cohorts
   * and for steps over many outcomes before, and is not collected twice.
   */
  weigh(
    facts: ParticipantFacts,
    decided?: readonly Outcome[],
    postponed?: Postponed<Outcome>,
    seenAgain?: boolean,
  ): readonly Outcome[];
  /**
   * What cohort rules and steps over many outcomes find once every participant has been seen, and what caps on the mix of
   * clauses take off. What an earlier edition has decided stands, and is reckoned with.
   */
  close(
    decided?: readonly CohortOutcome[],
    postponed?: Postponed<CohortOutcome>,
  ): readonly CohortOutcome[];
}

/** Whether an earlier edition would have decided an outcome on a later edition's first day, or after it. */
export type Postponed<One extends Outcome> = (outcome: One, from: CivilDate) => boolean;

/**
 * Opens the clauses in their order. The steps on each participant are: the rule, then who is served at all, then the
 * clause's modifiers as listed, then caps per participant across clauses as listed. A cohort rule counts only those who
 * are served; its outcomes then pass through the clause's modifiers in the same way.
 */
export function openClauses(
  terms: TermsDocument,
  before: CivilDate,
  record: ContractRecord,
  /** The first day that this edition decides for, where there was one before it. */
  from: CivilDate | null = null,
): OpenClauses {
  const { eligibility, attributes } = terms.population;
  const own = openOwnDays(from);
  const opened = terms.clauses.map((_, index) => openClause(terms, index, before, record));
  const surveying = opened.filter((clause) => clause.surveys);
  const answering = opened.filter((clause) => clause.level === 'participant');
  const clauseIds = new Set(terms.clauses.map((clause) => clause.id));
  const capEach = openParticipantCaps(terms);
  const mixes = openMixCaps(terms, {
    periods: periodsOf(terms.periods, terms.effective.to),
    before,
  });
  const isServed = servedBy(eligibility);

  return {
    surveys: surveying.length > 0,

    survey(facts) {
      const served = isServed(facts);
      for (const clause of surveying) clause.survey(facts, clause.counts(served, facts));
    },

    weigh(facts, decided = NONE, postponed = never, seenAgain = false) {
      const served = isServed(facts);
      const earlier = decided.filter(({ clause }) => !clauseIds.has(clause));
      for (const clause of seenAgain ? answering : opened) {
        const stands = standing(decided, clause.id, from);
        let outcomes = own(
          clause.weigher.weigh(facts, clause.counts(served, facts), earlier),
          postponed,
        );
        if (!served)
          outcomes = outcomes.map((o) =>
            zeroed(
              o,
              'population',
              'ineligible',
              `serves only ${eligibilityInWords(eligibility!, attributes)}`,
            ),
          );
        const context = clause.contextFor(facts, earlier);
        earlier.push(...clause.steps(outcomes, context, stands, seenAgain));
      }
      const capped = capEach(earlier);
      if (!seenAgain) for (const mix of mixes) mix.see(capped);
      return capped;
    },

    close(decided = [], postponed = never) {
      const earlier = decided.filter(({ clause }) => !clauseIds.has(clause));
      for (const clause of opened) {
        const before = decided.filter((outcome) => outcome.clause === clause.id);
        const found = own(clause.weigher.close(earlier, before), postponed);
        earlier.push(...closeClause(clause, found, earlier, decided));
      }
      for (const mix of mixes) {
        mix.see(earlier); // with what the caps above it have taken off
        earlier.push(...mix.close().filter(isNotAmong(decided)));
      }
      return earlier;
    },
  };
}

/**
 * Leaves out days before the edition was in force: the one before it decides them, and may have had no such clause. But
 * an amendment may move the day of an outcome from after its own first day to before it, as where a window is shortened.
 * No edition would decide it then, so it is decided on the first day on which both agree that it is over.
 */
const openOwnDays =
  (from: CivilDate | null) =>
  <One extends Outcome>(outcomes: readonly One[], postponed: Postponed<One>): readonly One[] =>
    from === null
      ? outcomes
      : outcomes.flatMap((one) =>
          one.outcomeOn >= from ? [one] : postponed(one, from) ? [movedTo(from, one)] : [],
        );

function movedTo<One extends Outcome>(from: CivilDate, outcome: One): One {
  const worth = formatFraction(outcome.exactMinor);
  const why = `due on ${outcome.outcomeOn} by the terms in force from ${from}, and later by those before`;
  const step = { step: 'edition', before: worth, after: worth, why };
  return { ...outcome, outcomeOn: from, steps: [...outcome.steps, step] };
}

const never = () => false;

const servedBy =
  (eligibility: TermsDocument['population']['eligibility']) =>
  ({ exceptionApproved, attributes }: ParticipantFacts): boolean =>
    eligibility === undefined || exceptionApproved || isEligible(eligibility, attributes);

/** Caps per participant across clauses, in the order of the terms. */
function openParticipantCaps(terms: TermsDocument) {
  const { currency } = terms;
  const rounded = openRounding(terms);
  const caps = terms.caps.flatMap((cap) =>
    cap.scope === 'participant'
      ? [
          {
            concerns: ({ clause }: Outcome) => cap.clauses?.includes(clause) ?? true,
            limit: {
              step: `cap:${cap.id}`,
              minor: parseMoney(cap.amount, currency).minor,
              currency,
              rounded,
            },
          },
        ]
      : [],
  );
  return (outcomes: readonly Outcome[]): readonly Outcome[] =>
    caps.reduce((found, { concerns, limit }) => {
      const [inside, outside] = partition(found, concerns);
      return [...outside, ...capParticipant(inside, limit)];
    }, outcomes);
}

/** A cohort rule's outcomes after the clause's steps, and what its steps over all outcomes adjust. */
function closeClause(
  clause: OpenClause,
  outcomes: readonly CohortOutcome[],
  earlier: readonly CohortOutcome[],
  decided: readonly CohortOutcome[],
): CohortOutcome[] {
  const own = decided.filter((outcome) => outcome.clause === clause.id);
  const isNew = isNotAmong(own);
  const stands = (found: readonly Outcome[]): readonly Outcome[] =>
    own.length === 0 ? found : [...own, ...(found as readonly CohortOutcome[]).filter(isNew)];
  const context: ModifierContext = {
    ...clause.contextFor(null, earlier),
    followUpOf: (outcome) => (outcome as CohortOutcome).followUp ?? null,
  };
  const stepped = clause.steps(outcomes, context, stands) as readonly CohortOutcome[];
  return [...stepped, ...clause.closeCollectives().filter(isNew)];
}

/** Whether an outcome of a cohort is none of those given. */
function isNotAmong(decided: readonly CohortOutcome[]) {
  const key = ({ clause, cohort, occurrence }: CohortOutcome) =>
    `${clause}|${cohort}|${occurrence}`;
  const known = new Set(decided.map(key));
  return (outcome: CohortOutcome): boolean => !known.has(key(outcome));
}

const NONE: readonly Outcome[] = [];

/** Puts what was decided for a clause in the place of what this edition would say of it and of the days before it. */
function standing(decided: readonly Outcome[], clause: string, from: CivilDate | null) {
  const own = decided.filter((outcome) => outcome.clause === clause);
  const isNew = ({ occurrence, outcomeOn }: Outcome) =>
    (from === null || from <= outcomeOn) && !own.some((one) => occurrence === one.occurrence);
  return (outcomes: readonly Outcome[]): readonly Outcome[] =>
    own.length === 0 && from === null ? outcomes : [...own, ...outcomes.filter(isNew)];
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const item of items) (test(item) ? yes : no).push(item);
  return [yes, no];
}
