import {
  ContractRecord,
  digestOf,
  event,
  inForce,
  period,
  somebody,
  spell,
  totalOf,
} from '../../../test/support/record.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import {
  RESIDENTIAL_CARE,
  RESIDENTIAL_CARE_TOTALS,
  ROUGH_SLEEPING,
  SPELL_EXAMPLES,
} from '../../../test/worked-examples/spells-and-time.js';
import { civilDate } from '../calendar/civil-date.js';
import { activationProblems } from '../contract-terms/activation/activation-problems.js';
import { parseDraft } from '../contract-terms/parse.js';
import { formatAmount, money } from '../money/money.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';
import type { PaymentLine } from './payment-line.js';

const ALL = period('all', '2012-04-01', '2023-04-01');
const pounds = (minor: bigint) => formatAmount(money(minor, 'GBP'));
const problemsOf = (terms: object) =>
  activationProblems(parseDraft(trialTerms({ ...terms }))).map(({ at, code }) => [at, code]);
const brief = (lines: readonly PaymentLine[]) =>
  lines.map(({ clause, occurrence, outcomeOn, amountMinor, reason }) => [
    clause,
    occurrence,
    outcomeOn,
    pounds(amountMinor),
    reason,
  ]);

describe('contracts that pay for spells', () => {
  it.each(SPELL_EXAMPLES)('$title', ({ terms, startedOn, records, lines, total }) => {
    expect(problemsOf(terms)).toEqual([]);
    const observations = records.map(({ metric, event: reference, from, to }) =>
      spell(metric, reference, from, to ?? null),
    );
    const found = new ContractRecord().compute([inForce(terms, '2012-04-01')], ALL, [
      somebody(observations, { startedOn: civilDate(startedOn) }),
    ]);
    expect(brief(found)).toEqual(lines);
    expect(pounds(totalOf(found))).toBe(total);
  });

  const children = Array.from({ length: RESIDENTIAL_CARE_TOTALS.children }, (_, i) =>
    somebody([], { reference: `C-${i}`, startedOn: civilDate('2014-01-06') }),
  );

  it.each(RESIDENTIAL_CARE_TOTALS.rows)(
    'residential care: 9 children × 104 weeks × £433 come to £$total where rounded by $rounding',
    ({ rounding, total }) => {
      const terms = { ...RESIDENTIAL_CARE, rounding };
      expect(problemsOf(terms)).toEqual([]);
      const record = new ContractRecord();
      record.compute([inForce(terms, '2012-04-01')], ALL, children);
      expect(pounds(record.totalMinor)).toBe(total);
      expect(record.compute([inForce(terms, '2012-04-01')], ALL, children)).toEqual([]);
    },
  );

  it('residential care: says how a child comes to its amount', () => {
    const terms = [inForce(RESIDENTIAL_CARE, '2012-04-01')];
    const lines = new ContractRecord().compute(terms, ALL, children);
    expect(lines[0]!.explanation).toBe(
      'Residential care from 2014-01-06 to 2016-01-03: 0 weeks against 104 weeks expected: ' +
        '104 weeks avoided at £433.00 = £45,032.00 (clause C).',
    );
  });
});

