import { percentFaults } from '../../money/percent-faults.js';
import type { Metric } from '../../outcomes/metric.js';
import { mechanismOf, type Rule } from '../../payment-mechanisms/registry.js';
import type { Fault } from '../../shared/domain-error.js';
import type { TermsDocument } from '../terms.schema.js';
import { allOf, checkOf, fault } from './check.js';

type Compared = Pick<TermsDocument, 'comparison' | 'metrics' | 'clauses'>;

/** Rules that can be told a baseline from earlier years, a control or a projection to compare with. */
const COMPARING_RULES: ReadonlySet<string> = new Set(['R8', 'R9', 'R11']);

/** The comparison has what its method needs, fits the clauses, and promises nothing that no clause carries out. */
export const comparison = allOf(
  checkOf(['comparison'], ({ comparison: { deadweightPercent } }) =>
    percentFaults('/comparison/deadweightPercent', deadweightPercent, 0, 100),
  ),

  checkOf(['comparison', 'metrics'], ({ comparison: { method }, metrics }) =>
    method === 'none-for-events' && metrics.some((metric) => metric.kind === 'score' && metric.paid)
      ? [
          fault(
            '/comparison/method',
            'COMPARISON_MISSING',
            'A clause pays for a change in a score: say what the change is compared with.',
          ),
        ]
      : [],
  ),

  checkOf(['comparison', 'metrics', 'clauses'], methodFaults),
);

function methodFaults({ comparison, metrics, clauses }: Compared): Fault[] {
  const { method, benchmark, note } = comparison;
  const rules = clauses.map(({ rule }) => rule);
  const paidIds = new Set(rules.flatMap((rule) => mechanismOf(rule).metrics(rule)));
  const paid = metrics.filter(({ id }) => paidIds.has(id));
  const pays = (test: (metric: Metric) => boolean) => paid.some(test);
  const refuse = (detail: string) => [fault('/comparison/method', 'COMPARISON_EMPTY', detail)];
  switch (method) {
    case 'external-benchmark':
      return benchmark === undefined
        ? refuse('Say under benchmark which outside series results are compared with.')
        : [];
    case 'matched-control':
      return pays(isEffect) || pays(hasArms) || rules.some(comparesArms)
        ? []
        : refuse(
            'No clause pays on a result against controls. Pay on an effect metric, on a rate with groups to tell apart, or on the difference between two arms.',
          );
    case 'signed-external-effect':
      return pays(isEffect)
        ? []
        : refuse('No clause pays on an effect metric that somebody signs.');
    case 'historic-baseline':
    case 'projection':
      return note !== undefined || rules.some(({ type }) => COMPARING_RULES.has(type))
        ? []
        : refuse(
            'No clause compares with it. Where it is only shown, say in a note what it is and where it comes from.',
          );
    case 'own-baseline':
    case 'none-for-events':
      return [];
  }
}

const isEffect = ({ kind }: Metric): boolean => kind === 'effect';
const hasArms = (metric: Metric): boolean => metric.kind === 'rate' && metric.groups.length > 1;
const comparesArms = (rule: Rule): boolean =>
  'measure' in rule && rule.measure.of === 'arm-difference';
