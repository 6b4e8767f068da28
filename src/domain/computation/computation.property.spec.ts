import fc from 'fast-check';
import {
  ContractRecord,
  digestOf,
  event,
  inForce,
  perEventTerms,
  perPointTerms,
  period,
  score,
  somebody,
  totalOf,
  useOf,
} from '../../../test/support/record.builder.js';
import { addDays, civilDate } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import { capHeading } from './caps.js';
import type { PaymentLine } from './payment-line.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { money, parseMoney, formatAmount } from '../money/money.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';

/** Two quarters, and the six months that they are made of. */
const QUARTERS = [
  period('2015-Q4', '2015-10-01', '2016-01-01'),
  period('2016-Q1', '2016-01-01', '2016-04-01'),
] as const;
const MONTHS = ['2015-10', '2015-11', '2015-12', '2016-01', '2016-02', '2016-03', '2016-04'];
const MONTHLY = MONTHS.slice(1).map((end, i) => period(MONTHS[i]!, `${MONTHS[i]}-01`, `${end}-01`));
const LAST = QUARTERS[1];

const days = fc.nat(180).map((n) => addDays(civilDate('2015-10-01'), n));
const status = fc.constantFrom<Observation['status']>(
  'recorded',
  'recorded',
  'recorded',
  'declined',
  'void',
);

/** What is known of a person's scores: a baseline, and attempts at the two time points, at times outside every window. */
const scores: fc.Arbitrary<Observation[]> = fc
  .uniqueArray(
    fc.record({
      occurrence: fc.constantFrom('baseline', '6m', '6m/2', '18m'),
      on: days,
      value: fc.integer({ min: 3, max: 9 }),
      status,
    }),
    { selector: ({ occurrence }) => occurrence, maxLength: 4 },
  )
  .map((found) =>
    found.map(({ occurrence, on, value, status }) =>
      score(occurrence, occurrence === 'baseline' ? '2015-06-02' : on, String(value), {
        status,
        ...(status === 'recorded' ? {} : { value: null }),
      }),
    ),
  );

/** What is known of a person's jobs and courses. */
const events: fc.Arbitrary<Observation[]> = fc
  .uniqueArray(
    fc.record({
      metric: fc.constantFrom('job', 'course'),
      reference: fc.constantFrom('a', 'b', 'c', 'd'),
      on: days,
      status,
    }),
    { selector: ({ metric, reference }) => `${metric}/${reference}`, maxLength: 6 },
  )
  .map((found) =>
    found.map(({ metric, reference, on, status }) => event(metric, reference, on, { status })),
  );

const amount = fc
  .integer({ min: 0, max: 40_000 })
  .map((minor) => formatAmount(money(BigInt(minor), 'GBP')));

/** Caps of every scope, some of them, in the order in which they bite. */
const capsFor = (clauses: readonly string[], metrics: readonly string[]) =>
  fc
    .record(
      {
        participant: amount,
        clause: fc.tuple(fc.constantFrom(...clauses), amount),
        metric: fc.tuple(fc.constantFrom(...metrics), amount),
        contract: amount,
        payer: fc.tuple(fc.constantFrom('council', 'fund'), amount),
      },
      { requiredKeys: [] },
    )
    .map(({ participant, clause, metric, contract, payer }) => [
      ...(participant ? [{ id: 'participant', scope: 'participant', amount: participant }] : []),
      ...(clause ? [{ id: 'clause', scope: 'clause', clause: clause[0], amount: clause[1] }] : []),
      ...(metric ? [{ id: 'metric', scope: 'metric', metric: metric[0], amount: metric[1] }] : []),
      ...(contract ? [{ id: 'contract', scope: 'contract', amount: contract }] : []),
      ...(payer ? [{ id: 'payer', scope: 'payer', payer: payer[0], amount: payer[1] }] : []),
    ]);

const modifiers = fc.subarray([
  { type: 'M2', times: 1, per: 'contract' },
  { type: 'M2', times: 1, per: 'period' },
  { type: 'M3', amount: '150.00' },
]);

const pointTerms = (caps: object[]) =>
  fc
    .record({
      count: fc.constant('floored'),
      waves: fc.constantFrom('increment', 'independent'),
    })
    .map((rule) => perPointTerms({ ...rule, rate: '66.67' }, { caps }));

