import fc from 'fast-check';
import { termsOf } from '../../../test/support/every-mark.terms.js';
import {
  ContractRecord,
  digestOf,
  event,
  score,
  somebody,
  spell,
  totalOf,
  useOf,
} from '../../../test/support/record.builder.js';
import { figure } from '../../../test/support/measure.builder.js';
import { addDays, addMonths, civilDate, type CivilDate } from '../calendar/civil-date.js';
import { quarters, type Period } from '../calendar/period.js';
import { activationProblems } from '../contract-terms/activation/activation-problems.js';
import { parseTerms } from '../contract-terms/parse.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { parseMoney } from '../money/money.js';
import type { ContractRecord as Facts, Figure } from '../outcomes/contract-record.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';
import { capHeading } from './caps.js';

const FIRST_DAY = civilDate('2015-04-01');
const EVERY_QUARTER = quarters(FIRST_DAY, civilDate('2019-04-01'));
const QUARTERS = EVERY_QUARTER.slice(0, 8);
const LAST = QUARTERS.at(-1)!;
// laid out once: the periods of a calendar would be laid out anew for every computation
const EFFECTIVE = { from: '2015-04-01', to: '2019-04-01' };
const PEOPLE = 5;
const CORRECTIONS = 25;
const RUNS = 40; // a thousand corrections in all

/** Scores, events, spells and figures side by side; with caps, or with steps for each participant only. */
const version = (caps: object[]): TermsInForce => {
  const perParticipant = caps.length === 0 ? [{ type: 'M3', amount: '1500.00' }] : [];
  const terms = parseTerms(
    termsOf(
      [
        {
          rule: {
            type: 'R4',
            metric: 'ucla',
            rate: '66.67',
            count: 'floored',
            timePoints: ['6m', '18m'],
            waves: 'increment',
          },
          modifiers: [{ type: 'M5', percent: '12.5%', groups: [] }],
        },
        {
          rule: { type: 'R1', events: ['job', 'course'], price: '333.33', unit: 'claim' },
          modifiers: [{ type: 'M2', times: 2, per: 'contract' }, ...perParticipant],
        },
        {
          rule: {
            type: 'R2',
            metric: 'home',
            rungs: [
              { id: '13w', label: '13 weeks', weeks: 13, price: '500.00' },
              { id: '26w', label: '26 weeks', weeks: 26, price: '750.00' },
            ],
            toleranceDays: 7,
            onBreak: 'restart',
            openSpells: 'count',
          },
        },
        {
          rule: {
            type: 'R11',
            measure: { of: 'rate', metric: 'visits', group: 'all' },
            pays: { by: 'point', pass: 'above', threshold: '65%', price: '12.34', points: 'exact' },
          },
        },
        {
          rule: {
            type: 'R5',
            measure: {
              of: 'mean-change',
              metric: 'ucla',
              timePoint: '6m',
              missing: 'zero-change',
              over: 'period',
              cohorts: 'each',
            },
            floor: '0',
            ceiling: '2',
            pays: { by: 'each', price: '110.00' },
          },
        },
      ],
      { caps, periods: { type: 'list', periods: EVERY_QUARTER }, effective: EFFECTIVE },
    ),
  );
  return { number: 1, effectiveFrom: FIRST_DAY, terms, recordedSeq: 1n };
};

const UNCAPPED = version([]);
const CAPPED = version([
  { id: 'person', scope: 'participant', amount: '1800.00' },
  { id: 'jobs', scope: 'clause', clause: '4.2', amount: '1500.00' },
  { id: 'ucla', scope: 'metric', metric: 'ucla', amount: '900.00' },
  { id: 'quarter', scope: 'period', amount: '1400.00' },
  { id: 'whole', scope: 'contract', amount: '5000.00' },
  { id: 'fund', scope: 'payer', payer: 'fund', amount: '1500.00' },
]);

/** Every fact that may be there, by the place that a correction names; a place without one was never recorded. */
interface Known {
  readonly observations: ReadonlyMap<string, Observation>;
  readonly figures: ReadonlyMap<string, Figure>;
}

/** What is recorded at a place, first or as a correction of what stood there. */
interface Correction {
  readonly person: number;
  readonly what: 'score' | 'event' | 'spell' | 'figure';
  readonly which: number;
  readonly day: number;
  readonly amount: number;
  readonly void: boolean;
}

