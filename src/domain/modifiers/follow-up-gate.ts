import { z } from 'zod';
import { percentInWords } from '../money/number-in-words.js';
import { compare, formatFraction, fraction, parseFraction } from '../money/fraction.js';
import { followUpInWords, type FollowUpCounts } from '../outcomes/follow-up-counts.js';
import type { CohortOutcome, Outcome, Reason } from '../outcomes/outcome.js';
import type { Fault } from '../shared/domain-error.js';
import type { Modifier, ModifierContext, ModifierSurroundings } from './modifier.js';
import { zeroed } from './zeroed.js';

/**
 * M8, follow-up gate: nothing is paid unless enough were measured, counted by a least number, by a least share of those
 * due, or by both. Where the clause pays people one by one, everybody in the cohort is counted first, time point by time
 * point; where it pays cohorts, the sample behind each result is. The step of every outcome says the counts, passed or
 * not; what was refused before keeps its own reason. What somebody missing counts is said by the rule, not here.
 */
export const followUpGateSchema = z
  .strictObject({
    type: z.literal('M8'),
    minimumN: z.int().min(1).optional().describe('The least number that must have been measured.'),
    minimumFollowUpPercent: z
      .string()
      .optional()
      .describe('The least share of those due that must have been measured: "80%".'),
  })
  .describe('M8: nothing is paid unless enough were measured.');
export type FollowUpGate = z.infer<typeof followUpGateSchema>;

export const followUpGate: Modifier<FollowUpGate> = {
  schema: followUpGateSchema,
  levels: ['participant', 'cohort'],
  surveys: true,
  inWords: (terms) => `only where ${asked(terms)}`,
  problems: gateFaults,
  apply: (terms, outcomes, context) => outcomes.map((outcome) => gated(terms, outcome, context)),
};

const asked = ({ minimumN, minimumFollowUpPercent }: FollowUpGate): string =>
  [
    ...(minimumN === undefined
      ? []
      : [`at least ${minimumN} ${minimumN === 1 ? 'was' : 'were'} measured`]),
    ...(minimumFollowUpPercent === undefined
      ? []
      : [`at least ${minimumFollowUpPercent} of those due were measured`]),
  ].join(' and ');

function gated(terms: FollowUpGate, outcome: Outcome, context: ModifierContext): Outcome {
  if (outcome.exactMinor.numerator === 0n) return outcome;
  const followUp = context.followUpOf(outcome);
  const measured = followUp === null ? (outcome as CohortOutcome).n : BigInt(followUp.measured);
  const refused = refusal(terms, measured ?? 0n, followUp);
  const sample =
    followUp === null
      ? `${measured ?? 0n} ${measured === 1n ? 'stands' : 'stand'} behind it`
      : sampleInWords(followUp);
  const why = `${sample}; ${asked(terms)}: ${refused === null ? 'met' : 'not met'}`;
  if (refused !== null) return zeroed(outcome, 'M8', refused, why);
  const worth = formatFraction(outcome.exactMinor);
  return {
    ...outcome,
    steps: [...outcome.steps, { step: 'M8', before: worth, after: worth, why }],
  };
}

function refusal(
  { minimumN, minimumFollowUpPercent }: FollowUpGate,
  measured: bigint,
  followUp: FollowUpCounts | null,
): Reason | null {
  if (minimumN !== undefined && measured < BigInt(minimumN)) return 'too-few';
  if (minimumFollowUpPercent === undefined) return null;
  const rate = followUp === null ? null : rateOf(followUp);
  return rate !== null && compare(rate, parseFraction(minimumFollowUpPercent)) >= 0
    ? null
    : 'follow-up-too-low';
}

const rateOf = ({ due, measured }: FollowUpCounts) =>
  due === 0 ? null : fraction(BigInt(measured), BigInt(due));

function sampleInWords(followUp: FollowUpCounts): string {
  const rate = rateOf(followUp);
  const share = rate === null ? '' : `, a follow-up of ${percentInWords(rate)}`;
  return `${followUpInWords(followUp)}${share}`;
}

/** A gate that asks for nothing, a share that is none, and follow-up of what nobody is followed up for. */
function gateFaults(
  { minimumN, minimumFollowUpPercent }: FollowUpGate,
  { level, metrics, ruleMetrics }: ModifierSurroundings,
): Fault[] {
  // conditions of other clauses, and fees, are measured by nothing of their own
  const onNothing = ruleMetrics.length === 0;
  const onScores = ruleMetrics.every((id) => metrics.get(id)?.kind === 'score');
  const nothing = minimumN === undefined && minimumFollowUpPercent === undefined;
  const unreadable =
    minimumFollowUpPercent !== undefined &&
    !/^(100|\d{1,2}(\.\d{1,9})?)%$/.test(minimumFollowUpPercent);
  return [
    ...(nothing
      ? [fault('', 'GATE_OPEN', 'It asks for nothing. Give minimumN or minimumFollowUpPercent.')]
      : []),
    ...(unreadable
      ? [
          fault(
            '/minimumFollowUpPercent',
            'NOT_A_PERCENTAGE',
            `"${minimumFollowUpPercent}" is not a share of those due. Write 0% to 100%, such as 80%.`,
          ),
        ]
      : []),
    ...(onNothing
      ? [
          fault(
            '',
            'NOBODY_FOLLOWED_UP',
            'This clause pays on no metric of its own, so nobody is followed up for it. Put the gate on the clause that pays on the score.',
          ),
        ]
      : []),
    ...(!onScores && level === 'participant'
      ? [
          fault(
            '',
            'NOBODY_FOLLOWED_UP',
            'Only scores are due at a time, so only they have a follow-up. Put the gate on a clause that pays on scores.',
          ),
        ]
      : []),
    ...(!onScores && level === 'cohort' && minimumFollowUpPercent !== undefined
      ? [
          fault(
            '/minimumFollowUpPercent',
            'NOBODY_FOLLOWED_UP',
            'Only scores are due at a time, so a figure or a signed result has no follow-up. Use minimumN.',
          ),
        ]
      : []),
  ];
}

const fault = (at: string, code: string, detail: string): Fault => ({ at, code, detail });
