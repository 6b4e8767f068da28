import { aWorking, valueCaseWith } from './value-case.builder.js';
import type { ValueCase } from '../../src/domain/value-case/value-case.schema.js';

const at = (place: string) => ({ source: 'study', at: place });
const number = (value: string, label: string, more: object = {}) => ({
  take: 'number',
  value,
  label,
  ...more,
});
const POUNDS = { is: 'amount' };

/**
 * The small value case with one of everything that a report may say: three kinds of value, a band without years, prices
 * of three years, two ways of sharing the price, and workings in every agreement with what the source prints.
 */
export const aRichValueCase = (): ValueCase =>
  valueCaseWith((data) => {
    Object.assign(data, {
      mixedPriceYears: 'shown',
      priceIndex: {
        name: 'an index',
        source: at('table 1'),
        values: { '2010': '80', '2014': '88' },
      },
      discounting: { amounts: 'present-values', rate: '3.5%', note: 'As the study says.' },
      sources: [
        { id: 'study', title: 'A study', author: 'Somebody', year: '2014', note: 'second edition' },
      ],
      remarks: [{ text: 'The number of people is said in two ways.', source: at('page 9') }],
    });
    data.yearBands.push({ id: 'open', label: 'no years given' } as (typeof data.yearBands)[0]);
    const [visit] = data.unitCosts;
    data.unitCosts.push(
      { ...visit!, id: 'old', of: 'stay', per: 'night', amount: '400.00', priceYear: '2010' },
      { ...visit!, id: 'other', amount: '75.50', priceYear: 'not stated', source: at('line 7') },
    );
    const [visits] = data.benefits;
    data.benefits.push(
      {
        ...visits!,
        id: 'calm',
        label: 'Calm',
        kind: 'quality-of-life',
        years: 'open',
        to: [{ body: 'people', share: '1' }],
        amount: { by: 'statement', value: '325', of: [] },
        note: 'Valued by those who were asked.',
        printed: { value: '330', about: true, source: at('page 4') },
      } as (typeof data.benefits)[0],
      {
        ...visits!,
        id: 'late-care',
        label: 'Care avoided later',
        kind: 'unstated',
        years: 'late',
        to: [{ body: 'care', share: '1' }],
        amount: {
          by: 'sum',
          of: [
            { take: 'unit-cost', id: 'old' },
            number('41.5', 'the fee', { ...POUNDS, minus: true }),
          ],
        },
      },
      {
        ...visits!,
        id: 'stated',
        label: 'Travel',
        to: [{ body: 'health', share: '1' }],
        amount: { by: 'statement', value: '20', of: [] },
      } as (typeof data.benefits)[0],
    );
    delete (data.benefits[1]!.amount as { of?: unknown }).of;
    delete (data.benefits[3]!.amount as { of?: unknown }).of;
    data.price.alternatives.push({
      id: 'one',
      label: 'all by health',
      whose: 'source',
      note: 'As it was in the first year.',
      shares: [{ body: 'health', share: '1' }],
    } as (typeof data.price.alternatives)[0]);
    data.workings = [
      aWorking('posts', { by: 'quotient', of: [number('7', 'hours'), number('12', 'weeks')] }),
      aWorking(
        'people',
        { by: 'product', of: [number('15%', 'part'), number('12000', 'people')] },
        {
          label: 'People reached',
          unit: 'people',
          printed: { value: '1800', source: at('page 5') },
        },
      ),
      aWorking(
        'worth',
        { by: 'product', of: [number('1234.5', 'a year', POUNDS), number('3', 'years')] },
        {
          label: 'Worth',
          unit: 'money',
          rounding: { to: 'hundred', mode: 'half-up' },
          printed: { value: '3700', source: at('page 6') },
        },
      ),
      aWorking(
        'turns',
        { by: 'sum', of: [number('6', 'spring'), number('7', 'autumn')] },
        { label: 'Turns', unit: 'turns', printed: { value: '12', source: at('page 7') } },
      ),
      aWorking(
        'turns-counted',
        {
          by: 'sum',
          of: [
            { take: 'working', id: 'turns', taken: 'exact' },
            number('1', 'counted twice', { minus: true }),
          ],
        },
        { label: 'Turns counted once', unit: 'turns', whose: 'ours', explains: 'turns' },
      ),
      aWorking(
        'part',
        {
          by: 'sum',
          of: [{ take: 'benefit', id: 'visits', taken: 'rounded', body: 'care' }],
        },
        { label: 'Part of care', unit: 'money', whose: 'ours', note: 'For comparison only.' },
      ),
    ];
  });
