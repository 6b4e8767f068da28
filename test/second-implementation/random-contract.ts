import { addDays, type CivilDate } from '../../src/domain/calendar/civil-date.js';
import { trialTerms } from '../support/trial-terms.js';
import { quarters, type Period } from '../../src/domain/calendar/period.js';
import { Chance } from './chance.js';
import { RULES, type RandomRule, type RuleMark } from './random-rules.js';

/** What happened to somebody, in the words of the files that a contract is fed with. */
export interface RandomFact {
  readonly metric: string;
  readonly occurrence: string;
  readonly measuredOn: CivilDate;
  readonly endedOn: CivilDate | null;
  readonly status: 'recorded' | 'declined' | 'could-not-collect' | 'void';
  readonly value: string | null;
}

export interface RandomPerson {
  readonly reference: string;
  readonly cohort: string;
  readonly startedOn: CivilDate;
  readonly exitedOn: CivilDate | null;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly exceptionApproved: boolean;
  readonly facts: readonly RandomFact[];
}

export interface RandomEffect {
  readonly metric: string;
  readonly cohort: string;
  readonly signedOn: CivilDate;
  readonly version: number;
  readonly value: string;
}

/** A small contract of one rule, everything about it as chance has it, as plain data that JSON can hold. */
export interface RandomContract {
  readonly seed: number;
  /** The first day after what is computed. */
  readonly before: CivilDate;
  /** The periods that are computed one after another; the last ends on that day. */
  readonly computed: readonly Period[];
  readonly terms: ReturnType<typeof trialTerms>;
  readonly people: readonly RandomPerson[];
  readonly effects: readonly RandomEffect[];
}

const COHORTS = [
  { id: 'first', label: 'First intake', opensOn: '2015-04-01', closesOn: '2015-10-31' },
  { id: 'second', label: 'Second intake', opensOn: '2015-11-01', closesOn: '2016-08-31' },
] as const;

const PERIODS = quarters('2015-04-01' as CivilDate, '2019-01-01' as CivilDate);

/** The contract that a seed stands for. */
export function randomContract(mark: RuleMark, seed: number): RandomContract {
  const chance = new Chance(seed);
  const rule = RULES[mark](chance);
  const quarter = chance.int(4, PERIODS.length);
  return {
    seed,
    computed: PERIODS.slice(0, quarter).slice(-chance.of(1, 1, 1, 2, 3)),
    before: PERIODS[quarter - 1]!.to,
    terms: termsOf(chance, rule),
    people: chance.many(0, 9, (index) => somebody(chance, rule, index)),
    effects: rule.effects,
  };
}

function termsOf(chance: Chance, rule: RandomRule) {
  const clauses = rule.rules.map((one, index) => ({
    id: `4.${index + 1}`,
    title: 'As chance has it',
    rule: one,
    modifiers: modifiers(chance, rule.level),
    verifiedBy: 'university',
  }));
  // whole pounds and caps per participant go together only where each step is rounded
  const isCapped = clauses.some((clause) => clause.modifiers.some(({ type }) => type === 'M3'));
  const deadweightPercent = chance.of(
    '0%',
    '0%',
    '0%',
    '0%',
    '20%',
    '20%',
    '33.3%',
    '33.3%',
    '100%',
  );
  return trialTerms({
    effective: { from: '2015-04-01', to: '2019-01-01' },
    population: {
      description: 'Whoever chance has it.',
      maximum: 1000,
      attributes: {
        age: { type: 'number', label: 'Age' },
        expected: { type: 'number', label: 'Days expected' },
        alone: { type: 'yes-no', label: 'Lives alone' },
        area: { type: 'choice', label: 'Area', values: ['north', 'south', 'east'] },
      },
      eligibility: eligibility(chance),
    },
    cohorts: COHORTS,
    metrics: rule.metrics,
    comparison: { method: rule.comparison, deadweightPercent },
    clauses,
    caps: [],
    plan: [],
    periods: { type: 'list', periods: PERIODS },
    rounding: {
      mode: chance.of('half-up', 'half-even', 'down', 'up'),
      stage: 'line',
      ...(!isCapped && chance.in100(30) ? { to: chance.of('1.00', '0.05', '10.00') } : {}),
      remainder: 'largest-remainder',
      months: chance.of('corresponding-date', 'end-of-month'),
    },
  });
}

/** One question about a participant. */
const question = (chance: Chance): object =>
  chance.of<object>(
    { attribute: 'age', min: chance.int(30, 70) },
    { attribute: 'age', max: chance.int(50, 90) },
    { attribute: 'age', min: 40, max: chance.int(60, 90) },
    { attribute: 'alone', is: chance.in100(50) },
    { attribute: 'area', is: chance.of('north', 'south') },
    { attribute: 'area', in: chance.some('north', 'south', 'east') },
  );

const eligibility = (chance: Chance): object => {
  const asked = chance.many(1, 3, () => question(chance));
  return chance.of<object>(
    question(chance),
    { all: asked },
    { any: asked },
    { atLeast: chance.int(1, asked.length), of: asked },
    ...Array.from({ length: 4 }, () => ({ any: [{ attribute: 'age', min: 0 }] })),
  );
};

function modifiers(chance: Chance, level: RandomRule['level']) {
  const only = chance.in100(15) ? [{ type: 'M1', only: question(chance) }] : [];
  const asked =
    level === 'participant' && chance.in100(40) ? [question(chance), question(chance)] : [];
  const text = (one: object | undefined) => JSON.stringify(one);
  const groups = text(asked[0]) === text(asked[1]) ? asked.slice(1) : asked; // no group stands twice
  const deadweight = chance.in100(40)
    ? [
        {
          type: 'M5',
          percent: chance.of('0%', '10%', '12.5%', '60%', '100%'),
          groups: groups.map((only) => ({
            only,
            percent: chance.of('0%', '25%', '66.67%', '100%'),
          })),
        },
      ]
    : [];
  const cap =
    level === 'participant' && chance.in100(40)
      ? [{ type: 'M3', amount: chance.amount(0, 900) }]
      : [];
  return chance.in100(50) ? [...only, ...deadweight, ...cap] : [...cap, ...deadweight, ...only];
}

function somebody(chance: Chance, rule: RandomRule, index: number): RandomPerson {
  const cohort = chance.of<(typeof COHORTS)[number]>(...COHORTS);
  const startedOn = chance.day(cohort.opensOn, cohort.id === 'first' ? 213 : 304);
  const given = {
    age: chance.int(25, 95),
    alone: chance.in100(50),
    area: chance.of('north', 'south', 'east'),
    expected: chance.int(0, 200),
  };
  return {
    reference: `P-${index + 1}`,
    cohort: cohort.id,
    startedOn,
    exitedOn: chance.in100(25) ? addDays(startedOn, chance.int(0, 500)) : null,
    attributes: Object.fromEntries(Object.entries(given).filter(() => chance.in100(90))),
    exceptionApproved: chance.in100(10),
    facts: rule.facts(startedOn),
  };
}
