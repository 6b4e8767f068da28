import fc from 'fast-check';
import { activationProblems } from '../contract-terms/activation/activation-problems.js';
import { civilDate } from '../calendar/civil-date.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import {
  ContractRecord,
  event,
  inForce,
  period,
  perEventTerms,
  perPointTerms,
  score,
  somebody,
  totalOf,
} from '../../../test/support/record.builder.js';
import { figure, recordOf, scored } from '../../../test/support/measure.builder.js';
import type { PaymentLine } from './payment-line.js';

const Q2 = period('2015-Q2', '2015-04-01', '2015-07-01');
const Q3 = period('2015-Q3', '2015-07-01', '2015-10-01');
const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');
const LAST = period('2017-Q3', '2017-07-01', '2017-10-01');

const inShort = (lines: readonly PaymentLine[]) =>
  lines.map(({ clause, cohort, occurrence, kind, amountMinor, reason }) => [
    clause,
    cohort,
    occurrence,
    kind,
    Number(amountMinor) / 100,
    reason,
  ]);

describe('a clause on the mean of a cohort', () => {
  const rule = {
    type: 'R5',
    measure: {
      of: 'mean-change',
      metric: 'ucla',
      timePoint: '6m',
      missing: 'exclude',
      over: 'cohort',
    },
    floor: '0',
    ceiling: '2',
    pays: { by: 'maximum', amount: '1000.00' },
  };
  const clause = (modifiers: object[]) => [
    { id: '4.1', title: 'Band', rule, modifiers, verifiedBy: 'university' },
  ];
  const bandTerms = (modifiers: object[] = []) => ({
    ...perPointTerms(),
    clauses: clause(modifiers),
  });
  const people = [scored('P-1', 8, 7), scored('P-2', 8, 7), scored('P-3', 8, null)];

  it('can be brought into force', () =>
    expect(activationProblems(inForce(bandTerms([{ type: 'M8', minimumN: 2 }])).terms)).toEqual(
      [],
    ));

  it('may carry a worked example, with one participant as the whole cohort', () => {
    const example = (expect: string) => ({
      name: 'one point',
      startedOn: '2015-06-04',
      observations: [
        { metric: 'ucla', occurrence: 'baseline', measuredOn: '2015-06-04', value: '8' },
        { metric: 'ucla', occurrence: '6m', measuredOn: '2015-12-04', value: '7' },
      ],
      expect,
    });
    const [one] = clause([]);
    const faults = (expect: string) =>
      activationProblems(
        inForce({ ...perPointTerms(), clauses: [{ ...one, examples: [example(expect)] }] }).terms,
      ).map(({ code }) => code);
    expect(faults('500.00')).toEqual([]);
    expect(faults('499.99')).toEqual(['EXAMPLE_MISMATCH']);
  });

  it('is refused where its last participant would be followed after payments end', () => {
    const measure = {
      of: 'arm-difference',
      attribute: 'age',
      treated: 70,
      comparison: 71,
      counts: { what: 'events', metric: 'job', per: 'participant', better: 'lower' },
      as: 'difference',
    };
    const faults = (months: number) =>
      activationProblems(
        inForce({
          ...perEventTerms(),
          metrics: perEventTerms().metrics.slice(0, 1),
          clauses: [
            {
              id: '1',
              title: 'Arms',
              rule: {
                type: 'R8',
                measure: { ...measure, counts: { ...measure.counts, months } },
                price: '1.00',
                floor: { in: 'value', value: '0' },
              },
              modifiers: [],
              verifiedBy: 'university',
            },
          ],
        }).terms,
      ).map(({ at, code }) => [at, code]);
    // the last may start on 2016-12-31; payments end on 2020-04-01
    expect(faults(38)).toEqual([]);
    expect(faults(40)).toEqual([
      ['/clauses/0/rule/measure/counts/months', 'WINDOW_AFTER_LAST_PERIOD'],
    ]);
  });

  it('is settled once, when the last window has closed, and its line keeps the counts', () => {
    const [record, terms] = [new ContractRecord(), [inForce(bandTerms())]];
    expect(record.compute(terms, Q4, people)).toEqual([]);
    const [line, ...others] = record.compute(terms, LAST, people);
    expect(others).toEqual([]);
    expect(inShort([line!])).toEqual([['4.1', 'all', '6m', 'payment', 500, null]]);
    expect(line!.followUp).toMatchObject({ due: 3, measured: 2, missed: 1 });
    expect(line!.explanation).toBe(
      'UCLA improved by 1 on average over 2 who count (6 months, Everybody; 3 due, 2 measured, 1 missed; those without one ' +
        'are left out): 50% of £1,000.00 = £500.00 (clause 4.1).',
    );
  });

  it('stands when an earlier period is computed again, and a correction posts the difference', () => {
    const [record, terms] = [new ContractRecord(), [inForce(bandTerms())]];
    record.compute(terms, LAST, people);
    expect(record.compute(terms, LAST, [...people].reverse())).toEqual([]);
    expect(record.compute(terms, Q2, people)).toEqual([]);
    const corrected = [scored('P-1', 8, 5), ...people.slice(1)];
    expect(inShort(record.compute(terms, Q2, corrected))).toEqual([
      ['4.1', 'all', '6m', 'true-up', 500, null],
    ]);
    expect(record.totalMinor).toBe(100_000n);
  });

  it('leaves out whom the contract does not serve', () => {
    const young = scored('P-4', 9, 3, { attributes: { age: 20 } });
    const [line] = new ContractRecord().compute([inForce(bandTerms())], LAST, [...people, young]);
    expect(line!.followUp).toMatchObject({ due: 3, excluded: 1 });
    expect(line!.amountMinor).toBe(50_000n);
  });

  it('pays nothing where too few were measured', () =>
    expect(
      inShort(
        new ContractRecord().compute(
          [inForce(bandTerms([{ type: 'M8', minimumN: 3 }]))],
          LAST,
          people,
        ),
      ),
    ).toEqual([['4.1', 'all', '6m', 'refusal', 0, 'too-few']]));
});

