import { parseMoney } from '../money/money.js';
import type { UnitCost } from './figures.schema.js';
import { showMoney } from './show.js';
import type { ValueCase } from './value-case.schema.js';

/** What a reader must know before adding or comparing: years of prices, present values, two prices for one thing. */
export const notesOf = (of: ValueCase): string[] => [
  priceYearNote(of),
  ...mixedNote(of),
  discountingNote(of),
  ...kindNote(of),
  ...twoPrices(of),
];

const priceYearNote = ({ priceYear }: ValueCase): string =>
  priceYear === 'not stated'
    ? 'The source does not state the year of its prices.'
    : `Amounts are in prices of ${priceYear}.`;

function mixedNote({ unitCosts, priceYear, priceIndex }: ValueCase): string[] {
  const others = unitCosts.filter((cost) => cost.priceYear !== priceYear);
  const indexed = (cost: UnitCost) =>
    [cost.priceYear, priceYear].every((year) => priceIndex?.values[year] !== undefined);
  const named = (costs: readonly UnitCost[]) =>
    costs.map(({ of, priceYear: year }) => `${of} (${year})`).join(', ');
  const [brought, mixed] = [others.filter(indexed), others.filter((cost) => !indexed(cost))];
  return [
    ...(brought.length > 0
      ? [`Brought to prices of ${priceYear} by ${priceIndex!.name}: ${named(brought)}.`]
      : []),
    ...(mixed.length > 0
      ? [
          `Prices of several years stand side by side, as the case declares: ${named(mixed)}. Sums over them are not in the prices of any one year.`,
        ]
      : []),
  ];
}

const discountingNote = ({ discounting: { amounts, rate, note } }: ValueCase): string =>
  `${DISCOUNTING[amounts](rate ?? 'not stated')} ${note}`;

const DISCOUNTING: Readonly<Record<ValueCase['discounting']['amounts'], (rate: string) => string>> =
  {
    'present-values': (rate) => `Amounts are present values; the discount rate is ${rate}.`,
    undiscounted: () => 'Amounts are not discounted.',
    'not stated': () => 'The source does not state whether amounts are discounted.',
  };

const kindNote = ({ benefits }: ValueCase): string[] =>
  benefits.some(({ kind }) => kind === 'unstated')
    ? [
        'Where the kind is not stated, the source does not say whether a budget would be relieved. Do not read it as cash.',
      ]
    : [];

function twoPrices({ unitCosts, currency }: ValueCase): string[] {
  const things = [...new Set(unitCosts.map((cost) => cost.of))];
  return things.flatMap((thing) => {
    const costs = unitCosts.filter((cost) => cost.of === thing);
    if (new Set(costs.map(({ amount }) => parseMoney(amount, currency).minor)).size < 2) return [];
    const named = costs.map(
      ({ amount, source }) => `${showMoney(parseMoney(amount, currency))} (${source.at})`,
    );
    return [
      `The case holds several prices of one thing, each with its own definition: ${thing}, ${named.join(' and ')}. They may not be exchanged.`,
    ];
  });
}
