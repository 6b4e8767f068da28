import fc from 'fast-check';
import { addDays, civilDate } from '../calendar/civil-date.js';
import {
  ContractRecord,
  event,
  inForce,
  perEventTerms,
  period,
  somebody,
} from '../../../test/support/record.builder.js';

const lost = {
  id: 'lost',
  kind: 'event',
  label: 'Job lost',
  paid: false,
  definition: 'x',
  evidence: ['x'],
};
const terms = (m9: object, cap: number, scope: string) => {
  const of = perEventTerms({}, [{ type: 'M9', reversedBy: 'lost', ...m9 }]);
  const caps = [{ id: 'limit', scope, amount: `${cap}.00` }];
  return inForce({ ...of, metrics: [...of.metrics, lost], caps });
};
const m9 = fc.record({
  withinMonths: fc.integer({ min: 1, max: 12 }),
  share: fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
  takesBack: fc.constantFrom('latest', 'all'),
});
const scope = fc.constantFrom('contract', 'participant');
const seen = fc.array(
  fc.record({
    metric: fc.constantFrom('job', 'lost'),
    days: fc.integer({ min: 0, max: 300 }),
    isVoid: fc.boolean(),
  }),
  { maxLength: 6 },
);
/** What is known at the first computation, and at the second: some of it withdrawn, the rest as it was. */
const observations = (
  found: readonly { metric: string; days: number; isVoid: boolean }[],
  later: boolean,
) =>
  found.map(({ metric, days, isVoid }, i) =>
    event(metric, `e${i}`, addDays(civilDate('2015-06-01'), days), {
      status: later && isVoid ? 'void' : 'recorded',
    }),
  );
const FIRST = period('first', '2015-04-01', '2015-12-01');
const SECOND = period('second', '2015-12-01', '2017-01-01');

describe('reversals, whatever is capped, withdrawn and computed again', () => {
  it('never take back more than was paid, from any payer, and change nothing when run twice', () => {
    fc.assert(
      fc.property(
        m9,
        fc.integer({ min: 0, max: 400 }),
        scope,
        seen,
        (modifier, cap, scope, found) => {
          const versions = [terms(modifier, cap, scope)];
          const record = new ContractRecord();
          for (const [about, later] of [
            [FIRST, false],
            [SECOND, false],
            [SECOND, true],
          ] as const) {
            const people = [somebody(observations(found, later))];
            record.compute(versions, about, people);
            expect(record.totalMinor >= 0n && record.totalMinor <= BigInt(cap) * 100n).toBe(true);
            for (const payer of ['council', 'fund'])
              expect(record.partMinor(payer) >= 0n).toBe(true);
            expect(record.compute(versions, about, people)).toEqual([]);
          }
        },
      ),
    );
  });
});
