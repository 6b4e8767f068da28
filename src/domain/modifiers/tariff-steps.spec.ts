import { civilDate } from '../calendar/civil-date.js';
import { formatFraction, fraction, ONE, ZERO } from '../money/fraction.js';
import type { Outcome, Reason } from '../outcomes/outcome.js';
import {
  aModifierContext,
  someModifierSurroundings,
  aWording,
} from '../../../test/support/clause.builder.js';
import { event, somebody } from '../../../test/support/record.builder.js';
import type { EventMetric } from '../outcomes/metric.js';
import type { ModifierContext, ModifierSurroundings } from './modifier.js';
import { modifierOf, type ModifierTerms } from './registry.js';

/** An outcome of so many pounds; a reason makes it one that pays nothing. */
const outcome = (
  occurrence: string,
  on: string,
  pounds: number,
  given: Partial<Outcome> = {},
): Outcome => ({
  clause: '2',
  metric: 'job',
  occurrence,
  outcomeOn: civilDate(on),
  quantity: ONE,
  unit: 'claim',
  rateMinor: BigInt(pounds) * 100n,
  exactMinor: fraction(BigInt(pounds) * 100n),
  cutMinor: ZERO,
  reason: null,
  finding: 'A job',
  steps: [],
  evidence: [`job/${occurrence}#1`],
  ...given,
});
const ONE_JOB = outcome('a', '2015-06-01', 100);

const run = (
  terms: ModifierTerms,
  outcomes: readonly Outcome[],
  given: Partial<ModifierContext> = {},
) => modifierOf(terms).apply(terms, outcomes, aModifierContext(given));
const pence = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ exactMinor, reason }) => [formatFraction(exactMinor), reason]);
const aged = (age: number) => ({ facts: somebody([], { attributes: { age } }) });
const faultsOf = (terms: ModifierTerms, given: Partial<ModifierSurroundings> = {}) =>
  modifierOf(terms)
    .problems(terms, someModifierSurroundings(given))
    .map(({ at, code }) => [at, code]);
const over = (min: number) => ({ attribute: 'age', min });

