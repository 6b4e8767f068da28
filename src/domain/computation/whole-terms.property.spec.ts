import fc from 'fast-check';
import {
  ContractRecord,
  digestOf,
  event,
  inForce,
  period,
  score,
  somebody,
  spell,
} from '../../../test/support/record.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { addDays, civilDate } from '../calendar/civil-date.js';
import { activationProblems } from '../contract-terms/activation/activation-problems.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';

/**
 * Contracts made up of every rule about participants, with steps, caps and splits of every kind, over people whose records
 * are corrected, moved and withdrawn between computations.
 */
const LAST = '2020-04-01';
const FIRST_HALF = period('first', '2015-04-01', '2016-01-01');
const REST = period('rest', '2016-01-01', LAST);

const metric = (id: string, kind: string, paid = true) => ({
  id,
  kind,
  label: id,
  paid,
  definition: id,
  evidence: ['Letter'],
});
const [ucla] = trialTerms().metrics;
const METRICS = [
  {
    ...ucla,
    timePoints: [
      ...ucla!.timePoints,
      { id: '18m', label: '18 months', months: 18, opensDays: -45, closesDays: 45 },
    ],
  },
  metric('job', 'event'),
  metric('course', 'event'),
  metric('lost', 'event', false),
  metric('home', 'spell'),
  metric('care', 'spell'),
];

const price = fc.integer({ min: 0, max: 20_000 }).map((minor) => (minor / 100).toFixed(2));
const waves = fc.constantFrom('independent', 'increment', 'held', 'average', 'last');
const rule = <R extends object>(type: string, more: fc.Arbitrary<R>) =>
  more.map((given) => ({ type, ...given }));
const RULES = fc.tuple(
  rule('R1', fc.record({ events: fc.constant(['job']), price })),
  rule('R1', fc.record({ events: fc.constant(['course', 'job']), price })),
  rule(
    'R2',
    fc.record({
      metric: fc.constant('home'),
      rungs: price.map((one) => [
        { id: 'in', label: 'Moving in', days: 0, price: one },
        { id: '4w', label: '4 weeks', weeks: 4, price: '33.33' },
        { id: '26w', label: '26 weeks', weeks: 26, price: one },
      ]),
      onBreak: fc.constantFrom('restart', 'cumulative'),
      openSpells: fc.constantFrom('count', 'wait'),
      toleranceDays: fc.integer({ min: 0, max: 14 }),
    }),
  ),
  rule(
    'R3',
    fc.record({
      metric: fc.constant('ucla'),
      price,
      threshold: fc.constantFrom<object>(
        { kind: 'change', points: '2' },
        { kind: 'level', value: '5', notAtBaseline: true },
      ),
      timePoints: fc.constant(['6m', '18m']),
      waves,
    }),
  ),
  rule(
    'R4',
    fc.record({
      metric: fc.constant('ucla'),
      rate: price,
      count: fc.constant('floored'),
      timePoints: fc.constant(['6m', '18m']),
      waves,
    }),
  ),
  rule(
    'R9',
    fc.record({
      metric: fc.constant('care'),
      horizon: fc.constant({ months: 12 }),
      against: fc.constant({ type: 'fixed', units: '90' }),
      unit: fc.constant('day'),
      partUnits: fc.constantFrom('whole', 'exact'),
      rate: price,
      count: fc.constant('floored'),
      accrue: fc.constantFrom('at-horizon', 'each-period'),
      exits: fc.constantFrom('count-as-avoided', 'stop-counting', 'exclude'),
    }),
  ),
  rule(
    'R10',
    fc.record(
      {
        conditions: fc.constant(['1', '3', '4']),
        need: fc.constantFrom('all', 2),
        withinMonths: fc.integer({ min: 1, max: 12 }),
        price,
      },
      { requiredKeys: ['conditions', 'need', 'price'] },
    ),
  ),
  rule(
    'R12',
    fc.record({
      schedule: price.map((amount) => ({
        by: 'participant',
        label: 'Fee',
        amount,
        when: 'months',
        months: 3,
      })),
    }),
  ),
);
const percent = fc.integer({ min: 1, max: 999 }).map((tenths) => `${tenths / 10}%`);
const STEPS = fc.tuple(
  fc.record({
    type: fc.constant('M7'),
    groups: percent.map((up) => [{ only: { attribute: 'age', min: 60 }, percent: up }]),
  }),
  fc.record({ type: fc.constant('M5'), percent }),
  fc.record({
    type: fc.constant('indexation'),
    index: fc.constant('cpi'),
    base: fc.constant('97.3'),
  }),
  fc.record({
    type: fc.constant('M2'),
    times: fc.integer({ min: 1, max: 2 }),
    per: fc.constantFrom('contract', 'period'),
  }),
  fc.record({
    type: fc.constant('M9'),
    reversedBy: fc.constant('lost'),
    withinMonths: fc.integer({ min: 1, max: 24 }),
    share: percent,
    takesBack: fc.constantFrom('latest', 'all'),
  }),
  fc.record({ type: fc.constant('M3'), amount: price }),
);
const modifiers = STEPS.chain((steps) => fc.shuffledSubarray<object>([...steps]));

