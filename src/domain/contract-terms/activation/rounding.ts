import { amountFaults } from '../../money/amount-faults.js';
import { parseMoney } from '../../money/money.js';
import type { Fault } from '../../shared/domain-error.js';
import type { TermsDocument } from '../terms.schema.js';
import { checkOf, fault } from './check.js';

/**
 * Amounts are rounded to something, and a cap per participant still holds after it: lines that were each rounded up could
 * come to more than the cap, unless each was rounded before the cap and the cap is a whole multiple itself.
 */
export const rounding = checkOf(
  ['rounding', 'currency', 'clauses', 'caps'],
  ({ rounding: { to, stage }, currency, clauses, caps }) => {
    if (to === undefined) return [];
    const unreadable = amountFaults('/rounding/to', to, currency);
    if (unreadable.length > 0) return unreadable;
    const unitMinor = parseMoney(to, currency).minor;
    if (unitMinor === 0n)
      return [fault('/rounding/to', 'ROUNDED_TO_NOTHING', 'Amounts must be rounded to something.')];
    if (unitMinor === 1n) return [];
    return capsPerParticipant({ clauses, caps }).flatMap(({ at, amount }): Fault[] => {
      if (amountFaults(at, amount, currency).length > 0) return [];
      if (parseMoney(amount, currency).minor % unitMinor !== 0n)
        return [fault(at, 'CAP_NOT_ROUND', `"${amount}" is not a whole multiple of ${to}.`)];
      const detail = 'A cap per participant needs amounts rounded before it bites: write "step".';
      return stage === 'step' ? [] : [fault('/rounding/stage', 'CAP_NOT_ROUND', detail)];
    });
  },
);

const capsPerParticipant = ({ clauses, caps }: Pick<TermsDocument, 'clauses' | 'caps'>) => [
  ...clauses.flatMap(({ modifiers }, c) =>
    modifiers.flatMap((modifier, m) =>
      modifier.type === 'M3'
        ? [{ at: `/clauses/${c}/modifiers/${m}/amount`, amount: modifier.amount }]
        : [],
    ),
  ),
  ...caps.flatMap((cap, i) =>
    cap.scope === 'participant' ? [{ at: `/caps/${i}/amount`, amount: cap.amount }] : [],
  ),
];
