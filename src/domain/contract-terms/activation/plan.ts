import { civilDate } from '../../calendar/civil-date.js';
import { periodsOf } from '../../calendar/period-calendar.js';
import { parseMoney } from '../../money/money.js';
import { DomainError } from '../../shared/domain-error.js';
import { fault, repeated, type ActivationCheck } from './check.js';

/** The plan names each period once, and its amounts are amounts. */
export const plan: ActivationCheck = (terms) => {
  const periods = new Set(
    periodsOf(terms.periods, civilDate(terms.effective.to)).map((period) => period.id),
  );
  const amounts = [
    ...terms.plan.map(({ amount }, i) => [`/plan/${i}/amount`, amount] as const),
    ...(terms.review.secondApproverAbove === undefined
      ? []
      : [['/review/secondApproverAbove', terms.review.secondApproverAbove] as const]),
    ...(terms.investment === undefined
      ? []
      : [['/investment/committed', terms.investment.committed] as const]),
  ];
  return [
    ...repeated(
      terms.plan.map((row) => row.period),
      (i) => `/plan/${i}/period`,
      'Period',
    ),
    ...terms.plan.flatMap((row, i) =>
      periods.has(row.period)
        ? []
        : [
            fault(
              `/plan/${i}/period`,
              'PERIOD_UNKNOWN',
              `"${row.period}" is not a period of this contract.`,
            ),
          ],
    ),
    ...amounts.flatMap(([at, amount]) => {
      try {
        return parseMoney(amount, terms.currency).minor < 0n
          ? [fault(at, 'AMOUNT_NEGATIVE', `"${amount}" must be nil or more.`)]
          : [];
      } catch (error) {
        if (error instanceof DomainError) return [fault(at, error.code, error.message)];
        throw error;
      }
    }),
  ];
};
