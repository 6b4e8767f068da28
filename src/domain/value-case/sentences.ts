import { compare, negate, subtract, type Fraction } from '../money/fraction.js';
import type { Currency } from '../money/currency.js';
import { MONEY, type Figure, type Step, type Unit } from './figure.js';
import type { RoundingStep } from './rounding.schema.js';
import { show } from './show.js';

/** A figure as it can be read aloud: what it is, how it comes about, and how what the source prints stands to it. */
export const sentenceOf = (figure: Figure, currency: Currency): string =>
  [
    `${figure.label}: ${arithmetic(figure, currency)}.`,
    printedSentence(figure, currency),
    figure.note ?? '',
  ]
    .filter((part) => part !== '')
    .join(' ');

/** "9 (entries avoided) × £433 (a week) × 104 (weeks) = £405,288, rounded to £405,000". */
export function arithmetic(figure: Figure, currency: Currency): string {
  const { by, steps, exact, rounded, unit } = figure;
  const amount = withUnit(figure, show(exact, unit, currency));
  if (by === 'statement') return `${amount}, as stated`;
  const whole = `${steps.map((step, n) => operandInWords(step, n, SIGNS[by], currency)).join('')} = ${amount}`;
  return compare(exact, rounded) === 0
    ? whole
    : `${whole}, ${inWords(figure, currency)} ${show(rounded, unit, currency)}`;
}

const SIGNS = { product: ' × ', sum: ' + ', quotient: ' ÷ ' } as const;

function operandInWords(
  { label, value, written, unit, isMinus }: Step,
  n: number,
  sign: string,
  currency: Currency,
): string {
  const before = isMinus ? (n === 0 ? '-' : ' - ') : n === 0 ? '' : sign;
  const shown = written && /[%/]/.test(written) ? written : show(value, unit, currency);
  return `${before}${shown} (${label})`;
}

/** How what the source prints stands to the arithmetic; nothing where nothing is printed. */
export function printedSentence(figure: Figure, currency: Currency): string {
  const { printed, exact, rounded, agreement, unit } = figure;
  if (printed === null) return '';
  const shown = (value: typeof exact) => withUnit(figure, show(value, unit, currency));
  if (agreement === 'same') return 'The source prints the same.';
  const differs = `The source prints ${figure.isAbout ? 'about ' : ''}${shown(printed)}; the arithmetic gives ${shown(exact)}`;
  if (agreement === 'rounded') return `${differs}, which is the same ${inWords(figure, currency)}.`;
  const after =
    compare(exact, rounded) === 0 ? '' : `, or ${shown(rounded)} ${inWords(figure, currency)}`;
  return `${differs}${after}: the source has ${excess(subtract(printed, rounded), unit, currency)}.`;
}

/** "£1,000 too much", "15 too many", "1 too few". */
function excess(by: Fraction, unit: Unit, currency: Currency): string {
  const isMore = by.numerator > 0n;
  const size = show(isMore ? by : negate(by), unit, currency);
  if (unit === MONEY) return `${size} too ${isMore ? 'much' : 'little'}`;
  return `${size} too ${isMore ? 'many' : 'few'}`;
}

const withUnit = ({ unit }: Figure, shown: string): string =>
  unit === MONEY ? shown : `${shown} ${unit}`;

const MODES = {
  'half-up': 'half up',
  'half-even': 'half to even',
  down: 'down',
  up: 'up',
} as const;

function inWords({ rounding }: Figure, currency: Currency): string {
  if (rounding.to === 'none') return 'unrounded';
  const to = stepInWords(rounding.to, currency);
  return rounding.mode === 'half-up' || rounding.mode === 'half-even'
    ? `to the nearest ${to} (${MODES[rounding.mode]})`
    : `rounded ${MODES[rounding.mode]} to the next ${to}`;
}

function stepInWords(to: RoundingStep, currency: Currency): string {
  if (to === 'one') return 'whole number';
  if (to === 'penny') return currency === 'GBP' ? 'penny' : 'minor unit';
  if (to === 'pound') return currency === 'GBP' ? 'pound' : `whole ${currency}`;
  return to.replace('-', ' ');
}
