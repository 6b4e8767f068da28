import { addDays, civilDate } from '../calendar/civil-date.js';
import { fraction, ONE, ZERO } from '../money/fraction.js';
import type { CohortOutcome, Level, Outcome, Reason } from '../outcomes/outcome.js';
import { aClauseContext, someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { somebody } from '../../../test/support/record.builder.js';
import { composite, type CompositeRule } from './composite.js';

const RULE: CompositeRule = {
  type: 'R10',
  conditions: ['1', '2', '3'],
  need: 'all',
  price: '1000.00',
  unit: 'result',
};

/** An outcome of a clause above: worth £50, unless a reason says that it is worth nothing. */
const above = (
  clause: string,
  on: string,
  reason: Reason | null = null,
  given: Partial<CohortOutcome> = {},
): CohortOutcome => ({
  clause,
  cohort: 'all',
  metric: `metric-${clause}`,
  occurrence: `${clause}-${on}`,
  outcomeOn: civilDate(on),
  quantity: reason === null || reason === 'price-is-nil' ? ONE : ZERO,
  unit: 'claim',
  rateMinor: 5000n,
  exactMinor: reason === null ? fraction(5000n) : ZERO,
  cutMinor: ZERO,
  reason,
  finding: 'found',
  steps: [],
  evidence: [`${clause}/${on}`],
  ...given,
});

const levels = (level: Level) =>
  new Map<string, Level>(RULE.conditions.map((id) => [id, level] as const));
const weigh = (rule: Partial<CompositeRule>, earlier: readonly Outcome[], before = '2018-01-01') =>
  composite
    .open(
      { ...RULE, ...rule },
      aClauseContext([], { levels: levels('participant'), before: civilDate(before) }),
    )
    .weigh(somebody([]), true, earlier);
const told = (outcomes: readonly Outcome[]) =>
  outcomes.map((o) => [o.occurrence, o.outcomeOn, o.exactMinor.numerator, o.reason]);

const A = above('1', '2015-06-01');
const B = above('2', '2015-09-01');
const C = above('3', '2015-12-01');
const met = (on: string) => [['met', on, 100000n, null]];
const notMet = (on: string) => [['not-met', on, 0n, 'condition-not-met']];

describe('R10 pays where the conditions of other clauses are met', () => {
  it.each<[string, Partial<CompositeRule>, Outcome[], unknown[]]>([
    ['none yet', {}, [], []],
    ['two of all', {}, [A, B], []],
    ['all', {}, [A, B, C], met('2015-12-01')],
    ['all, whatever the order', {}, [C, A, B], met('2015-12-01')],
    ['any', { need: 'any' }, [B, A], met('2015-06-01')],
    ['one of two needed', { need: 2 }, [B], []],
    ['two of two needed', { need: 2 }, [B, C], met('2015-12-01')],
    ['three where two are needed', { need: 2 }, [A, B, C], met('2015-09-01')],
    ['the same clause twice is one condition', { need: 2 }, [A, above('1', '2015-07-01')], []],
    ['other clauses are none of its business', { need: 2 }, [A, above('9', '2015-07-01')], []],
    [
      'recorded without a price',
      {},
      [A, B, above('3', '2015-12-01', 'price-is-nil')],
      met('2015-12-01'),
    ],
    [
      'cut by a cap, but worth something',
      {},
      [A, B, above('3', '2015-12-01', 'participant-cap', { exactMinor: ONE })],
      met('2015-12-01'),
    ],
    [
      'all looked at, one refused',
      {},
      [A, B, above('3', '2015-12-01', 'not-reached')],
      notMet('2015-12-01'),
    ],
    [
      'refused first, met later',
      {},
      [above('1', '2015-05-01', 'not-improved'), A, B, C],
      met('2015-12-01'),
    ],
    [
      'a change for the worse',
      { need: 1, conditions: ['1'] },
      [above('1', '2015-06-01', null, { quantity: fraction(-1n), exactMinor: fraction(-5000n) })],
      notMet('2015-06-01'),
    ],
    [
      'nothing gained, net',
      { need: 1, conditions: ['1'] },
      [above('1', '2015-06-01', null, { quantity: ZERO, exactMinor: ZERO })],
      notMet('2015-06-01'),
    ],
    ['within six months', { withinMonths: 6 }, [A, B, C], met('2015-12-01')],
    [
      'a day more than six months',
      { withinMonths: 6 },
      [A, B, above('3', '2015-12-02')],
      notMet('2015-12-02'),
    ],
    [
      'a second time that is near enough',
      { withinMonths: 3 },
      [A, above('1', '2015-11-01'), B, C],
      met('2015-12-01'),
    ],
    ['the months ran out', { withinMonths: 6 }, [A, B], notMet('2016-03-01')],
    [
      'without a price',
      { need: 'any', price: '0.00' },
      [A],
      [['met', '2015-06-01', 0n, 'price-is-nil']],
    ],
  ])('%s', (_name, rule, earlier, expected) => {
    expect(told(weigh(rule, earlier))).toEqual(expected);
  });

  const q = (...found: [string, string][]) =>
    found.map(([of, on]) =>
      of.startsWith('not') ? [of, on, 0n, 'condition-not-met'] : [of, on, 100000n, null],
    );
  it.each<[string, Partial<CompositeRule>, Outcome[], unknown[]]>([
    [
      'once in each claim window, however often it is met in it',
      { need: 'any', repeats: { per: 'period' } },
      [above('1', '2015-07-01'), above('2', '2015-09-30'), above('1', '2015-10-01')],
      q(['met/2015-Q3', '2015-07-01'], ['met/2015-Q4', '2015-10-01']),
    ],
    [
      'in no claim window, where its conditions are met in two',
      { need: 2, repeats: { per: 'period' } },
      [above('1', '2015-09-30'), above('2', '2015-10-01')],
      [],
    ],
    [
      'a refusal in a window that was looked at, beside a payment in another',
      { conditions: ['1', '2'], repeats: { per: 'period' } },
      [
        above('1', '2015-07-01'),
        above('2', '2015-08-01', 'not-reached'),
        above('1', '2015-10-01'),
        above('2', '2015-11-01'),
      ],
      q(['not-met/2015-Q3', '2015-08-01'], ['met/2015-Q4', '2015-11-01']),
    ],
    [
      'so many times, each by new results',
      { conditions: ['1', '2'], repeats: { per: 'contract', times: 3 } },
      [
        above('1', '2015-06-01'),
        above('2', '2015-07-01'),
        above('2', '2015-08-01'),
        above('1', '2015-09-01'),
        above('1', '2015-10-01'),
      ],
      q(['met/1', '2015-07-01'], ['met/2', '2015-09-01']),
    ],
    [
      'no oftener than the terms say',
      { need: 'any', repeats: { per: 'contract', times: 2 } },
      [A, B, C],
      q(['met/1', '2015-06-01'], ['met/2', '2015-09-01']),
    ],
    [
      'a refusal only where it is never met',
      { repeats: { per: 'contract', times: 2 } },
      [A, B, above('3', '2015-12-01', 'not-reached')],
      notMet('2015-12-01'),
    ],
  ])('again: %s', (_name, rule, earlier, expected) => {
    expect(told(weigh(rule, earlier))).toEqual(expected);
    expect(told(weigh(rule, [...earlier].reverse()))).toEqual(expected);
  });

  it('refuses for want of time only once the months have run out', () => {
    expect(told(weigh({ withinMonths: 6 }, [A, B], '2016-03-01'))).toEqual([]);
    expect(told(weigh({ withinMonths: 6 }, [A, B], '2016-03-02'))).toEqual(notMet('2016-03-01'));
  });

  it('says which conditions were met and when, and rests on their evidence', () => {
    expect(weigh({ need: 2 }, [A, B])[0]).toMatchObject({
      finding:
        'By 2015-09-01 2 of 3 conditions had been met (clause 1 on 2015-06-01, clause 2 on 2015-09-01), where 2 are needed',
      metric: 'metric-2',
      evidence: ['1/2015-06-01', '2/2015-09-01'],
    });
    const all = RULE.conditions.map((id) => above(id, '2015-06-01', 'missed'));
    expect(weigh({}, all)[0]!.finding).toBe(
      'By 2015-06-01 0 of 3 conditions had been met, where 3 are needed',
    );
  });

  it('judges whole cohorts where its clauses do, and a result about all counts for each', () => {
    const open = composite.open(RULE, aClauseContext([], { levels: levels('cohort') }));
    expect(open.weigh(somebody([]), true, [A, B, C])).toEqual([]);
    const of = (cohort: string, one: CohortOutcome) => ({ ...one, cohort });
    const found = open.close([of('x', A), of('x', B), of('*', C), of('y', A)]);
    expect(found.map(({ cohort, outcomeOn }) => [cohort, outcomeOn])).toEqual([
      ['x', '2015-12-01'],
    ]);
    expect(open.close([of('*', A), of('*', B), of('*', C)])[0]).toMatchObject({ cohort: '*' });
  });

  it('closes nothing where its clauses judge participants', () => {
    const open = composite.open(RULE, aClauseContext([], { levels: levels('participant') }));
    expect(open.close([A, B, C])).toEqual([]);
  });

  it('looks at each outcome once, however many there are', () => {
    const days = Array.from({ length: 20_000 }, (_, index) => index);
    const often = days.map((index) =>
      above('1', addDays(civilDate('2015-01-01'), index % 900), null, { occurrence: `o${index}` }),
    );
    const began = process.cpuUsage(); // another's load on the machine is not counted
    expect(told(weigh({ need: 2, withinMonths: 1 }, often))).toEqual([
      ['not-met', '2017-07-18', 0n, 'condition-not-met'],
    ]);
    expect(process.cpuUsage(began).user).toBeLessThan(5_000_000);
  });

  it.each<[string, Partial<CompositeRule>, [string, string][]]>([
    ['none', {}, []],
    [
      'a clause that stands below',
      { conditions: ['1', '9'] },
      [['/conditions/1', 'CLAUSE_NOT_ABOVE']],
    ],
    [
      'a clause that there is not',
      { conditions: ['1', '8'] },
      [['/conditions/1', 'CLAUSE_UNKNOWN']],
    ],
    ['a clause twice', { conditions: ['1', '1'] }, [['/conditions/1', 'NAMED_TWICE']]],
    ['participants and cohorts', { conditions: ['1', 'c'] }, [['/conditions', 'LEVELS_MIXED']]],
    ['as many as there are', { need: 3 }, []],
    ['more than there are', { need: 4 }, [['/need', 'COUNT_TOO_HIGH']]],
    [
      'months between conditions of which one is enough',
      { need: 'any', withinMonths: 6 },
      [['/withinMonths', 'MONTHS_WITHOUT_EFFECT']],
    ],
    ['a negative price', { price: '-1.00' }, [['/price', 'PRICE_NEGATIVE']]],
  ])('contradictions: %s', (_name, changes, faults) => {
    const earlierClauses = new Map<string, Level>([...levels('participant'), ['c', 'cohort']]);
    const surroundings = someRuleSurroundings([], {
      earlierClauses,
      clauseIds: [...earlierClauses.keys(), '9'],
    });
    const found = composite.problems({ ...RULE, ...changes }, surroundings);
    expect(found.map(({ at, code }) => [at, code])).toEqual(faults);
  });

  it('takes its level from its clauses, and says itself in words', () => {
    const of = (earlierClauses: Map<string, Level>) => composite.level(RULE, { earlierClauses });
    expect([of(levels('cohort')), of(levels('participant')), of(new Map())]).toEqual([
      'cohort',
      'participant',
      'participant',
    ]);
    const words = (rule: Partial<CompositeRule>) =>
      composite.inWords({ ...RULE, ...rule }, someRuleSurroundings([]));
    expect(words({ withinMonths: 6 })).toBe(
      'pays £1,000.00 once where the conditions of clauses 1, 2, 3 are all met within 6 months of each other',
    );
    expect(words({ need: 'any', repeats: { per: 'period' } })).toBe(
      'pays £1,000.00 once in each claim window where the condition of any of clauses 1, 2, 3 is met',
    );
    expect(words({ repeats: { per: 'contract', times: 3 } })).toBe(
      'pays £1,000.00 up to 3 times where the conditions of clauses 1, 2, 3 are all met, each time by results on which no earlier payment rests',
    );
    expect(words({ need: 'any' })).toContain('the condition of any of clauses 1, 2, 3 is met');
    expect(words({ need: 2 })).toContain('the conditions of at least 2 of clauses 1, 2, 3 are met');
  });
});