interface Kind {
  readonly facts: fc.Arbitrary<Observation[]>;
  readonly terms: fc.Arbitrary<TermsInForce>;
}
const capped: Kind[] = [
  {
    facts: events,
    terms: fc
      .tuple(capsFor(['1', '2'], ['job', 'course']), modifiers)
      .map(([caps, steps]) => inForce(perEventTerms({ caps }, steps))),
  },
  {
    facts: scores,
    terms: capsFor(['4.1'], ['ucla'])
      .chain(pointTerms)
      .map((terms) => inForce(terms)),
  },
];
const uncapped: Kind[] = [
  { facts: events, terms: modifiers.map((steps) => inForce(perEventTerms({}, steps))) },
  { facts: scores, terms: pointTerms([]).map((terms) => inForce(terms)) },
];

const people = (observed: readonly Observation[][]): ParticipantFacts[] =>
  observed.map((observations, i) => somebody(observations, { reference: `P-${i + 1}` }));

/** A contract, and what was known of three people at each of several computations: everything may change in between. */
const histories = (kinds: readonly Kind[]) =>
  fc.constantFrom(...kinds).chain(({ facts, terms }) =>
    fc.record({
      terms,
      known: fc.array(
        fc.record({
          period: fc.constantFrom<Period>(...QUARTERS),
          facts: fc.tuple(facts, facts, facts),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
  );

/** Few, because each run computes whole histories; the seed is another every time. */
const RUNS = { numRuns: 40 };

const hasPersonCap = ({ caps, clauses }: TermsInForce['terms']) =>
  caps.some(({ scope }) => scope === 'participant') ||
  clauses.some((clause) => clause.modifiers.some(({ type }) => type === 'M3'));

describe('computations one after another, whatever is corrected between them', () => {
  it('never exceed a cap', () => {
    fc.assert(
      fc.property(histories(capped), ({ terms, known }) => {
        const record = new ContractRecord();
        for (const { period: about, facts } of known) {
          record.compute([terms], about, people(facts));
          const use = useOf(record.posted);
          for (const cap of terms.terms.caps) {
            if (cap.scope === 'mix') continue;
            const limit = parseMoney(cap.amount, 'GBP').minor;
            const heading = capHeading(cap, about.id);
            const used =
              heading === null
                ? ['P-1', 'P-2', 'P-3'].map((one) =>
                    totalOf(record.posted.filter(({ line }) => line.participant === one)),
                  )
                : [use.get(heading) ?? 0n];
            for (const minor of used) expect(minor).toBeLessThanOrEqual(limit);
          }
        }
      }),
      RUNS,
    );
  });

  it('change nothing when run again', () => {
    fc.assert(
      fc.property(histories([...capped, ...uncapped]), ({ terms, known }) => {
        const record = new ContractRecord();
        for (const { period: about, facts } of known) {
          record.compute([terms], about, people(facts));
          expect(record.recheck([terms], about, people(facts))).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('leave no payer with less than nothing while the terms are floored', () => {
    fc.assert(
      fc.property(histories([...capped, ...uncapped]), ({ terms, known }) => {
        const record = new ContractRecord();
        for (const { period: about, facts } of known) record.compute([terms], about, people(facts));
        expect(record.partMinor('council')).toBeGreaterThanOrEqual(0n);
        expect(record.partMinor('fund')).toBeGreaterThanOrEqual(0n);
      }),
      RUNS,
    );
  });

  it('come, without caps, to what one computation would have found that knew the last facts from the first', () => {
    fc.assert(
      fc.property(histories(uncapped), ({ terms, known }) => {
        const record = new ContractRecord();
        for (const { period: about, facts } of known) record.compute([terms], about, people(facts));
        const last = people(known.at(-1)!.facts);
        record.compute([terms], LAST, last);
        const once = new ContractRecord();
        once.compute([terms], LAST, last);
        expect(record.totalMinor).toBe(once.totalMinor);
        for (const payer of ['council', 'fund'])
          expect(record.partMinor(payer)).toBe(once.partMinor(payer));
      }),
      RUNS,
    );
  });

  it('can each be repeated to the byte from what was known then', () => {
    fc.assert(
      fc.property(histories([...capped, ...uncapped]), ({ terms, known }) => {
        const record = new ContractRecord();
        const digests = known.map(({ period: about, facts }) =>
          digestOf(record.compute([terms], about, people(facts))),
        );
        known.forEach(({ period: about, facts }, n) => {
          expect(digestOf(record.recheck([terms], about, people(facts), n))).toBe(digests[n]);
        });
      }),
      RUNS,
    );
  });
});

describe('one computation', () => {
  it('does not depend on the order in which facts were recorded', () => {
    const shuffled = fc.constantFrom(...capped).chain(({ facts, terms }) =>
      fc.record({
        terms,
        both: facts.chain((one) =>
          fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length })),
        ),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ terms, both: [one, other] }) => {
        const lines = (facts: Observation[]) =>
          new ContractRecord().compute([terms], LAST, people([facts]));
        expect(digestOf(lines(other))).toBe(digestOf(lines(one)));
      }),
      RUNS,
    );
  });

  it('of two quarters comes to what their six months come to', () => {
    const one = fc
      .constantFrom(...uncapped)
      .chain(({ facts, terms }) => fc.record({ terms, facts: fc.tuple(facts, facts) }));
    const quarterly = (terms: TermsInForce) =>
      !terms.terms.clauses.some(({ modifiers: steps }) =>
        steps.some((step) => step.type === 'M2' && step.per === 'period'),
      );
    fc.assert(
      fc.property(one, ({ terms, facts }) => {
        fc.pre(quarterly(terms));
        const total = (periods: readonly Period[]) => {
          const record = new ContractRecord();
          for (const about of periods) record.compute([terms], about, people(facts));
          return [record.totalMinor, record.partMinor('council'), record.partMinor('fund')];
        };
        expect(total(MONTHLY)).toEqual(total(QUARTERS));
      }),
      RUNS,
    );
  });

  // A cap per person counts what an outcome is worth before other caps cut it, and a payer's own cap leaves room in
  // the others that nothing fills: with those, one more event may use up what another would have brought in.
  const eventful = capped[0]!.terms
    .filter(
      ({ terms }) => !hasPersonCap(terms) && !terms.caps.some(({ scope }) => scope === 'payer'),
    )
    .chain((terms) => fc.record({ terms: fc.constant(terms), facts: events, on: days }));

  it('never comes to less for one more verified event', () => {
    fc.assert(
      fc.property(eventful, ({ terms, facts, on }) => {
        const total = (observations: Observation[]) =>
          totalOf(new ContractRecord().compute([terms], LAST, people([observations])));
        expect(total([...facts, event('job', 'more', on)])).toBeGreaterThanOrEqual(total(facts));
      }),
      RUNS,
    );
  });

  it('never comes to less for a verified event that comes to light after the first computation', () => {
    fc.assert(
      fc.property(eventful, ({ terms, facts, on }) => {
        const record = new ContractRecord();
        record.compute([terms], LAST, people([facts]));
        const before = record.totalMinor;
        record.compute([terms], LAST, people([[...facts, event('job', 'more', on)]]));
        expect(record.totalMinor).toBeGreaterThanOrEqual(before);
      }),
      RUNS,
    );
  });

  it('never comes to less for a better score at the follow-up', () => {
    const one = pointTerms([]).chain((terms) =>
      fc.record({
        terms: fc.constant(inForce(terms)),
        baseline: fc.integer({ min: 3, max: 9 }),
        at: fc.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 3, max: 9 })),
      }),
    );
    fc.assert(
      fc.property(one, ({ terms, baseline, at: [a, b] }) => {
        const total = (value: number) =>
          totalOf(
            new ContractRecord().compute([terms], LAST, [
              somebody([
                score('baseline', '2015-06-02', String(baseline)),
                score('6m', '2015-12-10', String(value)),
              ]),
            ]),
          );
        expect(total(Math.min(a, b))).toBeGreaterThanOrEqual(total(Math.max(a, b)));
      }),
      RUNS,
    );
  });

  it('explains every line: nothing is nil without a reason, and whatever a cap cut off is told', () => {
    fc.assert(
      fc.property(histories(capped), ({ terms, known }) => {
        const { period: about, facts } = known[0]!;
        const lines = new ContractRecord().compute([terms], about, people(facts));
        for (const line of lines) {
          if (line.amountMinor === 0n) expect(line.reason).not.toBeNull();
          if (line.kind === 'withheld') expect(line.withheldMinor).toBeGreaterThan(0n);
          expect(line.explanation).toMatch(/^[A-Z"£].* \(clause [0-9.]+\)\.$/);
          expect(line.explanation).not.toMatch(/undefined|null|NaN|--|: :| {2}/);
        }
        if (hasPersonCap(terms.terms)) return;
        const sum = (of: (line: PaymentLine) => bigint) =>
          lines.reduce((all, line) => all + of(line), 0n);
        expect(sum((line) => line.uncappedMinor - line.amountMinor)).toBe(
          sum((line) => line.withheldMinor),
        );
      }),
      RUNS,
    );
  });
});