const correction: fc.Arbitrary<Correction> = fc.record({
  person: fc.nat(PEOPLE - 1),
  what: fc.constantFrom('score', 'event', 'spell', 'figure'),
  which: fc.nat(7),
  day: fc.nat(300),
  amount: fc.nat(100),
  void: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

const startOf = (person: number): CivilDate => addMonths(FIRST_DAY, person);

function applied(known: Known, { person, what, which, day, amount, ...given }: Correction): Known {
  if (what === 'figure') {
    const quarter = QUARTERS[which]!;
    const version = (known.figures.get(quarter.id)?.version ?? 0) + 1;
    const made = figure(quarter.from, amount, 100, { to: quarter.to, version });
    return { ...known, figures: new Map(known.figures).set(quarter.id, made) };
  }
  const start = startOf(person);
  const later = addDays(start, day);
  const made = {
    score: () =>
      which < 2
        ? score('baseline', start, String(3 + (amount % 7)))
        : score(
            which < 5 ? '6m' : '18m',
            addMonths(start, which < 5 ? 6 : 18),
            String(3 + (amount % 7)),
          ),
    event: () => event(which % 2 === 0 ? 'job' : 'course', `e${which}`, later),
    spell: () =>
      spell('home', `s${which % 3}`, later, amount < 20 ? null : addDays(later, 2 * amount)),
  }[what]();
  const place = `${person}/${made.metric}/${made.occurrence}`;
  const version = (known.observations.get(place)?.version ?? 0) + 1;
  const stands: Observation = given.void
    ? { ...made, version, status: 'void', value: null, endedOn: null }
    : { ...made, version };
  return { ...known, observations: new Map(known.observations).set(place, stands) };
}

/** What the engine is told of a state of knowledge. */
function told({ observations, figures }: Known): { people: ParticipantFacts[]; record: Facts } {
  const people = Array.from({ length: PEOPLE }, (_, person) =>
    somebody(
      [...observations].filter(([at]) => at.startsWith(`${person}/`)).map(([, one]) => one),
      {
        reference: `P-${person + 1}`,
        startedOn: startOf(person),
        cohort: person < 3 ? 'all' : 'next',
        attributes: { age: 70 },
      },
    ),
  );
  return { people, record: { figures: [...figures.values()], effects: [] } };
}

const known = (corrections: readonly Correction[]): Known =>
  corrections.reduce(applied, { observations: new Map(), figures: new Map() });

/** What is known at first, and what is corrected before each quarter is computed. */
const histories = fc.record({
  first: fc.array(correction, { minLength: 40, maxLength: 40 }),
  later: fc.array(fc.tuple(correction, fc.nat(QUARTERS.length - 1)), {
    minLength: CORRECTIONS,
    maxLength: CORRECTIONS,
  }),
});

/** Each quarter in its turn, every one with what was known by then; and the last once more, with everything. */
function computations({
  first,
  later,
}: typeof histories extends fc.Arbitrary<infer H> ? H : never) {
  const at = [...QUARTERS, LAST];
  return at.map((period, n) => ({
    period,
    ...told(known([...first, ...later.filter(([, quarter]) => quarter < n).map(([one]) => one)])),
  }));
}

interface Ran {
  readonly record: ContractRecord;
  readonly digests: readonly string[];
  readonly ran: ReturnType<typeof computations>;
}

function run(
  terms: TermsInForce,
  ran: ReturnType<typeof computations>,
  each?: (period: Period, record: ContractRecord) => void,
): Ran {
  const record = new ContractRecord();
  const digests = ran.map(({ period, people, record: facts }) => {
    const lines = record.compute([terms], period, people, facts);
    each?.(period, record);
    return digestOf(lines);
  });
  return { record, digests, ran };
}

/** Every computation repeated as the contract was known then. */
function expectRepeated(terms: TermsInForce, { record, digests, ran }: Ran): void {
  ran.forEach(({ period, people, record: facts }, n) => {
    expect(digestOf(record.recheck([terms], period, people, n, facts))).toBe(digests[n]);
  });
}

describe('a thousand corrections over eight quarters', () => {
  it('of terms that can be brought into force', () => {
    for (const { terms } of [UNCAPPED, CAPPED]) expect(activationProblems(terms)).toEqual([]);
  });

  it('are trued up to what one computation of everything finds, and every old one can be repeated to the byte', () => {
    let trueUps = 0;
    fc.assert(
      fc.property(histories, (history) => {
        const found = run(UNCAPPED, computations(history));
        const { record, ran } = found;
        expectRepeated(UNCAPPED, found);
        const { period, people, record: facts } = ran.at(-1)!;
        const once = new ContractRecord();
        once.compute([UNCAPPED], period, people, facts);
        expect(record.totalMinor).toBe(once.totalMinor);
        for (const payer of ['council', 'fund'])
          expect(record.partMinor(payer)).toBe(once.partMinor(payer));
        trueUps += record.posted.filter(({ kind }) => kind === 'true-up').length;
      }),
      { numRuns: RUNS },
    );
    expect(trueUps).toBeGreaterThan(RUNS); // else nothing would have been corrected
  });

  it('never exceed a cap after any of the computations, and can be repeated to the byte', () => {
    let cut = 0;
    const expectWithin = (period: Period, record: ContractRecord) => {
      const use = useOf(record.posted);
      for (const cap of CAPPED.terms.caps) {
        if (cap.scope === 'mix') continue;
        const heading = capHeading(cap, period.id);
        const limit = parseMoney(cap.amount, 'GBP').minor;
        const used =
          heading === null
            ? Array.from({ length: PEOPLE }, (_, n) =>
                totalOf(record.posted.filter(({ line }) => line.participant === `P-${n + 1}`)),
              )
            : [use.get(heading) ?? 0n];
        for (const minor of used) expect(minor).toBeLessThanOrEqual(limit);
      }
    };
    fc.assert(
      fc.property(histories, (history) => {
        const found = run(CAPPED, computations(history), expectWithin);
        expectRepeated(CAPPED, found);
        cut += found.record.posted.filter(({ line }) => line.withheldMinor > 0n).length;
      }),
      { numRuns: RUNS },
    );
    expect(cut).toBeGreaterThan(RUNS);
  });
});
