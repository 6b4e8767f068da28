import { addDays, addMonths, type CivilDate } from '../../src/domain/calendar/civil-date.js';
import type { Chance } from './chance.js';
import type { RandomEffect, RandomFact } from './random-contract.js';

/** The rules that are implemented a second time. */
export type RuleMark = 'R1' | 'R4' | 'R5' | 'R9';

/** What chance has made of one kind of rule: its clauses, the metrics they need, and what happens to somebody. */
export interface RandomRule {
  readonly level: 'participant' | 'cohort';
  readonly comparison: string;
  readonly metrics: readonly object[];
  readonly rules: readonly object[];
  readonly effects: readonly RandomEffect[];
  facts(startedOn: CivilDate): RandomFact[];
}

export const RULES: Readonly<Record<RuleMark, (chance: Chance) => RandomRule>> = {
  R1: perEvent,
  R4: perPoint,
  R5: slidingBand,
  R9: timeAvoided,
};

const status = (chance: Chance): RandomFact['status'] =>
  chance.in100(75) ? 'recorded' : chance.of('declined', 'could-not-collect', 'void');

const happening = (id: string, kind: 'event' | 'spell') => ({
  id,
  kind,
  label: id,
  paid: true,
  definition: id,
  evidence: ['Letter'],
});

function perEvent(chance: Chance): RandomRule {
  const rules = [chance.some('job', 'course', 'home'), ['home', 'job', 'course']].map((events) => ({
    type: 'R1',
    events,
    price: chance.of('0.00', '0.01', chance.amount(1, 500)),
    unit: 'claim',
  }));
  return {
    level: 'participant',
    comparison: 'none-for-events',
    metrics: ['job', 'course', 'home'].map((id) => happening(id, 'event')),
    rules,
    effects: [],
    facts: () =>
      chance.many(0, 6, (index) => ({
        metric: chance.of('job', 'course', 'home'),
        occurrence: `e${index}`,
        measuredOn: chance.day('2015-04-01', 1400),
        endedOn: null,
        status: status(chance),
        value: null,
      })),
  };
}

/** A score with a schedule, and what is measured of it: in time, late, twice, refused, or not at all. */
function aScore(chance: Chance) {
  const instrument = chance.of('ucla-3', 'wemwbs', 'swemwbs');
  const value = () =>
    instrument === 'ucla-3'
      ? chance.decimal(3, 9, 0)
      : instrument === 'wemwbs'
        ? chance.decimal(14, 70, 0)
        : chance.decimal(7, 35, 2);
  const point = (id: string, months: number) => ({
    id,
    label: id,
    months,
    opensDays: -chance.int(0, 40),
    closesDays: chance.int(0, 40),
  });
  const timePoints = [
    point('baseline', 0),
    point('6m', 6),
    point('12m', chance.int(8, 12)),
    point('18m', chance.int(14, 19)),
  ];
  const metric = {
    id: 'score',
    kind: 'score',
    label: 'Score',
    paid: true,
    instrument,
    baseline: 'baseline',
    timePoints,
    choose: chance.of('first', 'last', 'nearest'),
    outsideWindow: chance.of('refuse', 'pay'),
  };
  const attempt = (
    startedOn: CivilDate,
    { id, months }: (typeof timePoints)[number],
    n: number,
  ) => {
    const found = status(chance);
    return {
      metric: 'score',
      occurrence: n === 0 ? id : `${id}/${n + 1}`,
      measuredOn: addDays(addMonths(startedOn, months), chance.int(-50, 50)),
      endedOn: null,
      status: found,
      value: found === 'recorded' ? value() : null,
    };
  };
  const facts = (startedOn: CivilDate) =>
    timePoints.flatMap((one) =>
      chance.in100(85) ? chance.many(1, chance.of(1, 1, 3), (n) => attempt(startedOn, one, n)) : [],
    );
  return { metric, facts };
}

