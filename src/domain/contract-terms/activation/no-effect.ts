import { mechanismOf, type Rule } from '../../payment-mechanisms/registry.js';
import type { Fault } from '../../shared/domain-error.js';
import { levelsOf } from '../clause-levels.js';
import type { TermsDocument } from '../terms.schema.js';
import { allOf, checkOf, fault } from './check.js';

/** No term stands there without effect: whoever reads it would believe that it decides something. */
export const noEffect = allOf(
  checkOf(['indices', 'clauses'], ({ indices, clauses }) => {
    const used = new Set(
      clauses.flatMap(({ modifiers }) =>
        modifiers.flatMap((step) => (step.type === 'indexation' ? [step.index] : [])),
      ),
    );
    return indices.flatMap(({ id }, i) =>
      used.has(id)
        ? []
        : fault(
            `/indices/${i}`,
            'INDEX_UNUSED',
            `No clause follows the index "${id}". Add an indexation step to a clause, or remove the index.`,
          ),
    );
  }),

  checkOf(['caps', 'clauses'], ({ caps, clauses }) => {
    const levels = levelsOf(clauses);
    return caps.flatMap((cap, i) =>
      cap.scope === 'participant' && cap.clauses !== undefined
        ? cap.clauses.flatMap((clause, c) =>
            levels.get(clause) === 'cohort'
              ? fault(
                  `/caps/${i}/clauses/${c}`,
                  'CAP_NOT_FOR_COHORT',
                  `Clause ${clause} pays for a whole cohort, so a cap for each participant never bites on it. Remove it from the cap.`,
                )
              : [],
          )
        : [],
    );
  }),

  checkOf(['caps', 'metrics', 'clauses'], ({ caps, metrics, clauses }) =>
    caps.flatMap((cap, i) =>
      cap.scope === 'metric'
        ? unpaid(cap.metric, { metrics, clauses }, `/caps/${i}/metric`, 'the cap never bites')
        : [],
    ),
  ),

  checkOf(['clauses', 'effective'], ({ clauses, effective: { from, to } }) =>
    from >= to
      ? []
      : clauses.flatMap(({ rule }, c) =>
          laterPricesOf(rule).flatMap((price, p) =>
            price.from > from && price.from < to
              ? []
              : fault(
                  `/clauses/${c}/rule/laterPrices/${p}/from`,
                  'PRICE_OUTSIDE_CONTRACT',
                  `The price from ${price.from} does not begin while the contract runs (${from} to ${to}). Correct its day, or remove it.`,
                ),
          ),
        ),
  ),

  checkOf(['clauses'], ({ clauses }) =>
    clauses.flatMap(({ rule, modifiers }, c) =>
      laterPricesOf(rule).length > 0 && modifiers.some(({ type }) => type === 'M6')
        ? fault(
            `/clauses/${c}/rule/laterPrices`,
            'PRICES_OF_BANDS',
            'The bands of M6 set the price of every unit, whatever its day, so that later prices decide nothing. Remove one of them.',
          )
        : [],
    ),
  ),

  checkOf(['split', 'metrics', 'clauses'], ({ split, metrics, clauses }) =>
    split.type === 'S3'
      ? split.metrics.flatMap(({ metric }, m) =>
          unpaid(metric, { metrics, clauses }, `/split/metrics/${m}/metric`, 'nobody carries it'),
        )
      : [],
  ),

  checkOf(['split', 'effective'], ({ split, effective: { from, to } }) =>
    split.type === 'S4' && from < to
      ? split.then.flatMap((phase, p) =>
          phase.from > from && phase.from < to
            ? []
            : fault(
                `/split/then/${p}/from`,
                'PHASE_OUTSIDE_CONTRACT',
                `The phase from ${phase.from} does not begin while the contract runs (${from} to ${to}). Correct its day, or remove it.`,
              ),
        )
      : [],
  ),
);

/** The prices of a rule that begin on agreed days. */
const laterPricesOf = (rule: Rule) => ('laterPrices' in rule ? (rule.laterPrices ?? []) : []);

/** A term about the lines of a metric, where no line is measured by it; that there is no such metric is said elsewhere. */
function unpaid(
  id: string,
  { metrics, clauses }: Pick<TermsDocument, 'metrics' | 'clauses'>,
  at: string,
  soThat: string,
): Fault[] {
  const paid = clauses.some(({ rule }) => mechanismOf(rule).metrics(rule).includes(id));
  return paid || !metrics.some((metric) => metric.id === id)
    ? []
    : [
        fault(
          at,
          'METRIC_NOT_PAID',
          `No clause pays on "${id}", so ${soThat}. Name a metric that is paid.`,
        ),
      ];
}