describe('M5, deadweight', () => {
  const flat = (percent: string): ModifierTerms => ({ type: 'M5', percent, groups: [] });
  it.each<[string, string, Reason | null]>([
    ['0%', '10000', null],
    ['1%', '9900', null],
    ['15%', '8500', null],
    ['33.3%', '6670', null],
    ['99%', '100', null],
    ['100%', '0', 'deadweight'],
  ])('%s leaves %s pence of £100', (percent, left, reason) => {
    expect(pence(run(flat(percent), [ONE_JOB]))).toEqual([[left, reason]]);
  });

  it('names the group it took the percentage from', () => {
    const terms: ModifierTerms = {
      type: 'M5',
      percent: '50%',
      groups: [{ only: over(65), percent: '100%' }],
    };
    expect(run(terms, [ONE_JOB], aged(70))[0]!.steps).toEqual([
      {
        step: 'M5',
        before: '10000',
        after: '0',
        why: '100% would have happened anyway where age is 65 or more',
      },
    ]);
    expect(faultsOf(flat('5%'), { level: 'cohort' })).toEqual([]);
  });

  it('says its step, and none where nothing is deducted', () => {
    expect(run(flat('15%'), [ONE_JOB])[0]!.steps).toEqual([
      { step: 'M5', before: '10000', after: '8500', why: '15% would have happened anyway' },
    ]);
    expect(run(flat('0%'), [ONE_JOB])[0]).toBe(ONE_JOB);
  });

  it('leaves a refusal alone, and reduces what worsened and what a cap cut off alike', () => {
    const refused = outcome('r', '2015-06-01', 0, { reason: 'missed' });
    expect(run(flat('100%'), [refused])).toEqual([refused]);
    const worse = outcome('w', '2015-06-01', -100, { cutMinor: fraction(1000n) });
    expect(run(flat('10%'), [worse])[0]).toMatchObject({
      exactMinor: fraction(-9000n),
      cutMinor: fraction(900n),
    });
  });

  const groups: ModifierTerms = {
    type: 'M5',
    percent: '50%',
    groups: [
      { only: over(80), percent: '0%' },
      { only: over(65), percent: '20%' },
    ],
  };
  it.each([
    [64, '5000'],
    [65, '8000'],
    [79, '8000'],
    [80, '10000'],
  ])('somebody of %i keeps %s: the first group that fits decides', (age, left) => {
    expect(pence(run(groups, [ONE_JOB], aged(age)))).toEqual([[left, null]]);
  });

  it('takes the percentage for all from a whole cohort, and refuses groups of one', () => {
    expect(pence(run(groups, [ONE_JOB], { facts: null }))).toEqual([['5000', null]]);
    expect(faultsOf(groups, { level: 'cohort' })).toEqual([['/groups', 'GROUPS_NOT_FOR_COHORT']]);
    expect(faultsOf(groups)).toEqual([]);
  });

  it.each<[string, [string, string][]]>([
    ['0%', []],
    ['100%', []],
    ['100.1%', [['/percent', 'PERCENT_OUT_OF_RANGE']]],
    ['-1%', [['/percent', 'PERCENT_OUT_OF_RANGE']]],
    ['15', [['/percent', 'PERCENT_SIGN']]],
    ['half', [['/percent', 'NOT_A_FRACTION']]],
  ])('%s: %j', (percent, faults) => expect(faultsOf(flat(percent))).toEqual(faults));

  it('says itself in words', () => {
    expect(modifierOf(groups).inWords(groups, aWording())).toBe(
      'less what would have happened anyway: 0% where age is 80 or more, 20% where age is 65 or more, 50% otherwise',
    );
    expect(modifierOf(flat('5%')).inWords(flat('5%'), aWording())).toBe(
      'less 5% that would have happened anyway',
    );
  });
});

describe('M7, uplift by category', () => {
  const terms: ModifierTerms = {
    type: 'M7',
    groups: [
      { only: over(80), percent: '25%' },
      { only: over(65), percent: '-10%' },
    ],
  };
  it.each([
    [64, '10000'],
    [65, '9000'],
    [80, '12500'],
  ])('somebody of %i brings in %s', (age, left) => {
    expect(pence(run(terms, [ONE_JOB], aged(age)))).toEqual([[left, null]]);
  });
  it('says its step and itself in words', () => {
    expect(run(terms, [ONE_JOB], aged(80))[0]!.steps).toEqual([
      { step: 'M7', before: '10000', after: '12500', why: '25% where age is 80 or more' },
    ]);
    expect(modifierOf(terms).inWords(terms, aWording())).toContain('-10% where age is 65 or more');
  });
  it.each<[string, [string, string][]]>([
    ['-99%', []],
    ['1000%', []],
    ['-100%', [['/groups/0/percent', 'PERCENT_OUT_OF_RANGE']]],
    ['1001%', [['/groups/0/percent', 'PERCENT_OUT_OF_RANGE']]],
  ])('%s: %j', (percent, faults) => {
    expect(faultsOf({ type: 'M7', groups: [{ only: over(65), percent }] })).toEqual(faults);
  });
  it('refuses a category that asks about nothing declared', () => {
    const only = { attribute: 'height', min: 1 };
    expect(faultsOf({ type: 'M7', groups: [{ only, percent: '1%' }] })).toEqual([
      ['/groups/0/only/attribute', 'ATTRIBUTE_UNDECLARED'],
    ]);
  });
});

