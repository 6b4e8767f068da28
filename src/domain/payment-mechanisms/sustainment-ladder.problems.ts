import { amountFaults } from '../money/amount-faults.js';
import { daysOf, lengthFaults, type Length } from '../outcomes/length.js';
import type { Fault } from '../shared/domain-error.js';
import type { RuleSurroundings } from './mechanism.js';
import type { SustainmentLadder } from './sustainment-ladder.schema.js';

/** What contradicts a sustainment ladder: itself, or the metrics of the terms. */
export function ladderProblems(
  rule: SustainmentLadder,
  { currency, metrics }: RuleSurroundings,
): Fault[] {
  const { rungs, latestStart, notCounted } = rule;
  const faults: Fault[] = [];
  if (metrics.get(rule.metric)?.kind !== 'spell') {
    const detail = `"${rule.metric}" is not a spell metric of these terms.`;
    faults.push({ at: '/metric', code: 'METRIC_UNKNOWN', detail });
  }
  rungs.forEach((rung, i) => {
    const at = `/rungs/${i}`;
    faults.push(
      ...lengthFaults(at, rung),
      ...amountFaults(`${at}/price`, rung.price, currency, 'PRICE_NEGATIVE'),
    );
    if (rungs.findIndex(({ id }) => id === rung.id) < i)
      faults.push({
        at: `${at}/id`,
        code: 'NAME_TWICE',
        detail: `Rung "${rung.id}" stands twice.`,
      });
  });
  if (rungs.every((rung) => lengthFaults('', rung).length === 0)) faults.push(...clockFaults(rule));
  if (latestStart !== undefined) faults.push(...lengthFaults('/latestStart', latestStart));
  notCounted.forEach(({ label, from, to }, i) => {
    const detail = `${label} begins on ${from} and is over by ${to}. The first day after must be later.`;
    if (to <= from) faults.push({ at: `/notCounted/${i}/to`, code: 'SPAN_BACKWARD', detail });
  });
  return faults;
}

/** Each rung is longer than the one below, and a clock that stops or adds up runs in days. */
function clockFaults({ rungs, onBreak, notCounted }: SustainmentLadder): Fault[] {
  const stops = onBreak === 'cumulative' || notCounted.length > 0;
  return rungs.flatMap((rung, i): Fault[] => {
    const at = `/rungs/${i}`;
    if (stops && daysOf(rung) === null)
      return [
        {
          at: `${at}/months`,
          code: 'MONTHS_CANNOT_ADD_UP',
          detail:
            'Months have no fixed length, so parts of them cannot be added. Give weeks or days.',
        },
      ];
    const before = rungs[i - 1];
    if (before === undefined) return [];
    const longer = isLonger(rung, before);
    if (longer === true) return [];
    return longer === null
      ? [
          {
            at,
            code: 'RUNGS_NOT_COMPARABLE',
            detail: `"${rung.label}" and "${before.label}" are in months and in days. Give both alike.`,
          },
        ]
      : [
          {
            at,
            code: 'RUNGS_OUT_OF_ORDER',
            detail: `"${rung.label}" stands after "${before.label}", but is no longer than that.`,
          },
        ];
  });
}

/** Null where one is in months and the other is not, so that nobody can say. */
function isLonger(rung: Length, than: Length): boolean | null {
  const [days, before] = [daysOf(rung), daysOf(than)];
  if (days !== null && before !== null) return days > before;
  if (days === null && before === null) return rung.months! > than.months!;
  return before === 0 ? true : days === 0 ? false : null;
}
