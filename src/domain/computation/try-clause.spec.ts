import {
  ContractRecord,
  inForce,
  perEventTerms,
  perPointTerms,
  period,
  score as aScore,
  somebody as aParticipant,
} from '../../../test/support/record.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { payOf, workedExamples } from '../contract-terms/activation/worked-examples.js';
import { parseTerms } from '../contract-terms/parse.js';
import { MOST_LISTED, tryClause } from './try-clause.js';

const score = (occurrence: string, measuredOn: string, value: string) => ({
  metric: 'ucla',
  occurrence,
  measuredOn,
  value,
});
const EIGHT_TO_SIX = [score('baseline', '2015-06-04', '8'), score('6m', '2015-12-10', '6')];
const EXAMPLE = {
  name: 'Eight to six pays two points',
  startedOn: '2015-06-04',
  observations: EIGHT_TO_SIX,
  expect: '1320.00',
};
const withExamples = (...examples: object[]) => {
  const of = perPointTerms();
  const clauses = [{ ...of.clauses[0]!, examples }];
  return parseTerms(trialTerms({ ...of, clauses }));
};
const POINTS = withExamples(EXAMPLE);
const EVENTS = parseTerms(trialTerms(perEventTerms()));
const somebody = (more: object = {}) => ({
  startedOn: '2015-06-04',
  attributes: { age: 70 },
  observations: EIGHT_TO_SIX,
  ...more,
});

describe('trying a clause', () => {
  it('on an example by its name explains what it pays', () => {
    const trial = tryClause(POINTS, '4.1', EXAMPLE.name);
    expect(trial).toMatchObject({
      clause: '4.1',
      title: 'Reduction of loneliness',
      amount: '1320.00',
      expect: '1320.00',
      notListed: 0,
      sentence: `Clause 4.1 pays £1,320.00 for "${EXAMPLE.name}", before caps over more than one line.`,
    });
    const [paid, missed] = trial.outcomes;
    expect(paid).toMatchObject({
      participant: 'example',
      occurrence: '6m',
      quantity: '2',
      rate: '660.00',
      amount: '1320.00',
      reason: null,
      sentence:
        'UCLA fell from 8 to 6 between 2015-06-04 and 2015-12-10 (window 2015-11-04 to 2016-01-03): 2 points at £660.00 = £1,320.00 (clause 4.1).',
      steps: [{ step: 'R4', before: '0.00', after: '1320.00' }],
    });
    expect(missed).toMatchObject({ occurrence: '18m', amount: '0.00', reason: 'missed' });
  });

  it('before a day leaves out what has not come yet', () => {
    const trial = tryClause(POINTS, '4.1', { ...EXAMPLE, before: '2016-01-04' });
    expect(trial.outcomes.map(({ occurrence }) => occurrence)).toEqual(['6m']);
  });

  it('serves those whom the contract serves, and whom a payer admits', () => {
    const amount = (more: object) =>
      tryClause(POINTS, '4.1', { participants: [somebody(more)] }).amount;
    expect(amount({})).toBe('1320.00');
    expect(amount({ attributes: { age: 49 } })).toBe('0.00');
    expect(amount({ attributes: { age: 49 }, exceptionApproved: true })).toBe('1320.00');
  });

  it.each([1, 2, 300])('counts %d who are alike one by one', (times) => {
    const trial = tryClause(POINTS, '4.1', { participants: [somebody({ times })] });
    expect(trial.amount).toBe(`${1320 * times}.00`);
    expect(trial.outcomes).toHaveLength(Math.min(2 * times, MOST_LISTED));
    expect(trial.outcomes.length + trial.notListed).toBe(2 * times);
    const names = new Set(trial.outcomes.map(({ participant }) => participant));
    expect(names.size).toBe(Math.min(times, MOST_LISTED / 2));
  });

  it('pays what a computation pays for the same people', () => {
    const later = [7, 6, 5, 8];
    const seen = (value: number) => [
      score('baseline', '2015-06-04', '8'),
      score('6m', '2015-12-10', `${value}`),
    ];
    const participants = later.map((value) => somebody({ observations: seen(value) }));
    const record = new ContractRecord();
    const people = later.map((value, index) =>
      aParticipant(
        seen(value).map(({ occurrence, measuredOn }, at) =>
          aScore(occurrence, measuredOn, at === 0 ? '8' : `${value}`),
        ),
        { reference: `P-${index}` },
      ),
    );
    record.compute([inForce(perPointTerms())], period('all', '2015-04-01', '2018-01-01'), people);
    expect(record.totalMinor).toBe(396000n);
    expect(tryClause(POINTS, '4.1', { participants }).amount).toBe('3960.00');
  });

  it('finds nothing where nothing happened', () =>
    expect(tryClause(EVENTS, '2', { participants: [] })).toMatchObject({
      outcomes: [],
      amount: '0.00',
      expect: null,
      sentence: 'Clause 2 finds nothing to pay for or to refuse.',
    }));

  it('tries one clause, not its neighbours', () => {
    const observations = ['job', 'course'].map((metric) => ({
      metric,
      occurrence: `${metric}-1`,
      measuredOn: '2015-09-01',
    }));
    expect(tryClause(EVENTS, '2', { startedOn: '2015-06-04', observations }).amount).toBe('50.00');
  });

  it.each<[string, () => unknown, string]>([
    ['an unknown clause', () => tryClause(POINTS, '9', EXAMPLE), 'CLAUSE_UNKNOWN'],
    ['an unknown example', () => tryClause(POINTS, '4.1', 'Nine'), 'EXAMPLE_UNKNOWN'],
    ['a clause without examples', () => tryClause(EVENTS, '1', 'Nine'), 'EXAMPLE_UNKNOWN'],
    ['no values', () => tryClause(POINTS, '4.1', null), 'EXAMPLE_REFUSED'],
    ['unknown values', () => tryClause(POINTS, '4.1', { gift: 1 }), 'EXAMPLE_REFUSED'],
    ['contradictory values', () => tryClause(POINTS, '4.1', {}), 'EXAMPLE_REFUSED'],
  ])('refuses %s', (_name, act, code) => expect(act).toThrow(expect.objectContaining({ code })));

  it('names the place of each fault', () => {
    const observations = [score('7m', '2015-12-10', '6'), score('6m', '2015-12-10', '99')];
    expect(() => tryClause(POINTS, '4.1', { startedOn: '2015-06-04', observations })).toThrow(
      expect.objectContaining({
        faults: [
          expect.objectContaining({ at: '/observations/0/occurrence' }),
          expect.objectContaining({ at: '/observations/1/value', code: 'SCORE_OUT_OF_RANGE' }),
        ],
      }),
    );
  });
});