describe('a follow-up gate on payments for each person', () => {
  const terms = [
    inForce(
      perPointTerms({ timePoints: ['6m'], waves: 'independent' }, {}, [
        { type: 'M8', minimumFollowUpPercent: '60%' },
      ]),
    ),
  ];
  const missed = (reference: string) => scored(reference, 8, null);
  const Q1 = period('2016-Q1', '2016-01-01', '2016-04-01');

  it('asks for everybody first, and pays nobody below it', () => {
    const people = [scored('P-1', 8, 6), missed('P-2')];
    const record = new ContractRecord();
    const [first, second] = record.compute(terms, Q1, people);
    expect(inShort([first!, second!])).toEqual([
      ['4.1', 'all', '6m', 'refusal', 0, 'follow-up-too-low'],
      ['4.1', 'all', '6m', 'refusal', 0, 'missed'],
    ]);
    expect(first!.steps.at(-1)!.why).toContain('2 due, 1 measured, 1 missed, a follow-up of 50%');
    // a score that comes late lifts the cohort over the gate, and both are paid
    const late = [scored('P-1', 8, 6), scored('P-2', 8, 7)];
    expect(
      inShort(record.compute(terms, Q1, late)).map(([, , , kind, pounds]) => [kind, pounds]),
    ).toEqual([
      ['true-up', 1320],
      ['true-up', 660],
    ]);
  });
});

const jobs = (reference: string, days: readonly string[]): ParticipantFacts =>
  somebody(
    days.map((on, index) => event('job', `j${index}-${on}`, on)),
    { reference },
  );

