import { parseValueCase } from '../../src/domain/value-case/parse.js';
import { reportOn, type ValueCaseReport } from '../../src/domain/value-case/report.js';
import type { ValueCase } from '../../src/domain/value-case/value-case.schema.js';

const source = { source: 'study', at: 'page 3' };

/** A small value case as data: £100 a unit, two thirds to health and one third to social care; £60 paid, half by each. */
export const aValueCase = () => ({
  format: 'value-case/1',
  code: 'trial',
  title: 'Trial',
  standing: 'illustrative',
  currency: 'GBP',
  priceYear: '2014',
  discounting: { amounts: 'undiscounted', note: 'As stated.' },
  outcome: { unit: 'point', expected: 10, source },
  sources: [{ id: 'study', title: 'A study', year: '2014' }],
  bodies: [
    { id: 'health', name: 'Health', group: 'Local' },
    { id: 'care', name: 'Social care', group: 'Local' },
    { id: 'people', name: 'People' },
  ],
  yearBands: [
    { id: 'early', label: 'years 0 to 5', years: { first: 0, last: 5 } },
    { id: 'late', label: 'years 6 to 15', years: { first: 6, last: 15 } },
  ],
  unitCosts: [
    {
      id: 'visit',
      of: 'visit',
      per: 'visit',
      amount: '50.00',
      definition: 'A visit.',
      priceYear: '2014',
      source,
    },
  ],
  benefits: [
    {
      id: 'visits',
      label: 'Visits avoided',
      kind: 'cashable',
      years: 'early',
      to: [
        { body: 'health', share: '2/3' },
        { body: 'care', share: '1/3' },
      ],
      amount: {
        by: 'product',
        of: [
          { take: 'number', value: '4', label: 'visits' },
          { take: 'unit-cost', id: 'visit' },
          { take: 'number', value: '50%', is: 'probability', label: 'chance' },
        ],
      },
      rounding: { to: 'penny', mode: 'half-up' },
      source,
    },
  ],
  price: {
    amount: '60.00',
    source,
    alternatives: [
      {
        id: 'halves',
        label: 'halves',
        whose: 'ours',
        shares: [
          { body: 'health', share: '1/2' },
          { body: 'care', share: '1/2' },
        ],
      },
    ],
  },
  workings: [] as object[],
});

export type ValueCaseData = ReturnType<typeof aValueCase>;

/** The small case after a change, as if somebody had written it so. */
export function valueCaseWith(change: (data: ValueCaseData) => unknown): ValueCase {
  const data = structuredClone(aValueCase());
  change(data);
  return parseValueCase(data);
}

export const reportWith = (change: (data: ValueCaseData) => unknown): ValueCaseReport =>
  reportOn(valueCaseWith(change));

/** A working of the small case. */
export const aWorking = (id: string, amount: object, more: object = {}) => ({
  id,
  label: id,
  unit: 'visits',
  whose: 'source',
  amount,
  rounding: { to: 'none' },
  source,
  ...more,
});
