import fc from 'fast-check';
import { perPointTerms } from '../../../test/support/record.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { canonical, type Canonical } from '../shared/canonical.js';
import { diffInWords } from './diff-in-words.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const changed = (change: (terms: any) => void): string[] => {
  const before = trialTerms(perPointTerms());
  const after = structuredClone(before);
  change(after);
  return diffInWords(before, after);
};

describe('what changed between two editions, in words', () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  it.each<[string, (terms: any) => void, string[]]>([
    ['nothing', () => undefined, []],
    [
      'a price',
      (t) => (t.clauses[0].rule.rate = '700.00'),
      ['Clause 4.1 (Reduction of loneliness): rate changes from £660.00 to £700.00.'],
    ],
    [
      'a number',
      (t) => (t.population.maximum = 2000),
      ['The most who are served changes from 1000 to 2000.'],
    ],
    [
      'a term added',
      (t) => (t.clauses[0].rule.maxPoints = '4'),
      ['Clause 4.1 (Reduction of loneliness): the most points that count is added: 4.'],
    ],
    [
      'a term removed',
      (t) => delete t.comparison.note,
      ['Comparison: note is removed; it was "Each person is compared with their own baseline.".'],
    ],
    [
      'a window',
      (t) => (t.metrics[0].timePoints[1].closesDays = 45),
      [
        'Metric UCLA, time point 6 months: closing of the window in days from the target changes from 30 to 45.',
      ],
    ],
    [
      'a share',
      (t) => (t.split.shares[0].share = '1/2'),
      ['Payers, share of council: share changes from 3/5 to 1/2.'],
    ],
    [
      'payers in another order, who get the spare pennies',
      (t) => t.split.shares.reverse(),
      ['Payers: shares: the order changes to fund, council.'],
    ],
    [
      'a party added',
      (t) => t.parties.push({ id: 'bank', name: 'The bank', role: 'investor' }),
      ['Party The bank is added: (id bank, name "The bank", role investor).'],
    ],
    [
      'a cohort removed',
      (t) => t.cohorts.pop(),
      [
        expect.stringMatching(
          /^Cohort Everybody is removed; it was \(id all, .*participant may start 31 December 2016\)\.$/,
        ),
      ],
    ],
    [
      'two changes, in the order of the document',
      (t) => {
        t.title = 'Other';
        t.review.days = 10;
      },
      ['Title changes from "Trial contract" to "Other".', 'Review: days changes from 20 to 10.'],
    ],
    [
      'another kind of calendar',
      (t) =>
        (t.periods = {
          type: 'list',
          periods: [{ id: 'a', from: '2015-04-01', to: '2020-04-01' }],
        }),
      [
        'Periods: type changes from quarters to list.',
        'Periods: from is removed; it was 1 April 2015.',
        'Periods: periods is added: (id a, from 1 April 2015, to 1 April 2020).',
      ],
    ],
    [
      'members that have one name',
      (t) =>
        (t.clauses[0].modifiers = [
          { type: 'M3', amount: '1.00' },
          { type: 'M3', amount: '2.00' },
        ]),
      [
        'Clause 4.1 (Reduction of loneliness): steps changes from nothing to (type M3, amount £1.00); (type M3, amount £2.00).',
      ],
    ],
    [
      'a text for a number',
      (t) => (t.population.maximum = '1000'),
      ['The most who are served changes from 1000 to "1000".'],
    ],
  ])('%s', (_name, change, words) => expect(changed(change)).toEqual(words));

  it('says of a worked example only what it pays', () => {
    const withExamples = (...examples: object[]) => ({
      currency: 'GBP',
      clauses: [{ id: '4.1', title: 'Loneliness', examples }],
    });
    const example = { name: 'Two points', startedOn: '2015-06-02', expect: '1320.00' };
    const place = 'Clause 4.1 (Loneliness), worked example "Two points"';
    expect(diffInWords(withExamples(), withExamples(example))).toEqual([
      `${place.replace(', w', ': w')} is added: to pay £1,320.00.`,
    ]);
    expect(
      diffInWords(withExamples(example), withExamples({ ...example, expect: '660.00' })),
    ).toEqual([`${place}: what it pays changes from £1,320.00 to £660.00.`]);
  });

  it('is silent exactly where the editions are the same', () => {
    const plain = fc.letrec<{ any: Canonical }>((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<Canonical>(null, true, 0, 1, '', 'a'),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('id', 'type', 'name', 'x', 'y'), tie('any'), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
      ),
    })).any;
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        expect(diffInWords(one, one)).toEqual([]);
        expect(diffInWords(one, other).length === 0).toBe(canonical(one) === canonical(other));
      }),
      { numRuns: 500 },
    );
  });
});
