import { civilDate } from '../calendar/civil-date.js';
import { formatFraction, fraction, ONE, ZERO } from '../money/fraction.js';
import type { FollowUpCounts } from '../outcomes/follow-up-counts.js';
import type { CohortOutcome, Reason } from '../outcomes/outcome.js';
import {
  aModifierContext,
  someModifierSurroundings,
  aWording,
} from '../../../test/support/clause.builder.js';
import { aRate, EFFECT, UCLA } from '../../../test/support/measure.builder.js';
import { followUpGate, type FollowUpGate } from './follow-up-gate.js';

const outcome = (given: Partial<CohortOutcome> = {}): CohortOutcome => ({
  clause: '4.1',
  metric: 'ucla',
  cohort: 'all',
  occurrence: '6m',
  outcomeOn: civilDate('2015-12-04'),
  quantity: ONE,
  unit: 'point',
  rateMinor: 66_000n,
  exactMinor: fraction(66_000n),
  cutMinor: ZERO,
  reason: null,
  finding: 'x',
  steps: [],
  evidence: [],
  ...given,
});
const counts = (due: number, measured: number): FollowUpCounts => ({
  due,
  measured,
  late: 0,
  missed: due - measured,
  declined: 0,
  couldNotCollect: 0,
  excluded: 0,
});
const gate = (terms: Omit<FollowUpGate, 'type'>): FollowUpGate => ({ type: 'M8', ...terms });
const applied = (
  terms: FollowUpGate,
  followUp: FollowUpCounts | null,
  given: Partial<CohortOutcome> = {},
) =>
  followUpGate.apply(terms, [outcome(given)], aModifierContext({ followUpOf: () => followUp }))[0]!;

