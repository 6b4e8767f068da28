import { civilDate } from '../../calendar/civil-date.js';
import { periodsOf } from '../../calendar/period-calendar.js';
import { amountFaults } from '../../money/amount-faults.js';
import { allOf, checkOf, fault, repeated } from './check.js';

/** The plan names each period once, and its amounts and those of review and investment are amounts. */
export const plan = allOf(
  checkOf(['plan'], ({ plan }) =>
    repeated(
      plan.map((row) => row.period),
      (i) => `/plan/${i}/period`,
      'Period',
    ),
  ),

  checkOf(['plan', 'periods', 'effective'], ({ plan, periods, effective }) => {
    const known = new Set(periodsOf(periods, civilDate(effective.to)).map((period) => period.id));
    return plan.flatMap(({ period }, i) =>
      known.has(period)
        ? []
        : fault(
            `/plan/${i}/period`,
            'PERIOD_UNKNOWN',
            `"${period}" is not a period of this contract.`,
          ),
    );
  }),

  checkOf(['plan', 'currency'], ({ plan, currency }) =>
    plan.flatMap(({ amount }, i) => amountFaults(`/plan/${i}/amount`, amount, currency)),
  ),

  checkOf(['review', 'currency'], ({ review: { secondApproverAbove }, currency }) =>
    secondApproverAbove === undefined
      ? []
      : amountFaults('/review/secondApproverAbove', secondApproverAbove, currency),
  ),

  checkOf(['investment', 'currency'], ({ investment, currency }) =>
    investment === undefined
      ? []
      : amountFaults('/investment/committed', investment.committed, currency),
  ),
);