const halves = (one: string) => [
  { payer: 'council', share: one },
  { payer: 'fund', share: `${1000 - Number(one.split('/')[0])}/1000` },
];
const share = fc.integer({ min: 1, max: 999 }).map((n) => halves(`${n}/1000`));
const SPLIT = fc.oneof(
  fc.record({ type: fc.constant('S1'), shares: share }),
  fc.record({
    type: fc.constant('S2'),
    attribute: fc.constant('home'),
    homes: share.map((shares) => [{ is: 'wyre', shares }]),
    others: share,
  }),
  fc.record({
    type: fc.constant('S3'),
    metrics: share.map((shares) => [{ metric: 'job', shares }]),
    others: share,
  }),
  fc.record({
    type: fc.constant('S4'),
    first: share,
    then: share.map((shares) => [{ from: '2015-12-01', shares }]),
  }),
  fc.record({
    type: fc.constant('S5'),
    shares: share,
    limits: price.map((amount) => [{ payer: 'fund', amount, then: 'council' }]),
  }),
);

const EACH = '150.00';
const contract = fc
  .record({
    rules: RULES,
    steps: fc.array(modifiers, { minLength: 8, maxLength: 8 }),
    split: SPLIT,
    mode: fc.constantFrom('half-up', 'half-even', 'down', 'up'),
    stage: fc.constantFrom('line', 'step'),
    limit: fc.option(price, { nil: undefined }),
    fund: fc.option(price, { nil: undefined }),
  })
  .map(({ rules, steps, split, mode, stage, limit, fund }): TermsInForce =>
    inForce({
      effective: { from: '2015-04-01', to: LAST },
      metrics: METRICS,
      population: {
        description: 'Everybody',
        maximum: 1000,
        attributes: {
          age: { type: 'number', label: 'Age' },
          home: { type: 'choice', label: 'Home', values: ['wyre', 'malvern'] },
        },
      },
      comparison: { method: 'own-baseline', deadweightPercent: '0%' },
      indices: [
        {
          id: 'cpi',
          source: 'ONS',
          values: [
            { from: '2015-04-01', value: '97.3' },
            { from: '2016-04-01', value: '101.1' },
          ],
        },
      ],
      clauses: rules.map((one, i) => ({
        id: String(i + 1),
        title: one.type,
        rule: one,
        // so that the index is always followed
        modifiers: i === 0 ? [...steps[0]!.filter((s) => !isIndexation(s)), INDEXED] : steps[i],
        verifiedBy: 'university',
      })),
      caps: [
        { id: 'each', scope: 'participant', amount: EACH },
        ...(limit === undefined ? [] : [{ id: 'limit', scope: 'contract', amount: limit }]),
        // by home, two payers with other shares for each place could not be told apart under a cap
        ...(fund === undefined || split.type === 'S2'
          ? []
          : [{ id: 'fund', scope: 'payer', payer: 'fund', amount: fund }]),
      ],
      plan: [],
      split,
      rounding: { mode, stage },
    }),
  );
