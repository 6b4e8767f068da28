import fc from 'fast-check';
import { formatFraction } from '../money/fraction.js';
import { REASONS } from '../outcomes/outcome.js';
import { followUpOf } from './follow-up.js';
import type { FollowUpFold } from './statement-rows.js';

const terms = {
  clauses: [
    { id: '9', title: 'Nine' },
    { id: '4.1', title: 'Loneliness' },
  ],
  cohorts: [{ id: 'wyre' }, { id: 'malvern' }],
  metrics: [
    { kind: 'event' },
    {
      kind: 'score',
      timePoints: [
        { id: '18m', months: 18 },
        { id: 'baseline', months: 0 },
        { id: '6m', months: 6 },
      ],
    },
    { kind: 'score', timePoints: [{ id: '12m', months: 12 }] },
  ],
} as never;
const place = { clause: '4.1', cohort: 'all', timePoint: '6m' };
const counts = {
  due: 10,
  measured: 8,
  late: 1,
  missed: 1,
  declined: 0,
  couldNotCollect: 0,
  excluded: 2,
};

describe('the follow-up beside payments for scores', () => {
  it('is counted from the reasons of the lines', () => {
    const folds: FollowUpFold[] = [
      { ...place, reason: null, participants: 5 },
      { ...place, reason: 'not-improved', participants: 2 },
      { ...place, reason: 'cap-reached', participants: 1 },
      { ...place, reason: 'missed', participants: 3 },
      { ...place, reason: 'no-baseline', participants: 1 },
      { ...place, reason: 'outside-window', participants: 2 },
      { ...place, reason: 'declined', participants: 1 },
      { ...place, reason: 'could-not-collect', participants: 1 },
      { ...place, reason: 'ineligible', participants: 4 },
    ];
    const [found, ...others] = followUpOf(terms, folds);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ ...place, title: 'Loneliness' });
    expect(found!.counts).toEqual({
      due: 16,
      measured: 8,
      late: 2,
      missed: 4,
      declined: 1,
      couldNotCollect: 1,
      excluded: 4,
    });
    expect(formatFraction(found!.rate!)).toBe('0.5');
  });

  it('takes the counts of a cohort as they are, in the order of the terms', () => {
    const folds: FollowUpFold[] = [
      { ...place, clause: '1', counts },
      { ...place, counts },
      { ...place, clause: '9', timePoint: '18m', reason: 'ineligible', participants: 1 },
    ];
    const found = followUpOf(terms, folds);
    expect(found.map(({ clause, title }) => [clause, title])).toEqual([
      ['9', 'Nine'],
      ['4.1', 'Loneliness'],
      ['1', 'Clause 1 of earlier terms'],
    ]);
    expect(found[0]!.rate).toBeNull();
    expect(found[1]!.counts).toEqual(counts);
  });

  it('stands by cohort in the order of the terms, and by time point as they fall due', () => {
    const folds = [
      ['malvern', '18m'],
      ['malvern', '6m'],
      ['*', '6m'],
      ['earlier', '6m'],
      ['wyre', '18m'],
      ['wyre', '9m'],
      ['wyre', '12m'],
      ['wyre', '6m'],
    ].map(([cohort, timePoint]): FollowUpFold => ({
      clause: '4.1',
      cohort: cohort!,
      timePoint: timePoint!,
      counts,
    }));
    expect(followUpOf(terms, folds).map(({ cohort, timePoint }) => [cohort, timePoint])).toEqual([
      ['wyre', '6m'],
      ['wyre', '12m'],
      ['wyre', '18m'],
      ['wyre', '9m'], // of earlier terms
      ['malvern', '6m'],
      ['malvern', '18m'],
      ['*', '6m'],
      ['earlier', '6m'],
    ]);
  });

  it('keeps clauses of earlier terms in the order of their numbers, after those of the terms', () => {
    const folds = ['2', '1', '4.1'].map((clause): FollowUpFold => ({ ...place, clause, counts }));
    expect(followUpOf(terms, folds).map(({ clause }) => clause)).toEqual(['4.1', '1', '2']);
  });

  it('counts everybody once, whatever the reason', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(null, ...REASONS), fc.integer({ min: 1, max: 99 }))),
        (folds) => {
          const found = followUpOf(
            terms,
            folds.map(([reason, participants]) => ({ ...place, reason, participants })),
          );
          const all = folds.reduce((sum, [, n]) => sum + n, 0);
          const { due, excluded, ...rest } = found[0]?.counts ?? { due: 0, excluded: 0 };
          expect(due + excluded).toBe(all);
          expect(Object.values(rest).reduce((sum, n) => sum + n, 0)).toBe(due);
        },
      ),
    ));
});
