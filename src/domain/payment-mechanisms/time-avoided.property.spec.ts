import fc from 'fast-check';
import { aClauseContext } from '../../../test/support/clause.builder.js';
import { period, somebody, spell } from '../../../test/support/record.builder.js';
import { addDays, civilDate } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import { compare, equals, sum, type Fraction } from '../money/fraction.js';
import type { Metric } from '../outcomes/metric.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';
import { timeAvoided, timeAvoidedSchema } from './time-avoided.js';

const METRICS: readonly Metric[] = [
  {
    id: 'care',
    label: 'Days in care',
    kind: 'spell',
    paid: true,
    definition: 'A placement.',
    evidence: ['Record'],
  },
];
const FIRST = civilDate('2015-06-01');
const day = (most = 500) => fc.nat(most).map((n) => addDays(FIRST, n));
const records: fc.Arbitrary<Observation[]> = fc
  .array(fc.record({ from: day(), days: fc.option(fc.integer({ min: 1, max: 200 })) }), {
    maxLength: 5,
  })
  .map((found) =>
    found.map(({ from, days }, i) =>
      spell('care', `r${i}`, from, days === null ? null : addDays(from, days)),
    ),
  );
const someone: fc.Arbitrary<Partial<ParticipantFacts>> = fc
  .record({ startedOn: day(60), exited: fc.option(fc.nat(400)) })
  .map(({ startedOn, exited }) => ({
    startedOn,
    exitedOn: exited === null ? null : addDays(startedOn, exited),
  }));
const terms = fc.record({
  horizon: fc.oneof(
    fc.record({ months: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ weeks: fc.integer({ min: 1, max: 52 }) }),
  ),
  units: fc.nat(60).map(String),
  unit: fc.constantFrom('day', 'week'),
  partUnits: fc.constantFrom('whole', 'exact'),
  count: fc.constantFrom('floored', 'net'),
  exits: fc.constantFrom('count-as-avoided', 'stop-counting', 'exclude'),
});
type Terms = typeof terms extends fc.Arbitrary<infer T> ? T : never;

const QUARTERS = ['04', '07', '10', '01', '04', '07', '10', '01'].map((month, i) => {
  const year = i < 3 ? 2015 : i < 7 ? 2016 : 2017;
  return `${year}-${month}-01`;
});
const MONTHS = Array.from({ length: 22 }, (_, i) => {
  const month = i + 3;
  return `${2015 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
});
const periodsOf = (days: readonly string[]): Period[] =>
  days.slice(1).map((to, i) => period(days[i]!.slice(0, 7), days[i]!, to));

function worths(
  { units, ...given }: Terms,
  accrue: string,
  days: readonly string[],
  facts: ParticipantFacts,
): Fraction[] {
  const rule = timeAvoidedSchema.parse({
    type: 'R9',
    metric: 'care',
    rate: '61.37',
    against: { type: 'fixed', units },
    accrue,
    ...given,
  });
  const context = aClauseContext(METRICS, { periods: periodsOf(days) });
  return timeAvoided
    .open(rule, context)
    .weigh(facts, true, [])
    .map(({ exactMinor }) => exactMinor);
}

describe('R9, whatever happened', () => {
  it('pays in parts exactly the whole, in quarters as in months', () => {
    fc.assert(
      fc.property(terms, someone, records, (rule, person, found) => {
        const facts = somebody(found, person);
        const whole = sum(worths(rule, 'at-horizon', QUARTERS, facts));
        const quarters = worths(rule, 'each-period', QUARTERS, facts);
        expect(equals(sum(quarters), whole)).toBe(true);
        expect(equals(sum(worths(rule, 'each-period', MONTHS, facts)), whole)).toBe(true);
        if (rule.count === 'floored') expect(whole.numerator >= 0n).toBe(true);
      }),
    );
  });

  it('does not ask in which order records came, and answers the same again', () => {
    fc.assert(
      fc.property(terms, someone, records, (rule, person, found) => {
        const once = worths(rule, 'each-period', QUARTERS, somebody(found, person));
        const reversed = somebody([...found].reverse(), person);
        expect(worths(rule, 'each-period', QUARTERS, reversed)).toEqual(once);
      }),
    );
  });

  it('never pays more for one more record of time that was not avoided', () => {
    fc.assert(
      fc.property(terms, someone, records, (rule, person, found) => {
        const total = (some: readonly Observation[]) =>
          sum(worths(rule, 'at-horizon', QUARTERS, somebody(some, person)));
        expect(compare(total(found), total(found.slice(1)))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