describe('a spell, computed again and again', () => {
  const VERSIONS = [inForce(ROUGH_SLEEPING, '2012-04-01')];
  const SPRING = period('2018-Q2', '2018-04-01', '2018-07-01');
  const WINTER = period('2018-Q1', '2018-01-01', '2018-04-01');
  const who = (...observations: Observation[]): ParticipantFacts[] => [
    somebody(observations, { startedOn: civilDate('2018-01-02') }),
  ];
  const lasting = who(spell('home', 'T-1', '2018-01-10'));

  it('pays a rung in the period of its day, and not before', () => {
    const record = new ContractRecord();
    expect(brief(record.compute(VERSIONS, WINTER, lasting))).toEqual([
      ['A', 'entry', '2018-01-10', '600.00', null],
    ]);
    expect(record.compute(VERSIONS, WINTER, lasting)).toEqual([]);
    expect(brief(record.compute(VERSIONS, SPRING, lasting))).toEqual([
      ['A', '3m', '2018-04-10', '1500.00', null],
    ]);
  });

  it('leaves what a later period posted as it is when an earlier one is computed again', () => {
    const record = new ContractRecord();
    const first = record.compute(VERSIONS, WINTER, lasting);
    record.compute(VERSIONS, SPRING, lasting);
    expect(record.compute(VERSIONS, WINTER, lasting)).toEqual([]);
    expect(digestOf(record.recheck(VERSIONS, WINTER, lasting, 0))).toBe(digestOf(first));
  });

  it('takes a rung back when a correction shortens the spell, and pays it again when that was wrong', () => {
    const record = new ContractRecord();
    record.compute(VERSIONS, WINTER, lasting);
    record.compute(VERSIONS, SPRING, lasting);
    const ended = who(spell('home', 'T-1', '2018-01-10', '2018-04-09', { version: 2 }));
    const taken = record.compute(VERSIONS, SPRING, ended);
    expect(brief(taken)).toEqual([
      ['A', '3m', '2018-04-10', '-1500.00', 'withdrawn'],
      ['A', '3m/2018-01-10', '2018-04-09', '0.00', 'not-sustained'],
    ]);
    expect(taken[1]!.explanation).toBe(
      '"Accommodation", begun on 2018-01-10, had ended by 2018-04-09, before 3 months: ' +
        'nothing is payable, because it did not last as long as the milestone asks (clause A).',
    );
    const again = who(spell('home', 'T-1', '2018-01-10', '2018-04-10', { version: 3 }));
    expect(brief(record.compute(VERSIONS, SPRING, again))).toEqual([
      ['A', '3m', '2018-04-10', '1500.00', null],
      ['A', '6m/2018-01-10', '2018-04-10', '0.00', 'not-sustained'],
    ]);
    expect(pounds(record.totalMinor)).toBe('2100.00');
  });
});

describe('terms on spells that come into force', () => {
  const withExample = (terms: { clauses: readonly object[] }, ...examples: object[]) => ({
    ...terms,
    clauses: [{ ...terms.clauses[0], examples }, ...terms.clauses.slice(1)],
  });
  const spells = (...of: [string, string?][]) =>
    of.map(([measuredOn, endedOn], i) => ({
      metric: 'home',
      occurrence: `T-${i}`,
      measuredOn,
      ...(endedOn === undefined ? {} : { endedOn }),
    }));

  it('hold examples of spells to what they promise', () => {
    const startedOn = '2018-01-02';
    const ended = spells(['2018-01-10', '2018-08-20']);
    const right = { name: 'half a year', startedOn, observations: ended, expect: '3600.00' };
    const lasting = {
      name: 'all',
      startedOn,
      observations: spells(['2018-01-10']),
      expect: '10500.00',
    };
    expect(problemsOf(withExample(ROUGH_SLEEPING, right, lasting))).toEqual([]);
    const backward = spells(['2018-01-10', '2018-01-10']);
    expect(
      problemsOf(
        withExample(
          ROUGH_SLEEPING,
          { ...right, expect: '3600.01' },
          { ...right, observations: backward },
          { ...right, observations: [{ ...ended[0], value: '3' }] },
        ),
      ),
    ).toEqual([
      ['/clauses/0/examples/0', 'EXAMPLE_MISMATCH'],
      ['/clauses/0/examples/1/observations/0/endedOn', 'ENDED_BEFORE_STARTED'],
      ['/clauses/0/examples/2/observations/0/value', 'VALUE_NOT_FOR_EVENTS'],
    ]);
    const left = { name: 'left', startedOn, exitedOn: '2019-01-01', observations: [] };
    expect(problemsOf(withExample(RESIDENTIAL_CARE, { ...left, expect: '22516.00' }))).toEqual([]);
  });

  it('are refused where a horizon ends after the last payment', () => {
    const until = (closesOn: string) => ({
      ...RESIDENTIAL_CARE,
      cohorts: [{ id: 'all', label: 'Everybody', opensOn: '2012-04-01', closesOn }],
    });
    expect(problemsOf(until('2021-04-03'))).toEqual([]);
    expect(problemsOf(until('2021-04-04'))).toEqual([
      ['/clauses/0/rule/horizon', 'HORIZON_AFTER_LAST_PERIOD'],
    ]);
  });
});

