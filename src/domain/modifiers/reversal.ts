import { z } from 'zod';
import { addMonths, type CivilDate } from '../calendar/civil-date.js';
import {
  add,
  compare,
  formatFraction,
  isPositive,
  min,
  multiply,
  negate,
  parseFraction,
  subtract,
  ZERO,
  type Fraction,
} from '../money/fraction.js';
import { percentFaults } from '../money/percent-faults.js';
import { inOrder } from '../outcomes/in-order.js';
import { lengthInWords } from '../outcomes/length.js';
import type { Outcome } from '../outcomes/outcome.js';
import { evidenceOf, type Observation } from '../outcomes/participant-facts.js';
import { labelOf } from '../outcomes/wording.js';
import type { Fault } from '../shared/domain-error.js';
import type { Modifier, ModifierContext } from './modifier.js';

/**
 * M9, reversal: an event that undoes a result within so many months of it, such as a return to care, takes back a share
 * of what the result was worth. What is taken back is an outcome of its own, dated on the day of the reversal, so that it
 * falls in that period and the result stays as it was paid. The event takes back the latest result before it that has
 * something left, or all of them. It never takes back more than the result was worth, and when it is posted, no more than
 * was paid for it. Refused: an event metric that the terms do not have or that the clause itself pays for, and a share that
 * is nothing or outside 0 to 100 %.
 */
export const reversalSchema = z
  .strictObject({
    type: z.literal('M9'),
    reversedBy: z.string().describe('The event metric that undoes a result.'),
    withinMonths: z.int().min(1).max(600).describe('The last day on which it does, in months.'),
    share: z.string().describe('The share of its worth that is taken back: "100%".'),
    takesBack: z
      .enum(['latest', 'all'])
      .describe('Whether one event undoes the latest result before it, or all of them.'),
  })
  .describe('M9: an event that undoes a result takes back what it was worth.');
export type Reversal = z.infer<typeof reversalSchema>;

export const reversal: Modifier<Reversal> = {
  schema: reversalSchema,
  levels: ['participant'],
  inWords: ({ reversedBy, withinMonths, share, takesBack }, { metrics }) =>
    `${share} is taken back where ${labelOf(reversedBy, metrics)} happens within ${lengthInWords({ months: withinMonths })}, from ` +
    (takesBack === 'all' ? 'every result before it' : 'the latest result before it'),
  problems: ({ reversedBy, share }, { metrics, ruleMetrics }) => [
    ...(ruleMetrics.includes(reversedBy)
      ? [
          {
            at: '/reversedBy',
            code: 'REVERSED_BY_ITSELF',
            detail: `The clause pays for "${reversedBy}", so each one would undo itself. Name another event.`,
          },
        ]
      : []),
    ...(metrics.get(reversedBy)?.kind === 'event'
      ? []
      : [
          {
            at: '/reversedBy',
            code: 'METRIC_UNKNOWN',
            detail: `"${reversedBy}" is not an event metric of these terms.`,
          },
        ]),
    ...shareFaults(share),
  ],

  apply(terms, outcomes, context) {
    // what an earlier edition of the terms has taken back comes along with the outcomes, and counts
    const takenBack = new Map<string, Fraction>();
    const spent = new Set<string>();
    for (const { occurrence, reverses, exactMinor } of outcomes)
      if (reverses !== undefined) {
        count(takenBack, reverses, negate(exactMinor));
        spent.add(occurrence.slice(reverses.length + REVERSED.length));
      }
    const results = inOrder(outcomes.filter((one) => isPositive(one.exactMinor)));
    const added: Outcome[] = [];
    for (const event of reversalsOf(terms, context)) {
      if (spent.has(nameOf(event))) continue;
      for (const result of undone(terms, event, results, takenBack, context)) {
        const occurrence = result.occurrence + REVERSED + nameOf(event);
        const left = subtract(result.exactMinor, takenBack.get(result.occurrence) ?? ZERO);
        const share = multiply(result.exactMinor, parseFraction(terms.share));
        const backMinor = min(left, share);
        count(takenBack, result.occurrence, backMinor);
        added.push(taken(terms, result, event, occurrence, backMinor, context));
      }
    }
    return added.length === 0 ? outcomes : [...outcomes, ...added];
  },
};

function shareFaults(share: string): Fault[] {
  const faults = percentFaults('/share', share, 0, 100);
  if (faults.length > 0 || isPositive(parseFraction(share))) return faults;
  const detail = `"${share}" takes nothing back. Give the share that is, or remove the step.`;
  return [{ at: '/share', code: 'TAKES_NOTHING_BACK', detail }];
}

/** References are unique within a metric only, and a clause may be reversed by events of several. */
const nameOf = ({ metric, occurrence }: Observation): string => `${metric}/${occurrence}`;

/** Between the occurrence of the result and that of the event, in the occurrence of what is taken back. */
export const REVERSED = '/reversed/';

const count = (takenBack: Map<string, Fraction>, occurrence: string, minor: Fraction): void =>
  void takenBack.set(occurrence, add(takenBack.get(occurrence) ?? ZERO, minor));

/** Events that undo results, in the order in which they happened. */
function reversalsOf({ reversedBy }: Reversal, { facts }: ModifierContext): Observation[] {
  const key = ({ measuredOn, occurrence }: Observation) => `${measuredOn} ${occurrence}`;
  return (facts?.observations ?? [])
    .filter((o) => o.metric === reversedBy && o.status === 'recorded')
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function undone(
  { withinMonths, takesBack }: Reversal,
  { measuredOn }: Observation,
  results: readonly Outcome[],
  takenBack: ReadonlyMap<string, Fraction>,
  { months }: ModifierContext,
): readonly Outcome[] {
  const reach = (on: CivilDate) =>
    on <= measuredOn && measuredOn <= addMonths(on, withinMonths, months);
  const open = results.filter(
    ({ outcomeOn, occurrence, exactMinor }) =>
      reach(outcomeOn) && compare(takenBack.get(occurrence) ?? ZERO, exactMinor) < 0,
  );
  return takesBack === 'all' ? open : open.slice(-1);
}

function taken(
  { share, withinMonths }: Reversal,
  result: Outcome,
  event: Observation,
  occurrence: string,
  backMinor: Fraction,
  { metrics }: ModifierContext,
): Outcome {
  const label = metrics.get(event.metric)?.label ?? event.metric;
  const after = formatFraction(negate(backMinor));
  const why = `${share} of what it was worth is taken back, within ${lengthInWords({ months: withinMonths })}`;
  return {
    ...result,
    occurrence,
    reverses: result.occurrence,
    outcomeOn: event.measuredOn,
    quantity: ZERO,
    exactMinor: negate(backMinor),
    cutMinor: ZERO,
    reason: 'reversed',
    finding: `"${label}" on ${event.measuredOn} undid the result of ${result.outcomeOn} (${result.occurrence})`,
    reckoning: `${share} of it`,
    steps: [{ step: 'M9', before: '0', after, why }],
    evidence: [...result.evidence, evidenceOf(event)],
  };
}
