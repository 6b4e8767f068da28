import { allOf, checkOf, fault, repeated } from './check.js';

/** As many years as a contract may run; each outcome is looked for in its periods. */
export const MOST_YEARS = 100;

export const isTooLong = (from: string, to: string): boolean => {
  const [start, end] = [from, to].map((day) => Number(day.replaceAll('-', '')));
  return end! - start! > MOST_YEARS * 1_00_00;
};

/** The contract and its cohorts end after they begin, and cohorts lie inside the contract. */
export const dates = allOf(
  checkOf(['effective'], ({ effective: { from, to } }) =>
    from < to
      ? isTooLong(from, to)
        ? [
            fault(
              '/effective/to',
              'CONTRACT_TOO_LONG',
              `The contract runs from ${from} to ${to}. It may run for ${MOST_YEARS} years at most.`,
            ),
          ]
        : []
      : [
          fault(
            '/effective',
            'DATES_BACKWARD',
            `The contract ends on ${to}, which is not after it begins on ${from}.`,
          ),
        ],
  ),

  checkOf(['cohorts'], ({ cohorts }) => [
    ...repeated(
      cohorts.map((cohort) => cohort.id),
      (i) => `/cohorts/${i}/id`,
      'Cohort',
    ),
    ...cohorts.flatMap(({ opensOn, closesOn }, i) =>
      opensOn <= closesOn
        ? []
        : [
            fault(
              `/cohorts/${i}`,
              'DATES_BACKWARD',
              `The cohort closes on ${closesOn}, before it opens on ${opensOn}.`,
            ),
          ],
    ),
  ]),

  checkOf(['cohorts', 'effective'], ({ cohorts, effective: { from, to } }) =>
    from >= to
      ? []
      : cohorts.flatMap(({ opensOn, closesOn }, i) =>
          opensOn >= from && closesOn < to
            ? []
            : [
                fault(
                  `/cohorts/${i}`,
                  'OUTSIDE_CONTRACT',
                  `The cohort must open and close within the contract (${from} to ${to}).`,
                ),
              ],
        ),
  ),

  checkOf(['clauses', 'effective'], ({ clauses, effective: { from, to } }) =>
    clauses.flatMap(({ rule }, i) =>
      rule.type === 'R12' && rule.schedule.by === 'date' && from < to
        ? rule.schedule.payments.flatMap(({ label, on }, p) =>
            on >= from && on < to
              ? []
              : [
                  fault(
                    `/clauses/${i}/rule/schedule/payments/${p}/on`,
                    'OUTSIDE_CONTRACT',
                    `${label} falls due on ${on}, outside the contract (${from} to ${to}).`,
                  ),
                ],
          )
        : [],
    ),
  ),
);
