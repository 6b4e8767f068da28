import type { CivilDate } from '../calendar/civil-date.js';
import { periodsOf } from '../calendar/period-calendar.js';
import { instrumentsBy } from '../instruments/registry.js';
import type { ClauseSurroundings, Collective, ModifierContext } from '../modifiers/modifier.js';
import { modifierOf, type ModifierTerms } from '../modifiers/registry.js';
import { equals, parseFraction, ZERO } from '../money/fraction.js';
import type { ContractRecord } from '../outcomes/contract-record.js';
import { FollowUpTally } from '../outcomes/follow-up.js';
import type { CohortOutcome, Level, Outcome } from '../outcomes/outcome.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import type { ClauseContext, ClauseWeigher } from '../payment-mechanisms/mechanism.js';
import { mechanismOf } from '../payment-mechanisms/registry.js';
import { levelsOf } from './clause-levels.js';
import { openRounding, openStepRounding } from './open-rounding.js';
import type { Clause, TermsDocument } from './terms.schema.js';

type Outcomes = readonly Outcome[];

/** One clause opened for one computation: its rule, and its modifiers as ordered steps. */
export interface OpenClause {
  readonly id: string;
  /** Whether it answers for each participant, or for cohorts at the end. */
  readonly level: Level;
  readonly weigher: ClauseWeigher;
  /** Whether a step needs to know the follow-up of whole cohorts first. */
  readonly surveys: boolean;
  /** Whether a cohort rule counts the participant. */
  counts(served: boolean, facts: ParticipantFacts): boolean;
  survey(facts: ParticipantFacts, counts: boolean): void;
  contextFor(facts: ParticipantFacts | null, earlier: Outcomes): ModifierContext;
  /**
   * The modifiers in their order; `stands` puts back, before each, what an earlier edition has decided. What is seen
   * again is not shown again to the steps over all outcomes.
   */
  steps(
    outcomes: Outcomes,
    context: ModifierContext,
    stands: (found: Outcomes) => Outcomes,
    seenAgain?: boolean,
  ): Outcomes;
  closeCollectives(): readonly CohortOutcome[];
}

export const clauseContext = (
  terms: TermsDocument,
  clause: Clause,
  before: CivilDate,
  record: ContractRecord,
): ClauseContext => ({
  clause: clause.id,
  currency: terms.currency,
  months: terms.rounding.months,
  metrics: new Map(terms.metrics.map((metric) => [metric.id, metric])),
  instruments: instrumentsBy(terms.instruments),
  periods: periodsOf(terms.periods, terms.effective.to),
  cohorts: terms.cohorts,
  before,
  record,
  levels: levelsOf(terms.clauses),
  benchmark: deductedBenchmark(terms.comparison),
});

const deductedBenchmark = ({
  benchmark,
}: TermsDocument['comparison']): ClauseContext['benchmark'] =>
  benchmark?.use === 'deducted'
    ? { source: benchmark.source, figures: benchmark.figures ?? [] }
    : undefined;

/** What the steps of a clause may know. */
const surroundingsOf = (terms: TermsDocument, context: ClauseContext): ClauseSurroundings => ({
  clause: context.clause,
  currency: terms.currency,
  months: terms.rounding.months,
  periods: context.periods,
  metrics: context.metrics,
  attributes: terms.population.attributes,
  indices: new Map(terms.indices.map(({ id, values }) => [id, values])),
  record: context.record,
  before: context.before,
  rounded: openRounding(terms),
});

/** Opens the clause at a place of the terms. */
export function openClause(
  terms: TermsDocument,
  index: number,
  before: CivilDate,
  record: ContractRecord,
): OpenClause {
  const clause = terms.clauses[index]!;
  const level: Level = levelsOf(terms.clauses).get(clause.id)!;
  const context = clauseContext(terms, clause, before, record);
  const weigher = mechanismOf(clause.rule).open(clause.rule, context);
  const modifiers = modifiersOf(terms, clause);
  const surroundings = surroundingsOf(terms, context);
  const tally = new FollowUpTally();
  const exclude = modifiers.filter((modifier) => modifierOf(modifier).excludes !== undefined);

  return {
    id: clause.id,
    level,
    weigher,
    surveys: level === 'participant' && modifiers.some((one) => modifierOf(one).surveys),
    counts: (served, facts) =>
      served && !exclude.some((modifier) => modifierOf(modifier).excludes!(modifier, facts)),

    survey(facts, counts) {
      for (const outcome of weigher.weigh(facts, counts, []))
        tally.add(facts.cohort, outcome, counts);
    },

    // spelt out, not spread: this runs for every participant and clause
    contextFor: (facts, earlier) => ({
      clause: surroundings.clause,
      currency: surroundings.currency,
      months: surroundings.months,
      periods: surroundings.periods,
      metrics: surroundings.metrics,
      attributes: surroundings.attributes,
      indices: surroundings.indices,
      record: surroundings.record,
      before: surroundings.before,
      rounded: surroundings.rounded,
      facts,
      earlier,
      followUpOf: (outcome) => (facts === null ? null : tally.of(facts.cohort, outcome.occurrence)),
    }),

    ...openSteps(terms, modifiers, surroundings),
  };
}

/** The modifiers opened as steps, each rounded where the terms round each step. */
function openSteps(
  terms: TermsDocument,
  modifiers: readonly ModifierTerms[],
  surroundings: ClauseSurroundings,
): Pick<OpenClause, 'steps' | 'closeCollectives'> {
  const rounded = openStepRounding(terms);
  const collectives = new Map<ModifierTerms, Collective>();
  for (const modifier of modifiers) {
    const collective = modifierOf(modifier).collective?.(modifier, surroundings);
    if (collective !== undefined) collectives.set(modifier, collective);
  }
  return {
    steps(outcomes, context, stands, seenAgain = false) {
      let found = rounded(outcomes);
      for (const modifier of modifiers) {
        const collective = collectives.get(modifier);
        if (collective === undefined)
          found = rounded(modifierOf(modifier).apply(modifier, stands(found), context));
        else if (!seenAgain) collective.see(stands(found));
      }
      return stands(found);
    },

    closeCollectives: () =>
      [...collectives.values()].reduce<readonly CohortOutcome[]>((adjusted, collective) => {
        collective.see(adjusted);
        return [...adjusted, ...collective.close()];
      }, []),
  };
}

/** The clause's own modifiers; where it says nothing of deadweight, that of the comparison is deducted first. */
function modifiersOf(
  { comparison: { deadweightPercent } }: TermsDocument,
  { rule, modifiers }: Clause,
): readonly ModifierTerms[] {
  const deducts =
    mechanismOf(rule).pays === 'outcomes' &&
    !modifiers.some(({ type }) => type === 'M5') &&
    !equals(parseFraction(deadweightPercent), ZERO);
  return deducts
    ? [{ type: 'M5', percent: deadweightPercent, groups: [] }, ...modifiers]
    : modifiers;
}