it('a clause is tried without the caps on the mix of clauses, which one clause alone would never meet', () => {
  const mix = { id: 'mix', scope: 'mix', clauses: ['2'], percent: '50%', over: 'contract' };
  const terms = parseTerms(trialTerms(perEventTerms({ caps: [mix] })));
  const course = { metric: 'course', occurrence: 'C-1', measuredOn: '2015-06-10' };
  const tried = tryClause(terms, '2', { startedOn: '2015-06-04', observations: [course] });
  expect(tried.outcomes.map(({ amount }) => amount)).toEqual(['50.00']);
  expect(tried.sentence).toBe('Clause 2 pays £50.00, before caps over more than one line.');
});

describe('worked examples at activation', () => {
  it('come out, in short and in the list alike', () => {
    const listed = { name: 'Two alike', participants: [somebody({ times: 2 })], expect: '2640.00' };
    const terms = withExamples(EXAMPLE, listed);
    expect(workedExamples(terms)).toEqual([]);
    expect(terms.clauses[0]!.examples.map((one) => payOf(terms, terms.clauses[0]!, one))).toEqual([
      132000n,
      264000n,
    ]);
  });

  it('that promise otherwise are told with both amounts', () =>
    expect(workedExamples(withExamples({ ...EXAMPLE, expect: '1319.99' }))).toEqual([
      {
        at: '/clauses/0/examples/0',
        code: 'EXAMPLE_MISMATCH',
        detail: `The example "${EXAMPLE.name}" promises £1,319.99, but the clause pays £1,320.00.`,
      },
    ]));

  it('may not have more participants together than can be worked through', () => {
    const large = { name: 'Many', participants: [somebody({ times: 10_000 })], expect: '0.00' };
    expect(workedExamples(withExamples(large, large, large))).toEqual([
      expect.objectContaining({ at: '/clauses', code: 'EXAMPLE_TOO_LARGE' }),
    ]);
  });
});
