import { aWording } from '../../../test/support/clause.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { formatFraction } from '../money/fraction.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import { score, somebody } from '../../../test/support/record.builder.js';
import { someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { aMeasureContext, scored, UCLA } from '../../../test/support/measure.builder.js';
import { meanChange, type MeanChangeTerms } from './mean-change.js';

const TERMS: MeanChangeTerms = {
  of: 'mean-change',
  metric: 'ucla',
  timePoint: '6m',
  missing: 'exclude',
  over: 'cohort',
  cohorts: 'each',
};

const values = (
  terms: Partial<MeanChangeTerms>,
  people: readonly ParticipantFacts[],
  context = aMeasureContext(),
  counts: (facts: ParticipantFacts) => boolean = () => true,
) => {
  const measure = meanChange.open({ ...TERMS, ...terms }, context);
  for (const facts of people) measure.collect(facts, counts(facts));
  return measure.values();
};

const mean = (...given: Parameters<typeof values>) => {
  const [only] = values(...given);
  return [only!.value === null ? null : formatFraction(only!.value), only!.n];
};

describe('the mean improvement of a cohort', () => {
  it.each<[string, ParticipantFacts[], string | null, bigint]>([
    ['nobody', [], null, 0n],
    ['one', [scored('a', 8, 6)], '2', 1n],
    ['all identical', [scored('a', 8, 6), scored('b', 8, 6), scored('c', 7, 5)], '2', 3n],
    ['better and worse', [scored('a', 8, 6), scored('b', 6, 7)], '0.5', 2n],
    ['thirds', [scored('a', 8, 7), scored('b', 6, 6), scored('c', 5, 5)], '1/3', 3n],
    ['all missing', [scored('a', 8, null), scored('b', null, null)], null, 0n],
  ])('of %s', (_name, people, value, n) => expect(mean({}, people)).toEqual([value, n]));

  const people = [
    scored('a', 8, 6),
    scored('b', 7, null),
    scored('c', null, null),
    scored('d', null, 5),
  ];
  it.each<[MeanChangeTerms['missing'], string, bigint]>([
    ['exclude', '2', 1n],
    ['baseline-carried-forward', '1', 2n],
    ['zero-change', '0.5', 4n],
    // b falls from 7 to 9, the worst; c and d, without a baseline, over the whole scale from 3 to 9
    ['floor', '-3', 4n],
  ])('of some missing, by the rule %s', (missing, value, n) =>
    expect(mean({ missing }, people)).toEqual([value, n]),
  );

  it('counts a measurement outside its window as missing, and the chosen of several attempts', () => {
    const late = somebody([score('baseline', '2015-06-04', '9'), score('6m', '2016-01-04', '3')]);
    const twice = somebody([
      score('baseline', '2015-06-04', '9'),
      score('6m/2', '2015-12-20', '5'),
      score('6m', '2015-12-10', '7'),
    ]);
    expect(mean({}, [late, twice])).toEqual(['2', 1n]);
    expect(values({}, [late, twice])[0]!.followUp).toMatchObject({ due: 2, measured: 1, late: 1 });
  });

  it('leaves out whom the clause does not count, and says how many', () => {
    const [only] = values(
      {},
      [scored('a', 8, 6), scored('b', 8, 3)],
      aMeasureContext(),
      ({ reference }) => reference === 'a',
    );
    expect(only).toMatchObject({ n: 1n, followUp: { due: 1, measured: 1, excluded: 1 } });
    expect(only!.finding).toBe(
      'UCLA improved by 2 on average over 1 who counts (6 months, Everyone; 1 due, 1 measured, 1 excluded; those without one are left out)',
    );
  });

  it('is settled on the day on which the last window of the cohort closes', () => {
    // whoever starts on 2015-12-31 is due on 2016-06-30 and may be measured for 30 days more
    expect(values({}, [scored('a', 8, 6)])[0]).toMatchObject({
      occurrence: '6m',
      outcomeOn: '2016-07-30',
    });
  });

  it('is settled in each period for those whose follow-up fell in it', () => {
    const later = scored('b', 6, null);
    const found = values({ over: 'period' }, [scored('a', 8, 6), later]);
    expect(found.map((v) => [v.occurrence, v.outcomeOn, v.n, v.reason])).toEqual([
      ['2015-Q4', '2015-12-31', 1n, null],
      ['2016-Q1', '2016-03-31', 0n, 'too-few'],
    ]);
    expect(found[1]!.finding).toMatch(
      /^Nobody counts towards a mean of UCLA .*1 due, 0 measured, 1 missed\)$/,
    );
  });

  it('says what it rests on in one entry, whatever the order', () => {
    const all = [scored('a', 8, 6), scored('b', 7, 5), scored('c', 6, null)];
    const [one] = values({}, all);
    const [other] = values({}, [...all].reverse());
    expect(one).toEqual(other);
    expect(one!.evidence).toHaveLength(1);
    expect(one!.evidence[0]).toMatch(/^4 measurement versions, sha256-sum:[0-9a-f]{64}$/);
    const corrected = [scored('a', 8, 6), scored('b', 7, 4), scored('c', 6, null)];
    expect(values({}, corrected)[0]!.evidence).not.toEqual(one!.evidence);
  });

  it('takes each cohort on its own, or all together', () => {
    const dates = {
      label: 'x',
      opensOn: civilDate('2015-04-01'),
      closesOn: civilDate('2015-12-31'),
    };
    const context = aMeasureContext(
      {},
      {
        cohorts: [
          { ...dates, id: 'one' },
          { ...dates, id: 'two' },
        ],
      },
    );
    const people = [scored('a', 8, 6, { cohort: 'two' }), scored('b', 8, 5, { cohort: 'one' })];
    const short = (cohorts: MeanChangeTerms['cohorts']) =>
      values({ cohorts }, people, context).map((v) => [
        v.cohort,
        v.value && formatFraction(v.value),
      ]);
    expect(short('each')).toEqual([
      ['one', '3'],
      ['two', '2'],
    ]);
    expect(short('together')).toEqual([['*', '2.5']]);
  });

  it.each<[Partial<MeanChangeTerms>, string, string]>([
    [{ metric: 'visits' }, '/metric', 'METRIC_UNKNOWN'],
    [{ timePoint: '9m' }, '/timePoint', 'TIME_POINT_UNKNOWN'],
    [{ timePoint: 'baseline' }, '/timePoint', 'BASELINE_PAID'],
  ])('refuses %j', (terms, at, code) => {
    const faults = meanChange.problems({ ...TERMS, ...terms }, someRuleSurroundings([UCLA]));
    expect(faults.map((fault) => [fault.at, fault.code])).toEqual([[at, code]]);
  });

  it('reads aloud', () =>
    expect(meanChange.inWords(TERMS, aWording(aMeasureContext().metrics))).toBe(
      'the mean improvement in UCLA at 6m of each cohort (those without one are left out; settled when the last window has closed)',
    ));
});
