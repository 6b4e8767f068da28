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
      ['the terms › clauses › 4.1 › rule › rate changes from "660.00" to "700.00".'],
    ],
    [
      'a number',
      (t) => (t.population.maximum = 2000),
      ['the terms › population › maximum changes from 1000 to 2000.'],
    ],
    [
      'a term added',
      (t) => (t.clauses[0].rule.maxPoints = '4'),
      ['the terms › clauses › 4.1 › rule › maxPoints is added: "4".'],
    ],
    [
      'a term removed',
      (t) => delete t.comparison.note,
      [
        'the terms › comparison › note is removed; it was "Each person is compared with their own baseline.".',
      ],
    ],
    [
      'a window',
      (t) => (t.metrics[0].timePoints[1].closesDays = 45),
      ['the terms › metrics › ucla › timePoints › 6m › closesDays changes from 30 to 45.'],
    ],
    [
      'a share',
      (t) => (t.split.shares[0].share = '1/2'),
      ['the terms › split › shares › council › share changes from "3/5" to "1/2".'],
    ],
    [
      'payers in another order, who get the spare pennies',
      (t) => t.split.shares.reverse(),
      ['The order of the terms › split › shares changes to fund, council.'],
    ],
    [
      'a party added',
      (t) => t.parties.push({ id: 'bank', name: 'The bank', role: 'investor' }),
      ['the terms › parties › bank is added: {"id":"bank","name":"The bank","role":"investor"}.'],
    ],
    [
      'a cohort removed',
      (t) => t.cohorts.pop(),
      [expect.stringMatching(/^the terms › cohorts › all is removed; it was \{/)],
    ],
    [
      'two changes, in the order of the document',
      (t) => {
        t.title = 'Other';
        t.review.days = 10;
      },
      [
        'the terms › title changes from "Trial contract" to "Other".',
        'the terms › review › days changes from 20 to 10.',
      ],
    ],
    [
      'another kind of calendar',
      (t) =>
        (t.periods = {
          type: 'list',
          periods: [{ id: 'a', from: '2015-04-01', to: '2020-04-01' }],
        }),
      [
        'the terms › periods › type changes from "quarters" to "list".',
        'the terms › periods › from is removed; it was "2015-04-01".',
        'the terms › periods › periods is added: [{"from":"2015-04-01","id":"a","to":"2020-04-01"}].',
      ],
    ],
    [
      'members that have one name',
      (t) =>
        (t.clauses[0].modifiers = [
          { type: 'M3', amount: '1.00' },
          { type: 'M3', amount: '2.00' },
        ]),
      [expect.stringContaining('modifiers changes from [] to [')],
    ],
    [
      'a text for a number',
      (t) => (t.population.maximum = '1000'),
      ['the terms › population › maximum changes from 1000 to "1000".'],
    ],
  ])('%s', (_name, change, words) => expect(changed(change)).toEqual(words));

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
