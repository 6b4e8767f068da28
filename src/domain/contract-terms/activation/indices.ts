import { isPositiveNumber } from '../../modifiers/indexation.js';
import { allOf, checkOf, fault, repeated } from './check.js';

/** Indices have one name each, values above nought in the order of their dates, and reach the contract's first day. */
export const indices = allOf(
  checkOf(['indices'], ({ indices }) => [
    ...repeated(
      indices.map((index) => index.id),
      (i) => `/indices/${i}/id`,
      'Index',
    ),
    ...indices.flatMap(({ values }, i) =>
      values.flatMap(({ from, value }, v) => {
        const at = `/indices/${i}/values/${v}`;
        const before = values[v - 1];
        return [
          ...(isPositiveNumber(value)
            ? []
            : [fault(`${at}/value`, 'INDEX_VALUE', `"${value}" must be a number above nought.`)]),
          ...(before === undefined || before.from < from
            ? []
            : [
                fault(
                  `${at}/from`,
                  'DATES_BACKWARD',
                  `The value from ${from} stands after the one from ${before.from}. List values by date.`,
                ),
              ]),
        ];
      }),
    ),
  ]),

  checkOf(['indices', 'effective'], ({ indices, effective: { from } }) =>
    indices.flatMap(({ id, values }, i) =>
      values[0]!.from <= from
        ? []
        : [
            fault(
              `/indices/${i}/values/0/from`,
              'INDEX_STARTS_LATE',
              `The index ${id} begins on ${values[0]!.from}, after the contract begins on ${from}. Add the value in force then.`,
            ),
          ],
    ),
  ),
);