describe('indexation', () => {
  const terms: ModifierTerms = { type: 'indexation', index: 'cpi', base: '100' };
  const indices = new Map([
    [
      'cpi',
      [
        { from: '2015-04-01', value: '100' },
        { from: '2016-04-01', value: '102.5' },
        { from: '2017-04-01', value: '99' },
      ],
    ],
  ]);
  it.each([
    ['2015-03-31', '10000'],
    ['2016-03-31', '10000'],
    ['2016-04-01', '10250'],
    ['2017-04-01', '9900'],
    ['2030-01-01', '9900'],
  ])('on %s £100 is %s pence', (on, worth) => {
    expect(pence(run(terms, [outcome('a', on, 100)], { indices }))).toEqual([[worth, null]]);
  });
  it('says which value it took', () => {
    expect(run(terms, [outcome('a', '2016-04-01', 100)], { indices })[0]!.steps[0]).toEqual({
      step: 'indexation',
      before: '10000',
      after: '10250',
      why: 'cpi 102.5 (from 2016-04-01) over 100',
    });
    expect(modifierOf(terms).inWords(terms, aWording())).toBe(
      'times the index cpi on the day of the outcome over 100',
    );
  });
  it.each<[string, Partial<typeof terms>, [string, string][]]>([
    ['none', {}, []],
    ['an index unknown', { index: 'rpi' }, [['/index', 'INDEX_UNKNOWN']]],
    ['a base of nought', { base: '0' }, [['/base', 'INDEX_VALUE']]],
    ['a base that is no number', { base: 'x' }, [['/base', 'INDEX_VALUE']]],
  ])('contradictions: %s', (_name, changes, faults) => {
    expect(faultsOf({ ...terms, ...changes }, { indices })).toEqual(faults);
  });
});

