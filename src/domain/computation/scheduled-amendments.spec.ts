import { civilDate } from '../calendar/civil-date.js';
import { EMPTY_RECORD } from '../outcomes/contract-record.js';
import type { ScheduledRule } from '../payment-mechanisms/scheduled.js';
import {
  ContractRecord,
  inForce,
  onlyReading,
  period,
  somebody,
} from '../../../test/support/record.builder.js';

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

describe('R12, amended in the middle of a contract', () => {
  const edition = (rule: ScheduledRule, from: string, number: number) =>
    inForce(
      {
        clauses: [{ id: 'F', title: 'Fees', rule, modifiers: [], verifiedBy: 'university' }],
        caps: [],
      },
      from,
      number,
    );
  const year = period('y', '2015-04-01', '2016-04-01');

  it('is not taken back where a period before it is computed again', () => {
    const versions = [edition(fee({ when: 'months', months: 6 }), '2015-04-01', 1)];
    const record = new ContractRecord();
    const people = [somebody([], { startedOn: civilDate('2015-06-04') })];
    const [q2, q4] = [
      period('2015-Q2', '2015-04-01', '2015-07-01'),
      period('2015-Q4', '2015-10-01', '2016-01-01'),
    ];
    expect(record.compute(versions, q2, people)).toEqual([]);
    expect(record.compute(versions, q4, people)).toHaveLength(1);
    expect(record.compute(versions, q2, people)).toEqual([]);
    expect(record.totalMinor).toBe(320000n);
  });

  it('keeps what an earlier edition paid, although the later one names another day and amount', () => {
    const later: ScheduledRule = {
      type: 'R12',
      schedule: {
        by: 'date',
        payments: [
          { id: 'q1', label: 'Activity fee', on: civilDate('2015-12-01'), amount: '99999.00' },
          {
            id: 'medium',
            label: 'Medium scenario',
            on: civilDate('2015-11-01'),
            amount: '50000.00',
          },
        ],
      },
    };
    const versions = [edition(DATED, '2015-04-01', 1), edition(later, '2015-09-01', 2)];
    const computation = onlyReading({
      versions,
      period: year,
      capUse: new Map(),
      reckonedUntil: null,
      record: EMPTY_RECORD,
    });
    const lines = computation.close([]);
    expect(lines.map((l) => [l.occurrence, l.outcomeOn, l.amountMinor, l.termsNumber])).toEqual([
      ['q1', '2015-07-01', 1250000n, 1],
      ['medium', '2015-11-01', 5000000n, 2],
    ]);
  });

  it('pays nobody a second fee where the fee moves from the start to the exit', () => {
    const versions = [
      edition(fee(), '2015-04-01', 1),
      edition(fee({ when: 'exit' }), '2015-09-01', 2),
    ];
    const record = new ContractRecord();
    const left = { exitedOn: civilDate('2016-01-05') };
    const people = [
      somebody([], left),
      somebody([], { ...left, reference: 'P-2', startedOn: civilDate('2015-10-01') }),
      somebody([], { reference: 'P-3', attributes: { age: 20 } }),
    ];
    const lines = record.compute(versions, year, people);
    expect(lines.map((l) => [l.participant, l.outcomeOn, l.amountMinor, l.reason])).toEqual([
      ['P-1', '2015-06-04', 320000n, null],
      ['P-2', '2016-01-05', 320000n, null],
      ['P-3', '2015-06-04', 0n, 'ineligible'],
    ]);
    expect(record.compute(versions, year, people)).toEqual([]);
  });
});
