import { z } from 'zod';
import type { CivilDate } from '../calendar/civil-date.js';
import { divide, isPositive, type Fraction } from '../money/fraction.js';
import { followUpInWords } from '../outcomes/follow-up-counts.js';
import { ALL_COHORTS, type Reason } from '../outcomes/outcome.js';
import { nameOf, type AttributeDeclarations } from '../outcomes/eligibility.js';
import { eligibilityFaults } from '../outcomes/eligibility-faults.js';
import type { Fault } from '../shared/domain-error.js';
import { armEventsSchema, armEventsFaults, openArmEvents } from './arm-events.js';
import { armScoresSchema, openArmScores } from './arm-scores.js';
import type { ArmValue } from './arms.js';
import type { Measure, MeasureContext, MeasuredValue, OpenMeasure } from './measure.js';
import { numberInWords, percentInWords } from '../money/number-in-words.js';
import { cohortName, gatheringSchema, placesOf } from './places.js';
import { scorePointFaults } from './score-point-faults.js';

/**
 * The difference between participants who were treated and those they are compared with, told apart by a declared
 * attribute: events for each participant or for each year at risk, or the mean improvement on a score. It is positive
 * for better, as a difference or relative to the comparison, and n is how many of the treated count. A cohort is settled
 * once, when the last of its participants has been followed to the end. An arm in which nobody counts, or a relative
 * reduction from nothing, leaves no value, for the reason that too few were measured.
 */
export const armDifferenceSchema = z
  .strictObject({
    of: z.literal('arm-difference'),
    attribute: z.string().describe('The declared attribute that tells the arms apart.'),
    treated: z.union([z.string(), z.int(), z.boolean()]).describe('Its value for the treated.'),
    comparison: z
      .union([z.string(), z.int(), z.boolean()])
      .describe('Its value for those they are compared with.'),
    counts: z.discriminatedUnion('what', [armEventsSchema, armScoresSchema]),
    as: z
      .enum(['difference', 'relative'])
      .describe('The difference itself, or the reduction relative to the comparison.'),
    cohorts: gatheringSchema,
  })
  .describe('The difference between a treated and a comparison arm.');
export type ArmDifferenceTerms = z.infer<typeof armDifferenceSchema>;

export const armDifference: Measure<ArmDifferenceTerms> = {
  schema: armDifferenceSchema,
  inWords: (terms, { metrics, attributes }) =>
    `${terms.as === 'relative' ? 'the relative reduction' : 'the improvement'} in ` +
    `${metrics.get(terms.counts.metric)?.label ?? terms.counts.metric} of those whose ${nameOf(terms.attribute, attributes)} is ` +
    `${String(terms.treated)} against those whose ${nameOf(terms.attribute, attributes)} is ${String(terms.comparison)}, of ` +
    `${terms.cohorts === 'together' ? 'all cohorts together' : 'each cohort'}`,
  valueInWords: (terms, value) =>
    terms.as === 'relative' ? percentInWords(value) : numberInWords(value),
  metrics: ({ counts }) => [counts.metric],
  problems: (terms, { metrics, attributes }) => [
    ...attributeFaults(terms, attributes),
    ...(terms.counts.what === 'events'
      ? armEventsFaults(terms.counts, metrics)
      : scorePointFaults(metrics, terms.counts.metric, terms.counts.timePoint, '/counts')),
    ...(terms.counts.what === 'mean-change' && terms.as === 'relative'
      ? [
          {
            at: '/as',
            code: 'RELATIVE_OF_A_CHANGE',
            detail:
              'A change may be nought or negative, so nothing is relative to it. Write difference.',
          },
        ]
      : []),
  ],
  open: openArmDifference,
};

function openArmDifference(terms: ArmDifferenceTerms, context: MeasureContext): OpenMeasure {
  const { counts, attribute } = terms;
  const arms =
    counts.what === 'events' ? openArmEvents(counts, context) : openArmScores(counts, context);
  const together = terms.cohorts === 'together';
  const settled = new Map<string, CivilDate>();
  const settle = (cohort: string, startedOn: CivilDate) => {
    const [on, known] = [arms.settledOn(startedOn), settled.get(cohort)];
    if (known === undefined || on > known) settled.set(cohort, on);
  };
  for (const [cohort, dates] of placesOf(context.cohorts, together))
    for (const { closesOn } of dates) settle(cohort, closesOn);

  function valueOf(cohort: string, outcomeOn: CivilDate): MeasuredValue {
    const [treated, comparison] = [arms.of(cohort, 'treated'), arms.of(cohort, 'comparison')];
    const { value, reason } = differenceOf(treated, comparison);
    const followUp = arms.followUp(cohort);
    const place = cohortName(cohort, context.cohorts);
    const sample = followUp === null ? place : `${place}; ${followUpInWords(followUp)}`;
    const armInWords = (name: string, arm: ArmValue) =>
      arm.value === null
        ? `nobody counts among the ${name}`
        : `${arms.inWords(arm.value)} over ${arm.n} ${name}`;
    const found =
      value === null
        ? 'no difference can be worked out'
        : terms.as === 'relative'
          ? `a relative reduction of ${percentInWords(value)}`
          : `a difference of ${numberInWords(value)} for the better`;
    return {
      cohort,
      occurrence: counts.what === 'events' ? `${counts.months}m` : counts.timePoint,
      outcomeOn,
      value,
      reason,
      n: treated.n,
      low: null,
      followUp,
      finding: `${arms.label}: ${armInWords('treated', treated)}, ${armInWords('compared', comparison)} (${sample}): ${found}`,
      evidence: arms.evidence(cohort),
    };
  }

  function differenceOf(
    treated: ArmValue,
    comparison: ArmValue,
  ): { value: Fraction | null; reason: Reason | null } {
    const none = { value: null, reason: 'too-few' as const };
    if (treated.value === null || comparison.value === null) return none;
    const better = arms.better(treated.value, comparison.value);
    if (terms.as === 'difference') return { value: better, reason: null };
    if (!isPositive(comparison.value)) return none;
    return { value: divide(better, comparison.value), reason: null };
  }

  return {
    collect(facts, clauseCounts) {
      const own = facts.attributes[attribute];
      const arm =
        own === terms.treated ? 'treated' : own === terms.comparison ? 'comparison' : null;
      if (arm === null) return;
      const cohort = together ? ALL_COHORTS : facts.cohort;
      settle(cohort, facts.startedOn);
      arms.add(cohort, arm, facts, clauseCounts);
    },
    values: () => [...settled].map(([cohort, on]) => valueOf(cohort, on)),
  };
}

function attributeFaults(
  { attribute, treated, comparison }: ArmDifferenceTerms,
  declared: AttributeDeclarations,
): Fault[] {
  const named = (
    [
      ['treated', treated],
      ['comparison', comparison],
    ] as const
  ).flatMap(([part, is]) =>
    eligibilityFaults({ attribute, is }, declared, '').map((fault) => ({
      ...fault,
      at: fault.at === '/is' ? `/${part}` : fault.at,
    })),
  );
  const faults = named.filter(
    (fault, index) => named.findIndex(({ at }) => at === fault.at) === index,
  );
  return treated === comparison
    ? [
        ...faults,
        {
          at: '/comparison',
          code: 'SAME_ARM',
          detail:
            'The treated and those they are compared with have the same value. Tell them apart.',
        },
      ]
    : faults;
}
