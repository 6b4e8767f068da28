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
  useOf,
} from '../../../test/support/record.builder.js';
import { addDays, civilDate } from '../calendar/civil-date.js';
import { activationProblems } from '../contract-terms/activation/activation-problems.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { parseMoney } from '../money/money.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';
import { capHeading } from './caps.js';

/**
 * Caps that many share, over outcomes that come to less than nothing, by being counted net, by volume bands, by a cap on
 * the mix, or by corrections.
 */
const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');
const Q1 = period('2016-Q1', '2016-01-01', '2016-04-01');

const [jobs, courses] = perEventTerms().clauses;
const band = (from: string, price: string, to?: string) => ({
  from,
  price,
  ...(to === undefined ? {} : { to }),
});
const bands = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(200), fc.nat(200))
  .map(([first, before, after]) => [
    band('0', `${before}.00`, `${first}`),
    band(`${first}`, `${after}.50`),
  ]);
const M6 = fc.record({
  type: fc.constant('M6'),
  counted: fc.constantFrom('over-contract', 'each-period'),
  bands,
});
const amount = fc.integer({ min: 0, max: 90_000 }).map((minor) => (minor / 100).toFixed(2));

/** Points counted net, jobs by volume bands, and courses. */
const termsWith = (caps: fc.Arbitrary<object[]>): fc.Arbitrary<TermsInForce> =>
  fc.record({ M6, caps }).map(({ M6: step, caps: found }) => {
    const points = perPointTerms({ timePoints: ['6m'], count: 'net', rate: '66.67' });
    const events = perEventTerms();
    return inForce({
      ...points,
      metrics: [...points.metrics, ...events.metrics],
      clauses: [...points.clauses, { ...jobs, modifiers: [step] }, courses],
      caps: found,
    });
  });

const contractCap = amount.map((one) => ({ id: 'whole', scope: 'contract', amount: one }));
const clauseCap = amount.map((one) => ({ id: 'jobs', scope: 'clause', clause: '1', amount: one }));
const mixCap = fc.constantFrom('period', 'contract').map((over) => ({
  id: 'mix',
  scope: 'mix',
  clauses: ['2'],
  percent: '20%',
  over,
}));
const everyCap = fc
  .tuple(
    fc.option(mixCap),
    fc.option(clauseCap),
    fc.option(amount.map((one) => ({ id: 'm', scope: 'metric', metric: 'ucla', amount: one }))),
    fc.option(amount.map((one) => ({ id: 'p', scope: 'period', amount: one }))),
    fc.option(contractCap),
    fc.option(amount.map((one) => ({ id: 'f', scope: 'payer', payer: 'fund', amount: one }))),
  )
  .map((caps) => caps.filter((cap) => cap !== null));

const day = fc.nat(180).map((n) => addDays(civilDate('2015-10-01'), n));
const status = fc.constantFrom<Observation['status']>('recorded', 'recorded', 'recorded', 'void');
const observations: fc.Arbitrary<Observation[]> = fc
  .record({
    events: fc.uniqueArray(
      fc.record({
        metric: fc.constantFrom('job', 'course'),
        id: fc.nat(2),
        on: day,
        status,
      }),
      { selector: ({ metric, id }) => `${metric}${id}`, maxLength: 4 },
    ),
    value: fc.option(fc.integer({ min: 3, max: 9 })),
  })
  .map(({ events, value }) => [
    ...events.map(({ metric, id, on, status: now }) =>
      event(metric, `e${id}`, on, { status: now }),
    ),
    ...(value === null
      ? []
      : [score('baseline', '2015-06-02', '6'), score('6m', '2015-12-10', String(value))]),
  ]);
const people = fc
  .tuple(observations, observations, observations, observations)
  .map((all): ParticipantFacts[] =>
    all.map((one, i) => somebody(one, { reference: `P-${i + 1}` })),
  );
const shuffled = people.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
);
const RUNS = { numRuns: 60 };

