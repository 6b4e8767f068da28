import {
  inForce,
  perPointTerms,
  period,
  score,
  somebody,
  totalOf,
} from '../../../test/support/record.builder.js';
import { scored } from '../../../test/support/measure.builder.js';
import { EMPTY_RECORD } from '../outcomes/contract-record.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import { Rehearsal, type RehearsedLine } from './rehearse.js';

const Q2 = period('2015-Q2', '2015-04-01', '2015-07-01');
const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');
const Q1 = period('2016-Q1', '2016-01-01', '2016-04-01');

const BASELINE = score('baseline', '2015-06-02', '8');
const eightTo = (value: string, reference = 'P-1') =>
  somebody([BASELINE, score('6m', '2015-12-10', value)], { reference });
const known = (...people: ParticipantFacts[]) => ({ people, record: EMPTY_RECORD });
const inShort = (lines: readonly RehearsedLine[]) =>
  lines.map(({ reference, period: of, participant, kind, amountMinor, corrects }) => [
    reference,
    of,
    participant,
    kind,
    Number(amountMinor) / 100,
    corrects,
  ]);
const POINTS = [inForce(perPointTerms({ timePoints: ['6m'] }))];

describe('a rehearsal', () => {
  it('posts each period once, under the names that the lines would have', () => {
    const rehearsal = new Rehearsal(POINTS);
    const people = known(eightTo('6'), eightTo('7', 'P-2'));
    expect(rehearsal.compute(Q2, people)).toEqual([]);
    const posted = rehearsal.compute(Q4, people);
    expect(inShort(posted)).toEqual([
      ['trial.2.1', '2015-Q4', 'P-1', 'payment', 1320, null],
      ['trial.2.2', '2015-Q4', 'P-2', 'payment', 660, null],
    ]);
    expect(rehearsal.compute(Q4, people)).toEqual([]);
    expect(rehearsal.lines).toEqual(posted);
  });

  it('corrects what it posted before, as often as the facts change', () => {
    const rehearsal = new Rehearsal(POINTS);
    rehearsal.compute(Q4, known(eightTo('6')));
    rehearsal.compute(Q1, known(eightTo('7')));
    rehearsal.compute(Q1, known(eightTo('5')));
    expect(inShort(rehearsal.lines)).toEqual([
      ['trial.1.1', '2015-Q4', 'P-1', 'payment', 1320, null],
      ['trial.2.1', '2016-Q1', 'P-1', 'true-up', -660, 'trial.1.1'],
      ['trial.3.1', '2016-Q1', 'P-1', 'true-up', 1320, 'trial.2.1'],
    ]);
    expect(totalOf(rehearsal.lines)).toBe(198_000n);
  });

  it('uses a cap up over all its periods', () => {
    const caps = [{ id: 'all', scope: 'contract', amount: '1500.00' }];
    const rehearsal = new Rehearsal([inForce(perPointTerms({ timePoints: ['6m'] }, { caps }))]);
    rehearsal.compute(Q4, known(eightTo('6')));
    rehearsal.compute(Q1, known(eightTo('6'), eightTo('6', 'P-2')));
    expect(totalOf(rehearsal.lines)).toBe(150_000n);
  });

  it('knows what was over when an earlier period is computed again', () => {
    const missed = known(somebody([BASELINE]));
    const rehearsal = new Rehearsal(POINTS);
    // the window closes on 3 January 2016: refused in the later period, and not taken back by the earlier
    expect(inShort(rehearsal.compute(Q1, missed))).toEqual([
      ['trial.1.1', '2016-Q1', 'P-1', 'refusal', 0, null],
    ]);
    const spoken = known(eightTo('6'));
    expect(rehearsal.compute(Q4, spoken).map(({ amountMinor }) => amountMinor)).toEqual([132_000n]);
    expect(rehearsal.compute(Q4, missed).map(({ kind, reason }) => [kind, reason])).toEqual([
      ['true-up', 'missed'],
    ]);
  });

  it('takes back nothing that a later period has paid, when an earlier one is computed again', () => {
    const rule = {
      type: 'R12',
      schedule: { by: 'participant', label: 'Fee', amount: '32.00', when: 'months', months: 6 },
    };
    const fee = { id: 'F', title: 'Fees', rule, modifiers: [], verifiedBy: 'university' };
    const rehearsal = new Rehearsal([inForce({ clauses: [fee], caps: [] })]);
    const people = known(somebody([]));
    expect([Q2, Q4, Q2, Q2].map((of) => rehearsal.compute(of, people).length)).toEqual([
      0, 1, 0, 0,
    ]);
    expect(totalOf(rehearsal.lines)).toBe(3_200n);
  });

  it('asks first who was followed up, where a clause pays nobody otherwise', () => {
    const gate = [{ type: 'M8', minimumN: 2 }];
    const gated = [inForce(perPointTerms({ timePoints: ['6m'], waves: 'last' }, {}, gate))];
    const alone = new Rehearsal(gated);
    alone.compute(Q1, known(eightTo('6')));
    expect(totalOf(alone.lines)).toBe(0n);
    const both = new Rehearsal(gated);
    both.compute(Q1, known(eightTo('6'), eightTo('7', 'P-2')));
    expect(totalOf(both.lines)).toBe(198_000n);
  });

  it('posts the lines of whole cohorts after those of people, and corrects them too', () => {
    const band = {
      id: '5',
      title: 'Band',
      rule: {
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
      },
      modifiers: [],
      verifiedBy: 'university',
    };
    const of = perPointTerms({ timePoints: ['6m'] });
    const rehearsal = new Rehearsal([inForce({ ...of, clauses: [...of.clauses, band] })]);
    const last = period('2017-Q3', '2017-07-01', '2017-10-01');
    rehearsal.compute(last, known(scored('P-1', 8, 7)));
    rehearsal.compute(last, known(scored('P-1', 8, 6)));
    expect(
      rehearsal.lines.map(({ reference, clause, participant, amountMinor, corrects }) => [
        reference,
        clause,
        participant,
        Number(amountMinor) / 100,
        corrects,
      ]),
    ).toEqual([
      ['trial.1.1', '4.1', 'P-1', 660, null],
      ['trial.1.2', '5', null, 500, null],
      ['trial.2.1', '4.1', 'P-1', 660, 'trial.1.1'],
      ['trial.2.2', '5', null, 500, 'trial.1.2'],
    ]);
  });
});
