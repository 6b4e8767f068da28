import { dateInWords } from '../../calendar/date-in-words.js';
import type { TermsDocument } from '../../contract-terms/terms.schema.js';
import { VAT_IN_WORDS } from '../../contract-terms/vat-in-words.js';
import { formatMoney, parseMoney } from '../../money/money.js';
import { splitOf } from '../../payer-splits/registry.js';
import { section, sentences, table, type Section } from '../sheet.js';

const ROUNDING_IN_WORDS = {
  'half-up': 'half away from nought',
  'half-even': 'half to even',
  down: 'towards nought',
  up: 'away from nought',
} as const;

const MONTHS_IN_WORDS = {
  'corresponding-date':
    'Months are counted to the corresponding date, or to the last day of a month that is too short.',
  'end-of-month':
    'Months are counted to the corresponding date, and from the last day of a month to the last day of a month.',
} as const;

/** Who pays which share, how claims are reviewed, and how amounts are rounded. */
export function moneySection(terms: TermsDocument): Section {
  const { split, review, rounding, currency, investment, indices, vat } = terms;
  const pounds = (amount: string) => formatMoney(parseMoney(amount, currency));
  return section(
    'Payment',
    sentences(
      `Payers: ${splitOf(split).inWords(split)}. Parts sum to the line; spare pennies by largest remainder, ties to the payer named earlier.`,
      `Payers decide a claim within ${review.days} working days; ${review.samplePercent}% of a claim is sampled.` +
        (review.secondApproverAbove === undefined
          ? ''
          : ` Above ${pounds(review.secondApproverAbove)} a second person approves.`),
      `Amounts are in ${currency}, rounded ${ROUNDING_IN_WORDS[rounding.mode]}` +
        (rounding.to === undefined ? '' : ` to whole multiples of ${pounds(rounding.to)}`) +
        (rounding.stage === 'line'
          ? ', once, at the final amount of the line.'
          : ', at each step as it is reckoned.'),
      vat === undefined ? null : VAT_IN_WORDS[vat],
      MONTHS_IN_WORDS[rounding.months],
      investment === undefined
        ? null
        : `Investors have committed ${pounds(investment.committed)}. ${investment.note}`,
    ),
    table(
      ['Index', 'Source', 'From', 'Value'],
      indices.flatMap(({ id, source, values }) =>
        values.map(({ from, value }) => [id, source, dateInWords(from), value]),
      ),
    ),
  );
}