describe('volume bands over a contract', () => {
  const bands = [
    { from: '0', to: '2', price: '100.00' },
    { from: '2', price: '60.00' },
  ];
  const M6 = (price = '60.00') => ({
    type: 'M6',
    counted: 'over-contract',
    bands: [bands[0], { ...bands[1], price }],
  });
  const terms = [inForce(perEventTerms({}, [M6()]))];
  const adjusting = (lines: readonly PaymentLine[]) =>
    inShort(lines).filter(([, cohort]) => cohort === '*');

  it('can be brought into force, last in their clause', () => {
    expect(activationProblems(terms[0]!.terms)).toEqual([]);
    const early = inForce(perEventTerms({}, [M6(), { type: 'M2', times: 1 }]));
    expect(activationProblems(early.terms)).toMatchObject([{ code: 'MODIFIER_ORDER' }]);
  });

  it('post one adjusting line for each period, and true up the right one', () => {
    const record = new ContractRecord();
    const people = [jobs('P-1', ['2015-06-10', '2015-07-10']), jobs('P-2', ['2015-08-10'])];
    expect(adjusting(record.compute(terms, Q2, people))).toEqual([
      ['1', '*', 'volume/2015-Q2', 'refusal', 0, 'nothing-to-adjust'],
    ]);
    expect(adjusting(record.compute(terms, Q3, people))).toEqual([
      ['1', '*', 'volume/2015-Q3', 'payment', -40, null],
    ]);
    expect(record.compute(terms, Q3, [...people].reverse())).toEqual([]);
    // two jobs of the second quarter come to light: the places of the third move up
    const late = [...people, jobs('P-3', ['2015-06-11', '2015-06-12'])];
    expect(adjusting(record.compute(terms, Q3, late))).toEqual([
      ['1', '*', 'volume/2015-Q2', 'true-up', -40, null],
      ['1', '*', 'volume/2015-Q3', 'true-up', -40, null],
    ]);
    expect(record.totalMinor).toBe(2n * 10_000n + 3n * 6_000n);
    expect(record.compute(terms, Q2, late)).toEqual([]);
  });

  it('of an earlier edition stand; a later edition decides the periods that end under it', () => {
    const record = new ContractRecord();
    const amended = [terms[0]!, inForce(perEventTerms({}, [M6('10.00')]), '2015-07-01', 2)];
    const people = [
      jobs('P-1', ['2015-06-10', '2015-06-11', '2015-06-12']),
      jobs('P-2', ['2015-07-10']),
    ];
    record.compute(terms, Q2, people);
    expect(record.compute(amended, Q2, people)).toEqual([]);
    expect(adjusting(record.compute(amended, Q3, people))).toEqual([
      ['1', '*', 'volume/2015-Q3', 'payment', -90, null],
    ]);
  });
});

describe('steps over all outcomes of a clause', () => {
  const ERRORS = {
    id: 'errors',
    kind: 'rate',
    label: 'Errors in the sample',
    paid: false,
    grain: 'quarter',
    definitions: [
      { version: '2015', from: '2015-01-01', numerator: 'Errors', denominator: 'Claims' },
    ],
  };
  const M9 = {
    type: 'M9-sample',
    metric: 'errors',
    tolerancePercent: '0%',
    takesOff: 'whole-rate',
  };
  const M6 = { type: 'M6', counted: 'each-period', bands: [{ from: '0', price: '50.00' }] };

  it('are reckoned in their order: errors are taken off what the bands left', () => {
    const terms = perEventTerms({}, [M6, M9]);
    const version = inForce({ ...terms, metrics: [...terms.metrics, ERRORS] });
    expect(activationProblems(version.terms)).toEqual([]);
    const facts = recordOf({ figures: [figure('2015-04-01', 10, 100, { metric: 'errors' })] });
    const lines = new ContractRecord().compute([version], Q2, [jobs('P-1', ['2015-06-10'])], facts);
    expect(inShort(lines)).toEqual([
      ['1', 'all', 'j0-2015-06-10', 'payment', 100, null],
      ['1', '*', 'volume/2015-Q2', 'payment', -50, null],
      ['1', '*', 'sampled-error/2015-Q2', 'payment', -5, null],
    ]);
  });
});

