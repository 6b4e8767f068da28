import { splitOf } from '../../payer-splits/registry.js';
import { levelsOf } from '../clause-levels.js';
import { allOf, checkOf, fault, repeated } from './check.js';

/** Who is in the contract: somebody delivers, somebody pays, and everyone named is a party. */
export const parties = allOf(
  checkOf(['parties'], ({ parties }) => {
    const has = (role: string) => parties.some((party) => party.role === role);
    return [
      ...repeated(
        parties.map((party) => party.id),
        (i) => `/parties/${i}/id`,
        'Party',
      ),
      ...(has('provider')
        ? []
        : [fault('/parties', 'PROVIDER_MISSING', 'No party has the role provider.')]),
      ...(has('commissioner')
        ? []
        : [fault('/parties', 'COMMISSIONER_MISSING', 'No party has the role commissioner.')]),
    ];
  }),

  checkOf(['parties', 'split'], ({ parties, split }) => {
    const roles = new Map(parties.map((party) => [party.id, party.role]));
    return splitOf(split)
      .payers(split)
      .filter((payer) => !['commissioner', 'top-up-fund'].includes(roles.get(payer) ?? ''))
      .map((payer) =>
        fault(
          '/split',
          'PAYER_NOT_A_PARTY',
          `"${payer}" pays, but is not a party with the role commissioner or top-up-fund.`,
        ),
      );
  }),

  checkOf(['parties', 'clauses'], ({ parties, clauses }) =>
    clauses.flatMap(({ verifiedBy }, i) =>
      parties.some((party) => party.id === verifiedBy)
        ? []
        : [
            fault(
              `/clauses/${i}/verifiedBy`,
              'VERIFIER_NOT_A_PARTY',
              `"${verifiedBy}" is not a party.`,
            ),
          ],
    ),
  ),

  checkOf(
    ['split', 'currency', 'metrics', 'clauses', 'population'],
    ({ split, currency, metrics, clauses, population }) =>
      splitOf(split)
        .problems(split, {
          currency,
          metrics: metrics.map(({ id }) => id),
          attributes: population.attributes,
          clauses: levelsOf(clauses),
        })
        .map((problem) => ({ ...problem, at: `/split${problem.at}` })),
  ),
);