describe('M8, the follow-up gate', () => {
  const BOTH = gate({ minimumN: 50, minimumFollowUpPercent: '80%' });
  it.each<[string, FollowUpGate, number, number, Reason | null]>([
    ['one too few', gate({ minimumN: 50 }), 100, 49, 'too-few'],
    ['just enough', gate({ minimumN: 50 }), 100, 50, null],
    ['one more', gate({ minimumN: 50 }), 100, 51, null],
    ['a share too low', gate({ minimumFollowUpPercent: '80%' }), 1000, 799, 'follow-up-too-low'],
    ['just the share', gate({ minimumFollowUpPercent: '80%' }), 1000, 800, null],
    ['more than the share', gate({ minimumFollowUpPercent: '80%' }), 1000, 801, null],
    ['nobody due', gate({ minimumFollowUpPercent: '80%' }), 0, 0, 'follow-up-too-low'],
    ['enough of a large number', BOTH, 60, 50, null],
    ['too few of a small number', BOTH, 40, 40, 'too-few'],
    ['too low a share of a large number', BOTH, 100, 60, 'follow-up-too-low'],
  ])('%s', (_name, terms, due, measured, reason) => {
    const found = applied(terms, counts(due, measured));
    expect([found.reason, formatFraction(found.exactMinor)]).toEqual([
      reason,
      reason === null ? '66000' : '0',
    ]);
  });

  it('says no share of nobody', () => {
    const none = applied(gate({ minimumFollowUpPercent: '80%' }), counts(0, 0));
    expect(none.steps).toEqual([
      {
        step: 'M8',
        before: '66000',
        after: '0',
        why: expect.stringMatching(/^0 due, 0 measured; at least 80%/) as string,
      },
    ]);
  });

  it('says the counts, passed or not', () => {
    const terms = gate({ minimumFollowUpPercent: '80%' });
    expect(applied(terms, counts(80, 73)).steps).toEqual([
      {
        step: 'M8',
        before: '66000',
        after: '66000',
        why: '80 due, 73 measured, 7 missed, a follow-up of 91.25%; at least 80% of those due were measured: met',
      },
    ]);
    expect(applied(terms, counts(80, 40)).steps[0]!.why).toMatch(
      /a follow-up of 50%; .*: not met$/,
    );
  });

  it('takes what stands behind a figure or a signed result, where nobody is followed up', () => {
    expect(applied(gate({ minimumN: 50 }), null, { n: 49n }).reason).toBe('too-few');
    expect(applied(gate({ minimumN: 50 }), null, { n: 50n })).toMatchObject({
      reason: null,
      steps: [{ why: '50 stand behind it; at least 50 were measured: met' }],
    });
    expect(applied(gate({ minimumN: 1 }), null).reason).toBe('too-few');
  });

  it('leaves what was refused before its own reason', () => {
    const missed = { exactMinor: ZERO, reason: 'missed' as const };
    expect(applied(gate({ minimumN: 50 }), counts(1, 0), missed)).toEqual(outcome(missed));
  });

  const metrics = new Map([UCLA, EFFECT, aRate()].map((metric) => [metric.id, metric] as const));
  it.each<[string, FollowUpGate, object, string[][]]>([
    ['nothing wrong', gate({ minimumN: 1 }), { ruleMetrics: ['ucla'] }, []],
    ['a gate that asks for nothing', gate({}), { ruleMetrics: ['ucla'] }, [['', 'GATE_OPEN']]],
    [
      'more than all',
      gate({ minimumFollowUpPercent: '101%' }),
      { ruleMetrics: ['ucla'] },
      [['/minimumFollowUpPercent', 'NOT_A_PERCENTAGE']],
    ],
    [
      'a share with decimals',
      gate({ minimumFollowUpPercent: '66.67%' }),
      { ruleMetrics: ['ucla'] },
      [],
    ],
    ['all', gate({ minimumFollowUpPercent: '100%' }), { ruleMetrics: ['ucla'] }, []],
    [
      'more than a share',
      gate({ minimumFollowUpPercent: '80% or so' }),
      { ruleMetrics: ['ucla'] },
      [['/minimumFollowUpPercent', 'NOT_A_PERCENTAGE']],
    ],
    [
      'a metric unheard of, beside a score',
      gate({ minimumN: 1 }),
      { ruleMetrics: ['ucla', 'x'] },
      [['', 'NOBODY_FOLLOWED_UP']],
    ],
    [
      'the follow-up of scores of a cohort',
      gate({ minimumFollowUpPercent: '80%' }),
      { level: 'cohort', ruleMetrics: ['ucla'] },
      [],
    ],
    [
      'people of no score',
      gate({ minimumN: 1 }),
      { ruleMetrics: ['visits'] },
      [['', 'NOBODY_FOLLOWED_UP']],
    ],
    [
      'the conditions of other clauses',
      gate({ minimumN: 1 }),
      { ruleMetrics: [] },
      [['', 'NOBODY_FOLLOWED_UP']],
    ],
    [
      'a signed result',
      gate({ minimumN: 1 }),
      { level: 'cohort', ruleMetrics: ['reconvictions'] },
      [],
    ],
    [
      'the follow-up of a signed result',
      gate({ minimumFollowUpPercent: '80%' }),
      { level: 'cohort', ruleMetrics: ['reconvictions'] },
      [['/minimumFollowUpPercent', 'NOBODY_FOLLOWED_UP']],
    ],
  ])('answers %s', (_name, terms, given, faults) =>
    expect(
      followUpGate
        .problems(terms, someModifierSurroundings({ metrics, ...given }))
        .map(({ at, code }) => [at, code]),
    ).toEqual(faults),
  );

  it('reads aloud of one', () =>
    expect(followUpGate.inWords(gate({ minimumN: 1 }), aWording())).toBe(
      'only where at least 1 was measured',
    ));

  it('reads aloud', () =>
    expect(
      followUpGate.inWords(gate({ minimumN: 50, minimumFollowUpPercent: '80%' }), aWording()),
    ).toBe('only where at least 50 were measured and at least 80% of those due were measured'));
});
