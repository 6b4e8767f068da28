import { amountFaults } from '../../money/amount-faults.js';
import { splitOf } from '../../payer-splits/registry.js';
import type { Fault } from '../../shared/domain-error.js';
import type { Cap } from '../terms.schema.js';
import { allOf, checkOf, fault, repeated } from './check.js';

/** A person's cap bites first, then the mix of clauses; a payer's bites after a line is split, the others in between. */
const PLACE = {
  participant: 0,
  mix: 1,
  clause: 2,
  metric: 2,
  period: 2,
  contract: 2,
  payer: 3,
} as const;

/** Caps are not negative, stand in an order in which they can bite, and name what they limit. */
export const caps = allOf(
  checkOf(['caps'], ({ caps }) => [
    ...repeated(
      caps.map((cap) => cap.id),
      (i) => `/caps/${i}/id`,
      'Cap',
    ),
    ...caps.flatMap((cap, i) => orderFaults(cap, caps[i - 1], `/caps/${i}`)),
  ]),

  checkOf(['caps', 'currency'], ({ caps, currency }) =>
    caps.flatMap((cap, i) =>
      cap.scope === 'mix'
        ? mixPercentFaults(cap.percent, `/caps/${i}/percent`)
        : amountFaults(`/caps/${i}/amount`, cap.amount, currency, 'CAP_NEGATIVE'),
    ),
  ),

  checkOf(['caps', 'clauses'], ({ caps, clauses }) => {
    const known = clauses.map((clause) => clause.id);
    return caps.flatMap((cap, i) => {
      if (cap.scope === 'clause') return unknown('clause', known, cap.clause, `/caps/${i}/clause`);
      if (cap.scope !== 'participant' && cap.scope !== 'mix') return [];
      return [
        ...(cap.clauses ?? []).flatMap((clause, c) =>
          unknown('clause', known, clause, `/caps/${i}/clauses/${c}`),
        ),
        ...(cap.scope === 'mix' ? mixClauseFaults(cap.clauses, known, `/caps/${i}/clauses`) : []),
      ];
    });
  }),

  checkOf(['caps', 'metrics'], ({ caps, metrics }) => {
    const known = metrics.map((metric) => metric.id);
    return caps.flatMap((cap, i) =>
      cap.scope === 'metric' ? unknown('metric', known, cap.metric, `/caps/${i}/metric`) : [],
    );
  }),

  checkOf(['caps', 'split'], ({ caps, split }) => {
    const known = splitOf(split).payers(split);
    return caps.flatMap((cap, i) =>
      cap.scope === 'payer' && !known.includes(cap.payer)
        ? fault(`/caps/${i}/payer`, 'PAYER_UNKNOWN', `"${cap.payer}" pays no share.`)
        : [],
    );
  }),
);

const unknown = (what: string, known: readonly string[], name: string, at: string): Fault[] =>
  known.includes(name)
    ? []
    : [fault(at, `${what.toUpperCase()}_UNKNOWN`, `There is no ${what} "${name}".`)];

const mixPercentFaults = (text: string, at: string): Fault[] =>
  /^\d{1,2}(\.\d{1,9})?%$/.test(text) && /[1-9]/.test(text)
    ? []
    : [
        fault(
          at,
          'NOT_A_MIX',
          `"${text}" is not a share of payments. Write more than 0% and less than 100%, such as 40%.`,
        ),
      ];

function mixClauseFaults(named: readonly string[], known: readonly string[], at: string): Fault[] {
  const isWhole = known.every((clause) => named.includes(clause));
  return [
    ...repeated(named, (c) => `${at}/${c}`, 'Clause'),
    ...(isWhole
      ? [
          fault(
            at,
            'MIX_OF_ALL',
            'It names every clause, so no other payment is left to measure them by. Leave some out.',
          ),
        ]
      : []),
  ];
}

const orderFaults = (cap: Cap, before: Cap | undefined, at: string): Fault[] =>
  before === undefined || PLACE[before.scope] <= PLACE[cap.scope]
    ? []
    : [
        fault(
          at,
          'CAP_ORDER',
          `Cap "${cap.id}" stands after "${before.id}", but bites before it. List caps per participant first and payers' caps last.`,
        ),
      ];