function perPoint(chance: Chance): RandomRule {
  const { metric, facts } = aScore(chance);
  const rules = chance.many(1, 2, () => ({
    type: 'R4',
    metric: 'score',
    rate: chance.of('0.01', chance.amount(1, 700)),
    count: chance.of('floored', 'net'),
    timePoints: chance.some('6m', '12m', '18m'),
    waves: chance.of('independent', 'increment', 'held', 'average', 'last'),
    ...(chance.in100(40) ? { maxPoints: chance.of('0', '1', '2.5', '4') } : {}),
  }));
  return {
    level: 'participant',
    comparison: 'own-baseline',
    metrics: [metric],
    rules,
    effects: [],
    facts,
  };
}

function slidingBand(chance: Chance): RandomRule {
  const { metric, facts } = aScore(chance);
  const rules = chance.many(1, 2, () => {
    const floor = chance.int(-30, 20);
    const tenths = (value: number) => `${value < 0 ? '-' : ''}${Math.abs(value) / 10}`;
    return {
      type: 'R5',
      measure: {
        of: 'mean-change',
        metric: 'score',
        timePoint: chance.of('6m', '12m', '18m'),
        missing: chance.of('exclude', 'baseline-carried-forward', 'zero-change', 'floor'),
        over: chance.of('cohort', 'period'),
        cohorts: chance.of('each', 'together'),
      },
      floor: tenths(floor),
      ceiling: tenths(floor + chance.int(1, 60)),
      pays: chance.of(
        { by: 'maximum', amount: chance.amount(1, 100_000) },
        { by: 'each', price: chance.amount(1, 900) },
      ),
    };
  });
  return {
    level: 'cohort',
    comparison: 'own-baseline',
    metrics: [metric],
    rules,
    effects: [],
    facts,
  };
}

function timeAvoided(chance: Chance): RandomRule {
  const rules = chance.many(1, 2, () => {
    const unit = chance.of('day', 'week');
    return {
      type: 'R9',
      metric: 'care',
      horizon: chance.of(
        { months: chance.int(6, 18) },
        { weeks: chance.int(20, 60) },
        { days: chance.int(120, 500) },
      ),
      against: chance.of(
        { type: 'fixed', units: chance.of('17', chance.decimal(0, 15, 1)) },
        { type: 'attribute', attribute: 'expected' },
        { type: 'effect', metric: 'controls' },
      ),
      unit,
      partUnits: chance.of('whole', 'exact'),
      rate: chance.amount(1, 400),
      count: chance.of('floored', 'net'),
      accrue: chance.of('at-horizon', 'each-period'),
      exits: chance.of('count-as-avoided', 'stop-counting', 'exclude'),
    };
  });
  const controls = {
    id: 'controls',
    kind: 'effect',
    label: 'Controls',
    paid: true,
    unit: 'number',
    method: 'Matched',
    evaluator: 'university',
  };
  const needsControls = rules.some(({ against }) => against.type === 'effect');
  return {
    level: 'participant',
    comparison: 'historic-baseline',
    metrics: [happening('care', 'spell'), ...(needsControls ? [controls] : [])],
    rules,
    effects: needsControls ? signedResults(chance) : [],
    facts: (startedOn) =>
      chance.many(0, 4, (index) => {
        const from = addDays(startedOn, chance.int(-60, 500));
        const found = status(chance);
        const ends = found === 'recorded' && chance.in100(85);
        return {
          metric: 'care',
          occurrence: `s${index}`,
          measuredOn: from,
          endedOn: ends ? addDays(from, chance.int(1, 120)) : null,
          status: found,
          value: null,
        };
      }),
  };
}

const signedResults = (chance: Chance): RandomEffect[] =>
  chance.many(0, 4, (index) => ({
    metric: 'controls',
    cohort: chance.of('first', 'second', '*'),
    signedOn: chance.day('2016-01-01', 3),
    version: index + 1,
    value: chance.decimal(0, 60, 2),
  }));
