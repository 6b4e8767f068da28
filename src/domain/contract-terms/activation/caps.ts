import { parseMoney } from '../../money/money.js';
import { splitOf } from '../../payer-splits/registry.js';
import { DomainError } from '../../shared/domain-error.js';
import { fault, repeated, type ActivationCheck } from './check.js';

/** Caps name what they limit, are not negative, and stand in an order in which they can bite. */
export const caps: ActivationCheck = (terms) => {
  const known = {
    clause: new Set(terms.clauses.map((clause) => clause.id)),
    metric: new Set(terms.metrics.map((metric) => metric.id)),
    payer: new Set(splitOf(terms.split).payers(terms.split)),
  };
  // a person's cap bites before a line is whole, a payer's after it is split, the others in between
  const place = { participant: 0, clause: 1, metric: 1, period: 1, contract: 1, payer: 2 } as const;
  return [
    ...repeated(
      terms.caps.map((cap) => cap.id),
      (i) => `/caps/${i}/id`,
      'Cap',
    ),
    ...terms.caps.flatMap((cap, i) => {
      const at = `/caps/${i}`;
      const faults = [];
      try {
        if (parseMoney(cap.amount, terms.currency).minor < 0n)
          faults.push(
            fault(`${at}/amount`, 'CAP_NEGATIVE', `The cap "${cap.id}" must be nil or more.`),
          );
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        faults.push(fault(`${at}/amount`, error.code, error.message));
      }
      const before = terms.caps[i - 1];
      if (before && place[before.scope] > place[cap.scope])
        faults.push(
          fault(
            at,
            'CAP_ORDER',
            `Cap "${cap.id}" stands after "${before.id}", but bites before it. List caps per participant first and payers' caps last.`,
          ),
        );
      if (cap.scope === 'clause' && !known.clause.has(cap.clause))
        faults.push(fault(`${at}/clause`, 'CLAUSE_UNKNOWN', `There is no clause "${cap.clause}".`));
      if (cap.scope === 'metric' && !known.metric.has(cap.metric))
        faults.push(fault(`${at}/metric`, 'METRIC_UNKNOWN', `There is no metric "${cap.metric}".`));
      if (cap.scope === 'payer' && !known.payer.has(cap.payer))
        faults.push(fault(`${at}/payer`, 'PAYER_UNKNOWN', `"${cap.payer}" pays no share.`));
      if (cap.scope === 'participant')
        for (const clause of cap.clauses ?? [])
          if (!known.clause.has(clause))
            faults.push(
              fault(`${at}/clauses`, 'CLAUSE_UNKNOWN', `There is no clause "${clause}".`),
            );
      return faults;
    }),
  ];
};