const INDEXED = { type: 'indexation', index: 'cpi', base: '97.3' };
const isIndexation = (step: object) => (step as { type: string }).type === 'indexation';

const day = fc.integer({ min: 0, max: 700 }).map((n) => addDays(civilDate('2015-05-20'), n));
const status = fc.constantFrom<Observation['status']>('recorded', 'recorded', 'recorded', 'void');
const observation: fc.Arbitrary<Observation> = fc.oneof(
  fc
    .record({ metric: fc.constantFrom('job', 'course', 'lost'), id: fc.nat(2), on: day, status })
    .map(({ metric: of, id, on, status: now }) => event(of, `e${id}`, on, { status: now })),
  fc
    .record({
      metric: fc.constantFrom('home', 'care'),
      id: fc.nat(2),
      on: day,
      lasts: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
      status,
    })
    .map(({ metric: of, id, on, lasts, status: now }) =>
      spell(of, `s${id}`, on, lasts === undefined ? null : addDays(on, lasts), { status: now }),
    ),
  fc
    .record({
      occurrence: fc.constantFrom('baseline', '6m', '6m/2', '18m'),
      on: fc.integer({ min: -40, max: 40 }),
      value: fc.integer({ min: 3, max: 9 }),
      status,
    })
    .map(({ occurrence, on, value, status: now }) => {
      const target = { baseline: '2015-06-04', '6m': '2015-12-04', '18m': '2016-12-04' };
      const due = civilDate(target[occurrence.split('/')[0] as keyof typeof target]);
      return score(occurrence, addDays(due, on), String(value), {
        status: now,
        ...(now === 'void' ? { value: null } : {}),
      });
    }),
);
const person = (reference: string): fc.Arbitrary<ParticipantFacts> =>
  fc
    .record({
      observations: fc.uniqueArray(observation, {
        selector: (o) => `${o.metric}/${o.occurrence}`,
        maxLength: 9,
      }),
      age: fc.constantFrom(50, 70),
      home: fc.constantFrom('wyre', 'malvern'),
      exitedOn: fc.option(day, { nil: null }),
    })
    .map(({ observations, age, home, exitedOn }) =>
      somebody(observations, {
        reference,
        attributes: { age, home },
        exitedOn: exitedOn !== null && exitedOn < '2015-06-04' ? null : exitedOn,
      }),
    );
const people = fc.tuple(person('P-1'), person('P-2'));

const turnedRound = (all: readonly ParticipantFacts[]) =>
  all.map((one) => ({ ...one, observations: [...one.observations].reverse() }));
const paidTo = (record: ContractRecord, reference: string) =>
  record.posted
    .filter(({ line }) => line.participant === reference)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

describe('a contract of every rule, step, cap and split, whatever is corrected', () => {
  it('comes into force', () => {
    fc.assert(
      fc.property(contract, ({ terms }) => {
        expect(activationProblems(terms)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('posts nothing twice, follows no order of records, exceeds no cap per participant and no limit', () => {
    fc.assert(
      fc.property(contract, people, people, (version, known, corrected) => {
        const versions = [version];
        const record = new ContractRecord();
        const { split, caps } = version.terms;
        for (const [about, facts] of [
          [FIRST_HALF, known],
          [REST, known],
          [REST, corrected],
        ] as const) {
          const found = record.recheck(versions, about, turnedRound(facts));
          expect(digestOf(record.compute(versions, about, facts))).toBe(digestOf(found));
          expect(record.compute(versions, about, facts)).toEqual([]);
          for (const { reference } of facts)
            expect(paidTo(record, reference) <= 15_000n).toBe(true);
          const total = record.totalMinor;
          for (const cap of caps)
            if (cap.scope === 'contract') expect(total <= minor(cap.amount)).toBe(true);
            else if (cap.scope === 'payer')
              expect(record.partMinor('fund') <= minor(cap.amount)).toBe(true);
          if (split.type === 'S5')
            expect(record.partMinor('fund') <= minor(split.limits[0]!.amount)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });
});

const minor = (amount: string): bigint => BigInt(amount.replace('.', ''));