const without = ({ terms, ...version }: TermsInForce, scopes: readonly string[]): TermsInForce => ({
  ...version,
  terms: { ...terms, caps: terms.caps.filter(({ scope }) => !scopes.includes(scope)) },
});

describe('caps that many share', () => {
  it('stand in terms that can be brought into force', () =>
    fc.assert(
      fc.property(termsWith(everyCap), ({ terms }) =>
        expect(activationProblems(terms)).toEqual([]),
      ),
      { numRuns: 20 },
    ));

  it('leave exactly what is due or the cap, whoever stands first', () =>
    fc.assert(
      fc.property(
        termsWith(fc.tuple(fc.option(mixCap), contractCap).map((c) => c.filter((o) => o !== null))),
        shuffled,
        (version, [all, others]) => {
          const total = (versions: TermsInForce[], order: ParticipantFacts[]) => {
            const record = new ContractRecord();
            record.compute(versions, Q1, order);
            return record.totalMinor;
          };
          const due = total([without(version, ['contract'])], all);
          const cap = version.terms.caps.find(({ scope }) => scope === 'contract')!;
          const limit = cap.scope === 'contract' ? parseMoney(cap.amount, 'GBP').minor : 0n;
          const least = due < limit ? due : limit;
          expect(total([version], all)).toBe(least);
          expect(total([version], others)).toBe(least);
        },
      ),
      RUNS,
    ));

  it('one within another, leave the same whoever stands first', () =>
    fc.assert(
      fc.property(
        termsWith(fc.tuple(clauseCap, contractCap).map((caps) => [...caps])),
        shuffled,
        (version, [all, others]) => {
          const [one, other] = [new ContractRecord(), new ContractRecord()];
          one.compute([version], Q1, all);
          other.compute([version], Q1, others);
          expect(other.totalMinor).toBe(one.totalMinor);
        },
      ),
      RUNS,
    ));

  it('are used up by what is due after a correction that gives room back', () =>
    fc.assert(
      fc.property(
        termsWith(contractCap.map((cap) => [cap])),
        people,
        people,
        (version, known, late) => {
          const [first, ...rest] = known;
          const after = [
            ...late.map((one, i) => ({ ...one, reference: `L-${i}` })),
            ...rest,
            { ...first!, observations: [] },
          ];
          const total = (versions: TermsInForce[]) => {
            const record = new ContractRecord();
            record.compute([version], Q1, known);
            record.compute(versions, Q1, after);
            return record.totalMinor;
          };
          const due = total([without(version, ['contract'])]);
          const cap = version.terms.caps[0]!;
          const limit = cap.scope === 'contract' ? parseMoney(cap.amount, 'GBP').minor : 0n;
          expect(total([version])).toBe(due < limit ? due : limit);
        },
      ),
      RUNS,
    ));

  it('are never exceeded, post nothing twice, and can be repeated to the byte', () =>
    fc.assert(
      fc.property(termsWith(everyCap), people, people, (version, known, corrected) => {
        const record = new ContractRecord();
        const ran = [
          [Q4, known],
          [Q1, known],
          [Q4, corrected],
          [Q1, corrected],
        ] as const;
        const digests = ran.map(([about, all]) => {
          const lines = record.compute([version], about, all);
          expect(record.compute([version], about, all)).toEqual([]);
          const use = useOf(record.posted);
          for (const cap of version.terms.caps) {
            if (cap.scope === 'mix' || cap.scope === 'participant') continue;
            const limit = parseMoney(cap.amount, 'GBP').minor;
            expect((use.get(capHeading(cap, about.id)!) ?? 0n) <= limit).toBe(true);
          }
          return digestOf(lines);
        });
        ran.forEach(([about, all], n) =>
          expect(digestOf(record.recheck([version], about, all, 2 * n))).toBe(digests[n]),
        );
      }),
      RUNS,
    ));
});
