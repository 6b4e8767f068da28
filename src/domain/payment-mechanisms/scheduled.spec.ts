import { civilDate } from '../calendar/civil-date.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import { aClauseContext, someRuleSurroundings } from '../../../test/support/clause.builder.js';
import { somebody } from '../../../test/support/record.builder.js';
import { scheduled, type ScheduledRule } from './scheduled.js';

const DATED: ScheduledRule = {
  type: 'R12',
  schedule: {
    by: 'date',
    payments: [
      { id: 'q1', label: 'Activity fee', on: civilDate('2015-07-01'), amount: '12500.00' },
      { id: 'medium', label: 'Medium scenario', on: civilDate('2015-10-01'), amount: '40000.00' },
    ],
  },
};
const fee = (given: object = {}): ScheduledRule => ({
  type: 'R12',
  schedule: {
    by: 'participant',
    label: 'Attachment fee',
    amount: '3200.00',
    when: 'start',
    ...given,
  },
});

const open = (rule: ScheduledRule, before = '2018-01-01') =>
  scheduled.open(rule, aClauseContext([], { before: civilDate(before) }));
const weigh = (rule: ScheduledRule, facts: Partial<ParticipantFacts> = {}, before = '2018-01-01') =>
  open(rule, before)
    .weigh(somebody([], facts), true, [])
    .map((o) => [o.occurrence, o.outcomeOn, o.exactMinor.numerator, o.reason]);

describe('R12 pays amounts by date', () => {
  it.each([
    ['before the first, leaving both to their posting', '2015-07-01'],
    ['after both', '2015-10-02'],
  ] as const)('computed %s', (_name, before) => {
    const found = open(DATED, before).close([]);
    expect(found.map((o) => [o.occurrence, o.outcomeOn, o.exactMinor.numerator])).toEqual([
      ['q1', '2015-07-01', 1250000n],
      ['medium', '2015-10-01', 4000000n],
    ]);
    expect(found.every(({ cohort }) => cohort === '*')).toBe(true);
  });

  it('weighs nobody, and can be read aloud', () => {
    expect(open(DATED).weigh(somebody([]), true, [])).toEqual([]);
    expect(open(DATED).close([])[0]!.finding).toBe('Activity fee on 2015-07-01');
    expect(scheduled.inWords(DATED, someRuleSurroundings([]))).toBe(
      'pays £12,500.00 on 1 July 2015 (Activity fee), £40,000.00 on 1 October 2015 (Medium scenario)',
    );
  });
});

describe('R12 pays a fee for each participant', () => {
  const months = fee({ when: 'months', months: 3 }); // from 4 June to 4 September 2015
  it.each<[string, ScheduledRule, Partial<ParticipantFacts>, string, unknown[]]>([
    ['at the start', fee(), {}, '2018-01-01', [['fee', '2015-06-04', 320000n, null]]],
    [
      'on the first day that counts',
      fee(),
      {},
      '2015-06-05',
      [['fee', '2015-06-04', 320000n, null]],
    ],
    [
      'due after what is computed, left to its posting',
      fee(),
      {},
      '2015-06-04',
      [['fee', '2015-06-04', 320000n, null]],
    ],
    ['on leaving, not left', fee({ when: 'exit' }), {}, '2018-01-01', []],
    [
      'on leaving',
      fee({ when: 'exit' }),
      { exitedOn: civilDate('2016-01-05') },
      '2018-01-01',
      [['fee', '2016-01-05', 320000n, null]],
    ],
    ['after months', months, {}, '2018-01-01', [['fee', '2015-09-04', 320000n, null]]],
    [
      'left on the day',
      months,
      { exitedOn: civilDate('2015-09-04') },
      '2018-01-01',
      [['fee', '2015-09-04', 320000n, null]],
    ],
    [
      'left the day before',
      months,
      { exitedOn: civilDate('2015-09-03') },
      '2018-01-01',
      [['fee', '2015-09-04', 0n, 'not-sustained']],
    ],
    [
      'without a price',
      fee({ amount: '0.00' }),
      {},
      '2018-01-01',
      [['fee', '2015-06-04', 0n, 'price-is-nil']],
    ],
  ])('%s', (_name, rule, facts, before, expected) => {
    expect(weigh(rule, facts, before)).toEqual(expected);
  });

  it('says itself in words', () => {
    const words = (rule: ScheduledRule) => scheduled.inWords(rule, someRuleSurroundings([]));
    expect([fee(), fee({ when: 'exit' }), months].map(words)).toEqual([
      'pays £3,200.00 (Attachment fee) for each participant at the start',
      'pays £3,200.00 (Attachment fee) for each participant on leaving',
      'pays £3,200.00 (Attachment fee) for each participant still enrolled 3 months after the start',
    ]);
  });
});

describe('R12, contradictions', () => {
  const twice = {
    by: 'date',
    payments: [
      { ...payment(), id: 'a' },
      { ...payment(), id: 'a' },
    ],
  } as const;
  function payment() {
    return { id: 'a', label: 'Fee', on: civilDate('2015-07-01'), amount: '1.00' };
  }
  it.each<[string, ScheduledRule, [string, string][]]>([
    ['none', DATED, []],
    [
      'a payment twice',
      { type: 'R12', schedule: { ...twice, payments: [...twice.payments] } },
      [['/schedule/payments/1/id', 'NAMED_TWICE']],
    ],
    [
      'a negative amount',
      { type: 'R12', schedule: { by: 'date', payments: [{ ...payment(), amount: '-1.00' }] } },
      [['/schedule/payments/0/amount', 'AMOUNT_NEGATIVE']],
    ],
    ['a negative fee', fee({ amount: '-1.00' }), [['/schedule/amount', 'PRICE_NEGATIVE']]],
    ['months not said', fee({ when: 'months' }), [['/schedule/months', 'MONTHS_UNCLEAR']]],
    ['months that count nothing', fee({ months: 3 }), [['/schedule/months', 'MONTHS_UNCLEAR']]],
  ])('%s', (_name, rule, faults) => {
    const found = scheduled.problems(rule, someRuleSurroundings([]));
    expect(found.map(({ at, code }) => [at, code])).toEqual(faults);
  });
});
