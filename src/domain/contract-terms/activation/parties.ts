import { splitOf } from '../../payer-splits/registry.js';
import { fault, repeated, type ActivationCheck } from './check.js';

/** Who is in the contract: somebody delivers, somebody pays, and everyone named is a party. */
export const parties: ActivationCheck = (terms) => {
  const roles = new Map(terms.parties.map((party) => [party.id, party.role]));
  const has = (role: string) => terms.parties.some((party) => party.role === role);
  const payers = splitOf(terms.split).payers(terms.split);
  return [
    ...repeated(
      terms.parties.map((party) => party.id),
      (i) => `/parties/${i}/id`,
      'Party',
    ),
    ...(has('provider')
      ? []
      : [fault('/parties', 'PROVIDER_MISSING', 'No party has the role provider.')]),
    ...(has('commissioner')
      ? []
      : [fault('/parties', 'COMMISSIONER_MISSING', 'No party has the role commissioner.')]),
    ...payers
      .filter((payer) => !['commissioner', 'top-up-fund'].includes(roles.get(payer) ?? ''))
      .map((payer) =>
        fault(
          '/split',
          'PAYER_NOT_A_PARTY',
          `"${payer}" pays, but is not a party with the role commissioner or top-up-fund.`,
        ),
      ),
    ...terms.clauses.flatMap((clause, i) =>
      roles.has(clause.verifiedBy)
        ? []
        : [
            fault(
              `/clauses/${i}/verifiedBy`,
              'VERIFIER_NOT_A_PARTY',
              `"${clause.verifiedBy}" is not a party.`,
            ),
          ],
    ),
    ...splitOf(terms.split)
      .problems(terms.split)
      .map((problem) => ({ ...problem, at: `/split${problem.at}` })),
  ];
};
