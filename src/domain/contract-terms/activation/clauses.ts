import { instrumentsBy } from '../../instruments/registry.js';
import { modifierOf, type ModifierTerms } from '../../modifiers/registry.js';
import type { Level } from '../../outcomes/outcome.js';
import { mechanismOf } from '../../payment-mechanisms/registry.js';
import type { Fault } from '../../shared/domain-error.js';
import { levelsOf } from '../clause-levels.js';
import { allOf, checkOf, fault, repeated, type ActivationCheck } from './check.js';

/** Each rule agrees with the rest of the terms; terms need bring no instruments of their own. */
const rules: ActivationCheck = (draft) =>
  checkOf(
    ['clauses', 'metrics', 'currency', 'cohorts', 'population'],
    ({ clauses, metrics, currency, cohorts, population }) => {
      const levels = levelsOf(clauses);
      return clauses.flatMap(({ rule }, i) =>
        mechanismOf(rule)
          .problems(rule, {
            currency,
            metrics: new Map(metrics.map((metric) => [metric.id, metric])),
            instruments: instrumentsBy(draft.instruments),
            cohorts,
            attributes: population.attributes,
            clauseIds: clauses.map(({ id }) => id),
            earlierClauses: new Map(
              clauses.slice(0, i).map(({ id }) => [id, levels.get(id)!] as const),
            ),
          })
          .map((problem) => ({ ...problem, at: `/clauses/${i}/rule${problem.at}` })),
      );
    },
  )(draft);

/** Each clause's rule and modifiers agree with the rest of the terms. */
export const clauses = allOf(
  checkOf(['clauses'], ({ clauses }) =>
    repeated(
      clauses.map((clause) => clause.id),
      (i) => `/clauses/${i}/id`,
      'Clause',
    ),
  ),

  rules,

  checkOf(
    ['clauses', 'metrics', 'population', 'currency', 'indices'],
    ({ clauses, metrics, population, currency, indices }) => {
      const levels = levelsOf(clauses);
      return clauses.flatMap(({ id, rule, modifiers }, i) => {
        const level = levels.get(id)!;
        const surroundings = {
          currency,
          attributes: population.attributes,
          metrics: new Map(metrics.map((metric) => [metric.id, metric])),
          indices: new Map(indices.map((index) => [index.id, index.values])),
          earlierClauses: new Map(
            clauses.slice(0, i).map((earlier) => [earlier.id, levels.get(earlier.id)!] as const),
          ),
          clauseIds: clauses.map((one) => one.id),
          level,
          ruleMetrics: mechanismOf(rule).metrics(rule),
        };
        return modifiers.flatMap((modifier, m) => {
          const at = `/clauses/${i}/modifiers/${m}`;
          return [
            ...levelFaults(modifier, level, at),
            ...orderFaults(modifier, modifiers[m + 1], at),
            ...modifierOf(modifier)
              .problems(modifier, surroundings)
              .map((problem) => ({ ...problem, at: at + problem.at })),
          ];
        });
      });
    },
  ),
);

/** A step on one participant's outcomes means nothing for a whole cohort's, and the other way round. */
const levelFaults = (modifier: ModifierTerms, level: Level, at: string): Fault[] =>
  modifierOf(modifier).levels.includes(level)
    ? []
    : [
        fault(
          at,
          'MODIFIER_NOT_FOR_RULE',
          level === 'cohort'
            ? `${modifier.type} is a step for each participant, but this clause pays for a whole cohort. Remove it.`
            : `${modifier.type} is a step for a whole cohort, but this clause pays for each participant. Remove it.`,
        ),
      ];

/** A step that adjusts all outcomes together reckons on what the steps before it left; nothing may change it afterwards. */
const orderFaults = (
  modifier: ModifierTerms,
  next: ModifierTerms | undefined,
  at: string,
): Fault[] =>
  modifierOf(modifier).collective === undefined ||
  next === undefined ||
  modifierOf(next).collective !== undefined
    ? []
    : [
        fault(
          at,
          'MODIFIER_ORDER',
          `${modifier.type} adjusts all outcomes of the clause together and must stand after ${next.type}.`,
        ),
      ];
