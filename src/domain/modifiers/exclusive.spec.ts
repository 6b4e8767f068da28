import fc from 'fast-check';
import {
  aModifierContext,
  aWording,
  someModifierSurroundings,
} from '../../../test/support/clause.builder.js';
import { addDays, civilDate } from '../calendar/civil-date.js';
import { fraction, isPositive, ONE, sum, ZERO } from '../money/fraction.js';
import type { Outcome } from '../outcomes/outcome.js';
import { exclusive, type Exclusive } from './exclusive.js';

const TERMS: Exclusive = { type: 'M2-exclusive', clauses: ['1', '2'] };

const outcome = (
  clause: string,
  on: string,
  pounds: number,
  given: Partial<Outcome> = {},
): Outcome => ({
  clause,
  metric: 'job',
  occurrence: on,
  outcomeOn: civilDate(on),
  quantity: ONE,
  unit: 'claim',
  rateMinor: BigInt(pounds) * 100n,
  exactMinor: fraction(BigInt(pounds) * 100n),
  cutMinor: ZERO,
  reason: null,
  finding: 'A job',
  steps: [],
  evidence: [],
  ...given,
});
const apply = (own: readonly Outcome[], earlier: readonly Outcome[]) =>
  exclusive.apply(TERMS, own, aModifierContext({ earlier, before: civilDate('2016-01-01') }));

describe('M2, not both', () => {
  const own = outcome('3', '2015-09-01', 100);

  it.each<[string, Outcome[], boolean]>([
    ['nothing else was found', [], true],
    ['another clause paid before it', [outcome('1', '2015-06-01', 50)], false],
    ['another clause paid after it', [outcome('2', '2015-12-01', 50)], false],
    ['another clause will pay later than what is computed', [outcome('1', '2016-01-01', 50)], true],
    ['a clause that is not named paid', [outcome('9', '2015-06-01', 50)], true],
    [
      'the other refused',
      [outcome('1', '2015-06-01', 0, { exactMinor: ZERO, reason: 'missed' })],
      true,
    ],
    [
      'what the other paid was reversed',
      [outcome('1', '2015-06-01', 50), outcome('1', '2015-07-01', -50)],
      true,
    ],
  ])('where %s, it is paid: %s', (_name, earlier, isPaid) => {
    const [found] = apply([own], earlier);
    expect(isPositive(found!.exactMinor)).toBe(isPaid);
    expect(found!.reason).toBe(isPaid ? null : 'other-clause-paid');
  });

  it('says which clause was paid, and for which day', () =>
    expect(
      apply([own], [outcome('2', '2015-12-01', 50), outcome('1', '2015-06-01', 50)])[0]!.steps,
    ).toEqual([
      {
        step: 'M2-exclusive',
        before: '10000',
        after: '0',
        why: 'clause 1 has been paid for the participant, for 2015-06-01',
      },
    ]));

  it('leaves a refusal its own reason, and takes what is taken back with it', () => {
    const missed = outcome('3', '2015-09-01', 0, { exactMinor: ZERO, reason: 'missed' });
    const back = outcome('3', '2015-10-01', -100, { reverses: '2015-09-01' });
    const [first, second] = apply([missed, back], [outcome('1', '2015-06-01', 50)]);
    expect([first!.reason, second!.reason]).toEqual(['missed', 'other-clause-paid']);
    expect(second!.exactMinor).toEqual(ZERO);
  });

  it('reads aloud', () => {
    expect(exclusive.inWords(TERMS, aWording())).toBe(
      'nothing for a participant for whom one of clauses 1 and 2 has been paid, whichever came first',
    );
    expect(exclusive.inWords({ ...TERMS, clauses: ['1'] }, aWording())).toBe(
      'nothing for a participant for whom clause 1 has been paid, whichever came first',
    );
  });

  it('refuses clauses that cannot exclude', () => {
    const surroundings = someModifierSurroundings({
      clauseIds: ['1', 'c', '3', '9'],
      earlierClauses: new Map([
        ['1', 'participant'],
        ['c', 'cohort'],
      ]),
    });
    const terms: Exclusive = { ...TERMS, clauses: ['1', '1', 'c', '9', '8'] };
    expect(exclusive.problems(terms, surroundings).map(({ at, code }) => `${at} ${code}`)).toEqual([
      '/clauses/1 NAMED_TWICE',
      '/clauses/2 CLAUSE_OF_COHORT',
      '/clauses/3 CLAUSE_NOT_ABOVE',
      '/clauses/4 CLAUSE_UNKNOWN',
    ]);
  });

  it('never pays both, and never less than nothing', () => {
    const some = (clause: string) =>
      fc
        .array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 500 })), {
          maxLength: 5,
        })
        .map((all) =>
          all.map(([days, pounds]) =>
            outcome(clause, addDays(civilDate('2015-01-01'), days), pounds),
          ),
        );
    fc.assert(
      fc.property(some('1'), some('3'), (other, mine) => {
        const found = apply(mine, other);
        expect(found).toHaveLength(mine.length);
        const paid = (list: readonly Outcome[]) =>
          isPositive(
            sum(
              list
                .filter(({ outcomeOn }) => outcomeOn < '2016-01-01')
                .map(({ exactMinor }) => exactMinor),
            ),
          );
        expect(paid(other) && paid(found)).toBe(false);
        if (!paid(other)) expect(found).toEqual(mine);
      }),
    );
  });
});
