import { allOf, checkOf, fault, repeated } from './check.js';

/** The contract and its cohorts end after they begin, and cohorts lie inside the contract. */
export const dates = allOf(
  checkOf(['effective'], ({ effective: { from, to } }) =>
    from < to
      ? []
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
);
