import type { CivilDate } from '../calendar/civil-date.js';
import { periodsOf } from '../calendar/period-calendar.js';
import { instrumentsBy } from '../instruments/registry.js';
import { parseMoney } from '../money/money.js';
import { capParticipant } from '../modifiers/participant-cap.js';
import { modifierOf } from '../modifiers/registry.js';
import { zeroed } from '../modifiers/zeroed.js';
import { eligibilityInWords, isEligible } from '../outcomes/eligibility.js';
import type { CohortOutcome, Outcome } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { ClauseContext } from '../payment-mechanisms/mechanism.js';
import { mechanismOf } from '../payment-mechanisms/registry.js';
import type { Clause, TermsDocument } from './terms.schema.js';

/** Every clause of one edition of the terms, opened for one computation. */
export interface OpenClauses {
  /**
   * What each clause finds for the participant, after its modifiers and the caps per participant; exact, not yet rounded.
   * What an earlier edition has decided stands as it was decided, and counts towards frequencies and caps.
   */
  weigh(facts: ParticipantFacts, decided?: readonly Outcome[]): readonly Outcome[];
  /** What cohort rules find once every participant has been seen. */
  close(): readonly CohortOutcome[];
}

export const clauseContext = (
  terms: TermsDocument,
  clause: Clause,
  before: CivilDate,
): ClauseContext => ({
  clause: clause.id,
  currency: terms.currency,
  months: terms.rounding.months,
  metrics: new Map(terms.metrics.map((metric) => [metric.id, metric])),
  instruments: instrumentsBy(terms.instruments),
  before,
});

/**
 * Opens the clauses in their order. The steps on each participant are: the rule, then who is served at all, then the
 * clause's modifiers as listed, then caps per participant across clauses as listed.
 */
export function openClauses(terms: TermsDocument, before: CivilDate): OpenClauses {
  const periods = periodsOf(terms.periods, terms.effective.to);
  const { eligibility } = terms.population;
  const opened = terms.clauses.map((clause) => ({
    clause,
    weigher: mechanismOf(clause.rule).open(clause.rule, clauseContext(terms, clause, before)),
  }));
  const clauseIds = new Set(terms.clauses.map((clause) => clause.id));
  const caps = terms.caps.flatMap((cap) =>
    cap.scope === 'participant'
      ? [{ ...cap, minor: parseMoney(cap.amount, terms.currency).minor }]
      : [],
  );

  return {
    weigh(facts, decided = NONE) {
      const served =
        eligibility === undefined ||
        facts.exceptionApproved ||
        isEligible(eligibility, facts.attributes);
      const earlier = decided.filter(({ clause }) => !clauseIds.has(clause));
      for (const { clause, weigher } of opened) {
        const stands = standing(decided, clause.id);
        let outcomes = weigher.weigh(facts);
        if (!served)
          outcomes = outcomes.map((o) =>
            zeroed(o, 'population', 'ineligible', `serves only ${eligibilityInWords(eligibility)}`),
          );
        for (const modifier of clause.modifiers)
          outcomes = modifierOf(modifier).apply(modifier, stands(outcomes), {
            currency: terms.currency,
            facts,
            periods,
            earlier,
          });
        earlier.push(...stands(outcomes));
      }
      return caps.reduce<readonly Outcome[]>((outcomes, cap) => {
        const [inside, outside] = partition(
          outcomes,
          (o) => cap.clauses?.includes(o.clause) ?? true,
        );
        return [...outside, ...capParticipant(inside, cap.minor, `cap:${cap.id}`, terms.currency)];
      }, earlier);
    },
    close: () => opened.flatMap(({ weigher }) => weigher.close()),
  };
}

const NONE: readonly Outcome[] = [];

/** Puts what was decided for a clause in the place of what this edition would say of it. */
function standing(decided: readonly Outcome[], clause: string) {
  const own = decided.filter((outcome) => outcome.clause === clause);
  const others = (outcome: Outcome) =>
    !own.some(({ occurrence }) => occurrence === outcome.occurrence);
  return (outcomes: readonly Outcome[]): readonly Outcome[] =>
    own.length === 0 ? outcomes : [...own, ...outcomes.filter(others)];
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  const [yes, no]: [T[], T[]] = [[], []];
  for (const item of items) (test(item) ? yes : no).push(item);
  return [yes, no];
}
