import { modifierOf } from '../../modifiers/registry.js';
import { mechanismOf } from '../../payment-mechanisms/registry.js';
import { allOf, checkOf, repeated } from './check.js';

/** Each clause's rule and modifiers agree with the rest of the terms. */
export const clauses = allOf(
  checkOf(['clauses'], ({ clauses }) =>
    repeated(
      clauses.map((clause) => clause.id),
      (i) => `/clauses/${i}/id`,
      'Clause',
    ),
  ),

  checkOf(['clauses', 'metrics', 'currency'], ({ clauses, metrics, currency }) => {
    const surroundings = {
      currency,
      metrics: new Map(metrics.map((metric) => [metric.id, metric])),
    };
    return clauses.flatMap(({ rule }, i) =>
      mechanismOf(rule)
        .problems(rule, surroundings)
        .map((problem) => ({ ...problem, at: `/clauses/${i}/rule${problem.at}` })),
    );
  }),

  checkOf(['clauses', 'population', 'currency'], ({ clauses, population, currency }) =>
    clauses.flatMap(({ modifiers }, i) => {
      const earlierClauses = clauses.slice(0, i).map((earlier) => earlier.id);
      const surroundings = { currency, attributes: population.attributes, earlierClauses };
      return modifiers.flatMap((modifier, m) =>
        modifierOf(modifier)
          .problems(modifier, surroundings)
          .map((problem) => ({ ...problem, at: `/clauses/${i}/modifiers/${m}${problem.at}` })),
      );
    }),
  ),
);