describe('a cap on the mix of clauses', () => {
  const cap = { id: 'mix', scope: 'mix', clauses: ['2'], percent: '50%', over: 'contract' };
  const terms = [inForce(perEventTerms({ caps: [cap] }))];
  const both = (reference: string, courses: readonly string[], days: readonly string[]) => ({
    ...jobs(reference, days),
    observations: [
      ...jobs(reference, days).observations,
      ...courses.map((on) => event('course', on, on)),
    ],
  });

  it('can be brought into force, in its place and with others beside it', () => {
    const faults = (caps: object[]) =>
      activationProblems(inForce(perEventTerms({ caps })).terms).map(({ at, code }) => [at, code]);
    expect(faults([cap])).toEqual([]);
    expect(faults([{ ...cap, percent: '100%' }])).toEqual([['/caps/0/percent', 'NOT_A_MIX']]);
    expect(faults([{ ...cap, percent: '0%' }])).toEqual([['/caps/0/percent', 'NOT_A_MIX']]);
    expect(faults([{ ...cap, clauses: ['1', '2'] }])).toEqual([['/caps/0/clauses', 'MIX_OF_ALL']]);
    expect(faults([{ ...cap, clauses: ['2', '2'] }])).toEqual([
      ['/caps/0/clauses/1', 'NAMED_TWICE'],
    ]);
    expect(faults([{ ...cap, clauses: ['9'] }])).toEqual([['/caps/0/clauses/0', 'CLAUSE_UNKNOWN']]);
    expect(faults([{ id: 'all', scope: 'contract', amount: '9.00' }, cap])).toEqual([
      ['/caps/1', 'CAP_ORDER'],
    ]);
  });

  it('takes off what is too much, and gives it back when others follow', () => {
    const record = new ContractRecord();
    const early = [both('P-1', ['2015-06-10', '2015-06-11', '2015-06-12'], ['2015-06-13'])];
    expect(inShort(record.compute(terms, Q2, early)).at(-1)).toEqual([
      '2',
      '*',
      'mix/mix/2015-Q2',
      'payment',
      -50,
      null,
    ]);
    const later = [...early, both('P-2', [], ['2015-07-10'])];
    expect(inShort(record.compute(terms, Q3, later)).at(-1)).toEqual([
      '2',
      '*',
      'mix/mix/2015-Q3',
      'payment',
      50,
      null,
    ]);
    expect(record.totalMinor).toBe(35_000n);
    expect(record.compute(terms, Q3, later)).toEqual([]);
  });

  it('is never exceeded by what was posted, whatever happens and in whatever order it is told', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 5 }),
        (counts) => {
          const days = (n: number, month: string) =>
            Array.from({ length: n }, (_, i) => `2015-${month}-1${i}`);
          const people = counts.map(([courses, done], i) =>
            both(`P-${i}`, days(courses, i % 2 ? '06' : '08'), days(done, i % 3 ? '08' : '06')),
          );
          const record = new ContractRecord();
          for (const about of [Q2, Q3]) record.compute(terms, about, people);
          const named = totalOf(record.posted.filter(({ clause }) => clause === '2'));
          expect(named * 2n).toBeLessThanOrEqual(record.totalMinor);
          expect(record.compute(terms, Q3, [...people].reverse())).toEqual([]);
        },
      ),
      { numRuns: 40 },
    ));
});

it('a score of somebody in no cohort of the terms is counted with its own', () => {
  const stray = somebody([score('baseline', '2015-06-04', '8'), score('6m', '2015-12-04', '6')], {
    cohort: 'gone',
    startedOn: civilDate('2015-06-04'),
  });
  const rule = {
    type: 'R7',
    measure: {
      of: 'mean-change',
      metric: 'ucla',
      timePoint: '6m',
      missing: 'exclude',
      over: 'period',
    },
    tiers: [{ from: '0', pays: { by: 'each', price: '10.00' } }],
  };
  const terms = {
    ...perPointTerms(),
    clauses: [{ id: '4.1', title: 'Steps', rule, modifiers: [], verifiedBy: 'university' }],
  };
  expect(inShort(new ContractRecord().compute([inForce(terms)], Q4, [stray]))).toEqual([
    ['4.1', 'gone', '2015-Q4', 'payment', 10, null],
  ]);
});
