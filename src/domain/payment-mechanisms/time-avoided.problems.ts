import { amountFaults } from '../money/amount-faults.js';
import { compare, fraction, parseFraction } from '../money/fraction.js';
import { daysOf, lengthFaults } from '../outcomes/length.js';
import type { Fault } from '../shared/domain-error.js';
import type { RuleSurroundings } from './mechanism.js';
import { unitsInWords } from './time-avoided.units.js';
import type { TimeAvoided } from './time-avoided.schema.js';

const PLAIN = /^\d{1,6}(\.\d{1,6})?$/;
/** No month is longer. */
const DAYS_IN_MONTH_MOST = 31;

/** What contradicts a rule on time avoided: itself, or the metrics and attributes of the terms. */
export function timeAvoidedProblems(rule: TimeAvoided, surroundings: RuleSurroundings): Fault[] {
  const { horizon, rate } = rule;
  const faults: Fault[] = [
    ...lengthFaults('/horizon', horizon),
    ...amountFaults('/rate', rate, surroundings.currency, 'PRICE_NEGATIVE'),
  ];
  if (surroundings.metrics.get(rule.metric)?.kind !== 'spell')
    faults.push({
      at: '/metric',
      code: 'METRIC_UNKNOWN',
      detail: `"${rule.metric}" is not a spell metric of these terms.`,
    });
  if (mostDays(rule) === 0)
    faults.push({
      at: '/horizon',
      code: 'HORIZON_EMPTY',
      detail: 'A horizon of no time holds nothing to avoid. Give at least one day.',
    });
  return [...faults, ...againstFaults(rule, surroundings)];
}

function againstFaults(
  rule: TimeAvoided,
  { metrics, attributes }: RuleSurroundings,
): readonly Fault[] {
  const { against, unit } = rule;
  switch (against.type) {
    case 'fixed': {
      const at = '/against/units';
      if (!PLAIN.test(against.units)) {
        const detail = `"${against.units}" must be a plain number, nil or more, such as 104.`;
        return [{ at, code: 'BASELINE_UNREADABLE', detail }];
      }
      const most = mostDays(rule);
      if (most === null) return [];
      const days = fraction(BigInt(most), unit === 'week' ? 7n : 1n);
      if (compare(parseFraction(against.units), days) <= 0) return [];
      const detail = `The horizon has no room for ${unitsInWords(against.units, unit)}. Lower the baseline or lengthen it.`;
      return [{ at, code: 'BASELINE_TOO_LONG', detail }];
    }
    case 'attribute': {
      const declared = Object.hasOwn(attributes, against.attribute)
        ? attributes[against.attribute]
        : undefined;
      const at = '/against/attribute';
      if (declared === undefined) {
        const detail = `"${against.attribute}" is not declared under population.attributes.`;
        return [{ at, code: 'ATTRIBUTE_UNDECLARED', detail }];
      }
      if (declared.type === 'number') return [];
      const detail = `"${against.attribute}" is no number, so nothing can be compared with it.`;
      return [{ at, code: 'ATTRIBUTE_NOT_A_NUMBER', detail }];
    }
    case 'effect': {
      const metric = metrics.get(against.metric);
      if (metric?.kind === 'effect' && metric.unit === 'number') return [];
      const detail = `"${against.metric}" is not an effect metric of these terms that is written as a number.`;
      return [{ at: '/against/metric', code: 'METRIC_UNKNOWN', detail }];
    }
  }
}

/** The most days that the horizon may have; null where its length is unclear. */
const mostDays = ({ horizon }: TimeAvoided): number | null =>
  lengthFaults('', horizon).length > 0
    ? null
    : (daysOf(horizon) ?? horizon.months! * DAYS_IN_MONTH_MOST);
