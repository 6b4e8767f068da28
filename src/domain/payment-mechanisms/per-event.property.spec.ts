import fc from 'fast-check';
import { aClauseContext } from '../../../test/support/clause.builder.js';
import { event, somebody } from '../../../test/support/record.builder.js';
import { addDays, civilDate } from '../calendar/civil-date.js';
import { compare, sum } from '../money/fraction.js';
import type { Metric } from '../outcomes/metric.js';
import type { Observation } from '../outcomes/participant-facts.js';
import { perEvent, type PerEventRule } from './per-event.js';

const JOB: Metric = {
  id: 'job',
  label: 'Job',
  kind: 'event',
  paid: true,
  definition: 'x',
  evidence: ['x'],
};
const on = (days: number) => addDays(civilDate('2015-03-01'), days);

const day = fc.integer({ min: 0, max: 1000 });
const jobs = fc
  .uniqueArray(day, { maxLength: 8 })
  .map((days) => days.map((at, index) => event('job', `J-${index}`, on(at))));
const rule: fc.Arbitrary<PerEventRule> = fc
  .record({
    later: fc.uniqueArray(fc.tuple(day, fc.integer({ min: 0, max: 999 })), {
      maxLength: 3,
      selector: ([at]) => at,
    }),
    within: fc.option(fc.record({ days: fc.integer({ min: 0, max: 700 }) }), { nil: undefined }),
  })
  .map(({ later, within }) => ({
    type: 'R1',
    events: ['job'],
    price: '100.00',
    unit: 'claim',
    ...(later.length === 0
      ? {}
      : {
          laterPrices: [...later]
            .sort(([a], [b]) => a - b)
            .map(([at, pounds]) => ({ from: on(at), price: `${pounds}.00` })),
        }),
    ...(within === undefined ? {} : { within }),
  }));

const weigh = (terms: PerEventRule, events: readonly Observation[]) =>
  perEvent.open(terms, aClauseContext([JOB])).weigh(somebody(events), true, []);
const total = (terms: PerEventRule, events: readonly Observation[]) =>
  sum(weigh(terms, events).map(({ exactMinor }) => exactMinor));

describe('R1, whatever happened', () => {
  it('answers every event once, at the price of its own day, and does not mind the order', () =>
    fc.assert(
      fc.property(rule, jobs, (terms, events) => {
        const found = weigh(terms, events);
        expect(found).toHaveLength(events.length);
        expect(weigh(terms, [...events].reverse())).toEqual(found);
        for (const { outcomeOn, rateMinor } of found) {
          const pounds =
            terms.laterPrices?.findLast(({ from }) => from <= outcomeOn)?.price ?? '100.00';
          expect(rateMinor).toBe(BigInt(pounds.replace('.', '')));
        }
      }),
    ));

  it('pays no less for one event more, and no more where time is limited', () =>
    fc.assert(
      fc.property(rule, jobs, day, (terms, events, at) => {
        const more = [...events, event('job', 'more', on(at))];
        expect(compare(total(terms, more), total(terms, events))).toBeGreaterThanOrEqual(0);
        const { within: _, ...unlimited } = terms;
        expect(compare(total(unlimited, events), total(terms, events))).toBeGreaterThanOrEqual(0);
      }),
    ));

  it('pays nothing before the start or after the last day', () =>
    fc.assert(
      fc.property(rule, jobs, (terms, events) => {
        fc.pre(terms.within !== undefined);
        const last = addDays(civilDate('2015-06-04'), terms.within.days!);
        for (const { outcomeOn, reason } of weigh(terms, events))
          expect(reason === 'before-start' || reason === 'too-late').toBe(
            outcomeOn < '2015-06-04' || outcomeOn > last,
          );
      }),
    ));
});
