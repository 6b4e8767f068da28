import fc from 'fast-check';
import { aClauseContext } from '../../../test/support/clause.builder.js';
import { somebody, spell } from '../../../test/support/record.builder.js';
import { addDays, civilDate } from '../calendar/civil-date.js';
import { compare, sum } from '../money/fraction.js';
import type { Metric } from '../outcomes/metric.js';
import type { Observation } from '../outcomes/participant-facts.js';
import { sustainmentLadder, sustainmentLadderSchema } from './sustainment-ladder.js';

const METRICS: readonly Metric[] = [
  {
    id: 'home',
    label: 'A home',
    kind: 'spell',
    paid: true,
    definition: 'A tenancy.',
    evidence: ['Tenancy agreement'],
  },
];
const FIRST = civilDate('2015-05-01');
const records: fc.Arbitrary<Observation[]> = fc
  .array(
    fc.record({
      from: fc.nat(500).map((n) => addDays(FIRST, n)),
      days: fc.option(fc.integer({ min: 1, max: 250 })),
    }),
    { maxLength: 6 },
  )
  .map((found) =>
    found.map(({ from, days }, i) =>
      spell('home', `r${i}`, from, days === null ? null : addDays(from, days)),
    ),
  );
const rung = (id: string, weeks: number, price: string) => ({ id, label: id, weeks, price });
const rules = fc
  .record({
    onBreak: fc.constantFrom('restart', 'cumulative'),
    openSpells: fc.constantFrom('count', 'wait'),
    toleranceDays: fc.nat(30),
    latestStart: fc.option(fc.record({ weeks: fc.integer({ min: 1, max: 60 }) }), {
      nil: undefined,
    }),
    notCounted: fc.constantFrom([], [{ label: 'Summer', from: '2015-07-20', to: '2015-09-01' }]),
  })
  .map((given) =>
    sustainmentLadderSchema.parse({
      type: 'R2',
      metric: 'home',
      rungs: [rung('in', 0, '600.00'), rung('13w', 13, '1500.00'), rung('26w', 26, '700.00')],
      ...given,
    }),
  );
type Rules = typeof rules extends fc.Arbitrary<infer T> ? T : never;

const weigh = (rule: Rules, observations: readonly Observation[]) =>
  sustainmentLadder.open(rule, aClauseContext(METRICS)).weigh(somebody(observations), true, []);
const total = (rule: Rules, observations: readonly Observation[]) =>
  sum(weigh(rule, observations).map(({ exactMinor }) => exactMinor));

describe('R2, whatever happened', () => {
  it('never pays less for one more record of a spell', () => {
    fc.assert(
      fc.property(rules, records, (rule, found) => {
        const [all, fewer] = [total(rule, found), total(rule, found.slice(1))];
        expect(compare(all, fewer)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('does not ask in which order records came, and answers the same again', () => {
    fc.assert(
      fc.property(rules, records, (rule, found) => {
        expect(weigh(rule, [...found].reverse())).toEqual(weigh(rule, found));
      }),
    );
  });

  it('pays each rung once, after the one below it, under a name of its own', () => {
    fc.assert(
      fc.property(rules, records, (rule, found) => {
        const outcomes = weigh(rule, found);
        const names = outcomes.map(({ occurrence }) => occurrence);
        expect(new Set(names).size).toBe(names.length);
        const paid = outcomes.filter(({ reason }) => reason === null);
        expect(paid.map(({ occurrence }) => occurrence)).toEqual(
          ['in', '13w', '26w'].slice(0, paid.length),
        );
        const days = paid.map(({ outcomeOn }) => outcomeOn);
        expect([...days].sort()).toEqual(days);
      }),
    );
  });

  it('pays no more while it waits than when it counts on a spell', () => {
    fc.assert(
      fc.property(rules, records, (rule, found) => {
        const waiting = total({ ...rule, openSpells: 'wait' }, found);
        expect(
          compare(waiting, total({ ...rule, openSpells: 'count' }, found)),
        ).toBeLessThanOrEqual(0);
      }),
    );
  });
});
