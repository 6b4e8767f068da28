import { z } from 'zod';
import { amountFaults } from '../money/amount-faults.js';
import {
  add,
  divide,
  formatFraction,
  fraction,
  isPositive,
  max,
  min,
  multiply,
  subtract,
  ZERO,
  type Fraction,
} from '../money/fraction.js';
import { readSteps, stepFaults, type HalfOpenStep } from '../money/half-open-steps.js';
import { formatMoney, money, parseMoney } from '../money/money.js';
import { round } from '../money/rounding.js';
import type { Outcome } from '../outcomes/outcome.js';
import type { Period } from '../calendar/period.js';
import type { Fault } from '../shared/domain-error.js';
import { adjustedOn, adjustingOutcome, periodOf } from './adjusting-outcome.js';
import type { ClauseSurroundings, Collective, Modifier } from './modifier.js';

/**
 * M6, volume bands: the first units at one price, the next at another, counted over the contract or afresh in each
 * period; a dearer later band is an accelerator. Every outcome is posted at its own price, and one adjusting line for each
 * period brings the period to what its units are worth by their bands. Which participant came first never matters: a
 * period's units take the places after those of the periods before, and share them evenly. What other steps added to or
 * took off a unit stays in proportion. The adjusting line is reckoned against what the outcomes' own lines are rounded to, so
 * that a period comes to its worth by bands, rounded once. Only outcomes that pay, and results recorded at a price of nil, use up units.
 */
export const volumeBandsSchema = z
  .strictObject({
    type: z.literal('M6'),
    counted: z
      .enum(['over-contract', 'each-period'])
      .describe('Whether units are counted over the contract, or afresh in each period.'),
    bands: z
      .array(
        z.strictObject({
          from: z
            .string()
            .describe('Units before the band: "0" for the first, "100" after a hundred.'),
          to: z.string().optional().describe('Units at its end; left out in the last.'),
          price: z.string().describe('Price of a unit in the band: "500.00".'),
        }),
      )
      .min(1),
  })
  .describe('M6: prices by volume.');
export type VolumeBands = z.infer<typeof volumeBandsSchema>;

interface Band {
  readonly from: Fraction;
  readonly to: Fraction | null;
  readonly price: Fraction;
}

export const volumeBands: Modifier<VolumeBands> = {
  schema: volumeBandsSchema,
  levels: ['participant', 'cohort'],
  inWords: ({ counted, bands }, { currency }) =>
    bands
      .map(({ from, to, price }) => {
        const span = to === undefined ? `units after ${from}` : `units after ${from} up to ${to}`;
        return `${span} at ${formatMoney(parseMoney(price, currency))}`;
      })
      .join(', ') +
    (counted === 'over-contract' ? ', over the contract' : ', afresh in each period'),
  problems: ({ bands }, { currency }) => [
    ...stepFaults(bands, '/bands', 'Band'),
    ...firstFaults(bands[0]!.from),
    ...bands.flatMap(({ price }, i) =>
      amountFaults(`/bands/${i}/price`, price, currency, 'PRICE_NEGATIVE'),
    ),
  ],
  apply: (_terms, outcomes) => outcomes,
  collective: openVolumeBands,
};

const firstFaults = (from: string): Fault[] =>
  /^0+(\.0+)?$/.test(from)
    ? []
    : [
        {
          at: '/bands/0/from',
          code: 'BANDS_START',
          detail: `The first band begins after "${from}" units, so the units before it have no price. Begin it at 0.`,
        },
      ];

/** What is kept of a period: its units, what they were posted at, and how many units of plain price that is. */
interface Volume {
  units: Fraction;
  worth: Fraction;
  atPrice: Fraction;
  metric: string;
}

function openVolumeBands(
  { counted, bands: terms }: VolumeBands,
  surroundings: ClauseSurroundings,
): Collective {
  const bands = readSteps(terms).map((step) => bandOf(step, surroundings));
  const volumes = new Map<string, Volume>();

  function see(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      if (!usesUnits(outcome)) continue;
      const period = periodOf(surroundings, outcome.outcomeOn);
      if (period === null) continue;
      const { quantity, exactMinor, rateMinor, metric } = outcome;
      const known = volumes.get(period.id) ?? { units: ZERO, worth: ZERO, atPrice: ZERO, metric };
      volumes.set(period.id, {
        units: add(known.units, quantity),
        worth: add(known.worth, fraction(surroundings.rounded(exactMinor))),
        atPrice: add(
          known.atPrice,
          rateMinor === 0n ? quantity : divide(exactMinor, fraction(rateMinor)),
        ),
        metric: known.metric < metric ? known.metric : metric,
      });
    }
  }

  function close() {
    let before = ZERO;
    return surroundings.periods.flatMap((period) => {
      const volume = volumes.get(period.id);
      if (volume === undefined) return [];
      const start = counted === 'each-period' ? ZERO : before;
      before = add(start, volume.units);
      return [adjust(period, volume, start)];
    });
  }

  function adjust(period: Period, { units, worth, atPrice, metric }: Volume, start: Fraction) {
    const end = add(start, units);
    const plain = subtract(priceOf(bands, end), priceOf(bands, start));
    // what other steps did to the units of the period stays in proportion; net units of nought share nothing
    const banded = units.numerator === 0n ? worth : multiply(plain, divide(atPrice, units));
    const pounds = (value: Fraction) =>
      formatMoney(money(round(value, 'half-up'), surroundings.currency));
    const count = formatFraction(units);
    const name = `${count} ${count === '1' ? 'unit' : 'units'} in ${period.id}`;
    return adjustingOutcome({
      clause: surroundings.clause,
      metric,
      occurrence: `volume/${period.id}`,
      outcomeOn: adjustedOn(surroundings, period),
      step: 'M6',
      before: worth,
      exactMinor: subtract(banded, worth),
      after: banded,
      finding: `${name}, after ${formatFraction(start)} before them`,
      reckoning: `${pounds(banded)} by their bands less ${pounds(worth)} at their own prices`,
      why: `${name} ${count === '1' ? 'is' : 'are'} worth ${pounds(banded)} by their bands, and ${pounds(worth)} at their own prices`,
    });
  }

  return { see, close };
}

const usesUnits = ({ quantity, exactMinor, reason }: Outcome): boolean =>
  quantity.numerator !== 0n && (exactMinor.numerator !== 0n || reason === 'price-is-nil');

const bandOf = (
  { from, to, terms }: HalfOpenStep<VolumeBands['bands'][number]>,
  { currency }: ClauseSurroundings,
): Band => ({ from, to, price: fraction(parseMoney(terms.price, currency).minor) });

/** What so many units from the first on are worth; units below nought, of a net clause, are at the first price. */
function priceOf(bands: readonly Band[], units: Fraction): Fraction {
  if (!isPositive(units)) return multiply(units, bands[0]!.price);
  return bands.reduce((total, { from, to, price }) => {
    const inBand = max(ZERO, subtract(to === null ? units : min(units, to), from));
    return add(total, multiply(inBand, price));
  }, ZERO);
}