describe('M9, reversal', () => {
  const terms = {
    type: 'M9',
    reversedBy: 'return',
    withinMonths: 6,
    share: '100%',
    takesBack: 'latest',
  } as const;
  const returned = (...days: string[]) => ({
    facts: somebody(days.map((day, i) => event('return', `r${i + 1}`, day))),
  });
  const told = (outcomes: readonly Outcome[]) =>
    outcomes.map((o) => [o.occurrence, o.outcomeOn, formatFraction(o.exactMinor), o.reason]);
  const first = ['a', '2015-06-01', '10000', null];

  it.each<[string, object, string[], unknown[]]>([
    ['none', {}, [], []],
    ['the day before the result', {}, ['2015-05-31'], []],
    [
      'the day of the result',
      {},
      ['2015-06-01'],
      [['a/reversed/return/r1', '2015-06-01', '-10000', 'reversed']],
    ],
    [
      'the last day of the months',
      {},
      ['2015-12-01'],
      [['a/reversed/return/r1', '2015-12-01', '-10000', 'reversed']],
    ],
    ['the day after', {}, ['2015-12-02'], []],
    [
      'half of it',
      { share: '50%' },
      ['2015-07-01'],
      [['a/reversed/return/r1', '2015-07-01', '-5000', 'reversed']],
    ],
    [
      'twice, wholly',
      {},
      ['2015-07-01', '2015-08-01'],
      [['a/reversed/return/r1', '2015-07-01', '-10000', 'reversed']],
    ],
    [
      'twice 60 %, never more than it was worth',
      { share: '60%' },
      ['2015-07-01', '2015-08-01'],
      [
        ['a/reversed/return/r1', '2015-07-01', '-6000', 'reversed'],
        ['a/reversed/return/r2', '2015-08-01', '-4000', 'reversed'],
      ],
    ],
  ])('%s', (_name, changes, days, added) => {
    expect(told(run({ ...terms, ...changes }, [ONE_JOB], returned(...days)))).toEqual([
      first,
      ...added,
    ]);
  });

  it('takes back the latest result before it, or all, as the terms say', () => {
    const two = [ONE_JOB, outcome('b', '2015-07-01', 50), outcome('c', '2015-09-01', 20)];
    const taken = (takesBack: 'latest' | 'all', ...days: string[]) =>
      run({ ...terms, takesBack }, two, returned(...days))
        .slice(3)
        .map(({ reverses }) => reverses);
    expect(taken('latest', '2015-08-01')).toEqual(['b']);
    expect(taken('latest', '2015-08-01', '2015-08-02')).toEqual(['b', 'a']);
    expect(taken('all', '2015-08-01')).toEqual(['a', 'b']);
  });

  it('takes nothing back from a refusal, nor for an event that was withdrawn', () => {
    const refused = outcome('a', '2015-06-01', 0, { reason: 'missed' });
    expect(run(terms, [refused], returned('2015-07-01'))).toEqual([refused]);
    const facts = somebody([event('return', 'r1', '2015-07-01', { status: 'void' })]);
    expect(run(terms, [ONE_JOB], { facts })).toEqual([ONE_JOB]);
  });

  it('does not take back again what an earlier edition took back', () => {
    const once = run({ ...terms, share: '60%' }, [ONE_JOB], returned('2015-07-01'));
    const again = run(terms, once, returned('2015-07-01', '2015-08-01'));
    expect(told(again.slice(2))).toEqual([
      ['a/reversed/return/r2', '2015-08-01', '-4000', 'reversed'],
    ]);
  });

  it('can be read aloud', () => {
    expect(run(terms, [ONE_JOB], returned('2015-07-01'))[1]).toMatchObject({
      finding: '"return" on 2015-07-01 undid the result of 2015-06-01 (a)',
      reckoning: '100% of it',
      evidence: ['job/a#1', 'return/r1#1'],
      steps: [
        {
          step: 'M9',
          before: '0',
          after: '-10000',
          why: '100% of what it was worth is taken back, within 6 months',
        },
      ],
    });
    const all: ModifierTerms = { ...terms, takesBack: 'all' };
    expect(modifierOf(all).inWords(all, aWording())).toBe(
      '100% is taken back where return happens within 6 months, from every result before it',
    );
    expect(modifierOf(terms).inWords(terms, aWording())).toBe(
      '100% is taken back where return happens within 6 months, from the latest result before it',
    );
  });

  it.each<[string, object, [string, string][]]>([
    ['none', {}, []],
    ['no such event', { reversedBy: 'x' }, [['/reversedBy', 'METRIC_UNKNOWN']]],
    ['more than all', { share: '101%' }, [['/share', 'PERCENT_OUT_OF_RANGE']]],
    ['nothing', { share: '0%' }, [['/share', 'TAKES_NOTHING_BACK']]],
    ['the event that is paid for', { reversedBy: 'job' }, [['/reversedBy', 'REVERSED_BY_ITSELF']]],
  ])('contradictions: %s', (_name, changes, faults) => {
    const metric = (id: string): EventMetric => ({
      id,
      kind: 'event',
      label: id,
      paid: false,
      definition: 'x',
      evidence: ['x'],
    });
    const metrics = new Map(['return', 'job'].map((id) => [id, metric(id)]));
    expect(faultsOf({ ...terms, ...changes }, { metrics, ruleMetrics: ['job'] })).toEqual(faults);
  });
});

it.each<[ModifierTerms, Partial<ModifierSurroundings>, string]>([
  [
    { type: 'M5', percent: '5%', groups: [{ only: over(65), percent: '1%' }] },
    { level: 'cohort' },
    'This clause pays for a whole cohort, which has no attributes. Remove groups.',
  ],
  [
    { type: 'indexation', index: 'rpi', base: '100' },
    {},
    '"rpi" is not an index of these terms. Add it under indices.',
  ],
  [
    { type: 'indexation', index: 'cpi', base: '-1' },
    { indices: new Map([['cpi', []]]) },
    '"-1" must be a number above nought, such as 100.0.',
  ],
  [
    { type: 'M9', reversedBy: 'x', withinMonths: 6, share: '100%', takesBack: 'all' },
    {},
    '"x" is not an event metric of these terms.',
  ],
])('%j is refused in a sentence', (terms, given, sentence) =>
  expect(
    modifierOf(terms)
      .problems(terms, someModifierSurroundings(given))
      .map(({ detail }) => detail),
  ).toEqual([sentence]),
);