/** Four authorities, each with a baseline of its own; the wellbeing of the young person is tracked and not paid. */
const AREAS = { cornwall: '300', devon: '280', plymouth: '310', torbay: '295.5' };
const PENINSULA = {
  ...RESIDENTIAL_CARE,
  comparison: {
    method: 'historic-baseline',
    deadweightPercent: '0%',
    note: 'Each authority’s own.',
  },
  population: {
    description: 'Young people on the edge of care.',
    maximum: 200,
    attributes: {
      authority: { type: 'choice', label: 'Authority', values: Object.keys(AREAS) },
      expected: { type: 'number', label: 'Expected days in care' },
    },
  },
  periods: { type: 'quarters', from: '2012-04-01' },
  metrics: [
    ...RESIDENTIAL_CARE.metrics,
    { ...trialTerms().metrics[0], paid: false },
    {
      id: 'school',
      kind: 'event',
      label: 'Back at school',
      paid: false,
      definition: 'Attends school again.',
      evidence: ['Letter'],
    },
  ],
  clauses: Object.entries(AREAS).map(([authority, units]) => ({
    id: authority,
    title: `Care days avoided in ${authority}`,
    rule: {
      type: 'R9',
      metric: 'care',
      horizon: { months: 12 },
      against: { type: 'fixed', units },
      unit: 'day',
      partUnits: 'whole',
      rate: '120.00',
      count: 'net',
      accrue: 'each-period',
      exits: 'count-as-avoided',
    },
    modifiers: [{ type: 'M1', only: { attribute: 'authority', is: authority } }],
    verifiedBy: 'university',
  })),
};

describe('care days avoided on the Peninsula', () => {
  it('are paid quarter by quarter against the baseline of each authority, and sum to the year', () => {
    expect(problemsOf(PENINSULA)).toEqual([]);
    const versions = [inForce(PENINSULA, '2012-04-01')];
    const person = somebody(
      [spell('care', 'P-1', '2014-03-01', '2014-05-01'), event('school', 'S-1', '2014-09-01')],
      {
        startedOn: civilDate('2014-01-01'),
        attributes: { authority: 'torbay', expected: 100 },
      },
    );
    const record = new ContractRecord();
    const quarters = ['2014-01-01', '2014-04-01', '2014-07-01', '2014-10-01', '2015-01-01'];
    for (const [i, to] of quarters.slice(1).entries())
      record.compute(versions, period(`2014-Q${i + 1}`, quarters[i]!, to), [person]);
    // 295.5 expected less 61 in care: 234 whole days
    expect(pounds(record.totalMinor)).toBe('28080.00');
    const paid = record.posted.filter(({ amountMinor }) => amountMinor !== 0n);
    expect(paid.map(({ clause, occurrence }) => [clause, occurrence])).toEqual([
      ['torbay', '2014-Q1'],
      ['torbay', '2014-Q2'],
      ['torbay', '2014-Q3'],
      ['torbay', '2014-Q4'],
    ]);
  });

  it('are all taken back where the terms leave out whoever leaves early', () => {
    const [clause] = PENINSULA.clauses.filter(({ id }) => id === 'torbay');
    const terms = {
      ...PENINSULA,
      clauses: [{ ...clause!, rule: { ...clause!.rule, exits: 'exclude' } }],
    };
    expect(problemsOf(terms)).toEqual([]);
    const versions = [inForce(terms, '2012-04-01')];
    const child = somebody([], {
      startedOn: civilDate('2014-01-01'),
      attributes: { authority: 'torbay', expected: 100 },
    });
    const record = new ContractRecord();
    const first = period('2014-Q1', '2014-01-01', '2014-04-01');
    const second = period('2014-Q2', '2014-04-01', '2014-07-01');
    expect(brief(record.compute(versions, first, [child]))).toEqual([
      ['torbay', '2014-Q1', '2014-03-31', '8640.00', null],
    ]);
    const left = { ...child, exitedOn: civilDate('2014-05-01') };
    expect(brief(record.compute(versions, second, [left]))).toEqual([
      ['torbay', '2014-Q1', '2014-03-31', '-8640.00', 'left-early'],
      ['torbay', '2014-Q2', '2014-06-30', '0.00', 'left-early'],
    ]);
  });
});
