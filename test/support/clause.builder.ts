import { civilDate } from '../../src/domain/calendar/civil-date.js';
import type { ModifierContext, ModifierSurroundings } from '../../src/domain/modifiers/modifier.js';
import { instrumentsBy } from '../../src/domain/instruments/registry.js';
import { EMPTY_RECORD } from '../../src/domain/outcomes/contract-record.js';
import { round } from '../../src/domain/money/rounding.js';
import type { Wording } from '../../src/domain/outcomes/wording.js';
import type { Metric } from '../../src/domain/outcomes/metric.js';
import type {
  ClauseContext,
  RuleSurroundings,
} from '../../src/domain/payment-mechanisms/mechanism.js';
import { period, somebody } from './record.builder.js';

const byId = (metrics: readonly Metric[]) => new Map(metrics.map((metric) => [metric.id, metric]));

/** What a rule may know, for the metrics given: quarters of 2015 and 2016, one cohort, nothing on record. */
export const aClauseContext = (
  metrics: readonly Metric[],
  given: Partial<ClauseContext> = {},
): ClauseContext => ({
  clause: '4.1',
  currency: 'GBP',
  months: 'corresponding-date',
  metrics: byId(metrics),
  instruments: instrumentsBy(),
  before: civilDate('2018-01-01'),
  periods: QUARTERS,
  cohorts: [
    {
      id: 'all',
      label: 'Everyone',
      opensOn: civilDate('2015-04-01'),
      closesOn: civilDate('2015-12-31'),
    },
  ],
  record: EMPTY_RECORD,
  levels: new Map(),
  ...given,
});

/** What a rule may check itself against. */
export const someRuleSurroundings = (
  metrics: readonly Metric[],
  given: Partial<RuleSurroundings> = {},
): RuleSurroundings => ({
  currency: 'GBP',
  metrics: byId(metrics),
  instruments: instrumentsBy(),
  cohorts: aClauseContext(metrics).cohorts,
  attributes: { age: { type: 'number', label: 'Age' } },
  clauseIds: [],
  earlierClauses: new Map(),
  ...given,
});

/** What a rule or a step may say of itself with, where no attribute is declared. */
export const aWording = (
  metrics: Wording['metrics'] = new Map(),
  attributes: Wording['attributes'] = {},
): Wording => ({ currency: 'GBP', metrics, attributes });

/** What a modifier may know of somebody's outcomes. */
export const aModifierContext = (given: Partial<ModifierContext> = {}): ModifierContext => ({
  clause: '4.1',
  currency: 'GBP',
  months: 'corresponding-date',
  periods: QUARTERS,
  metrics: new Map(),
  attributes: {},
  indices: new Map(),
  record: EMPTY_RECORD,
  before: civilDate('2018-01-01'),
  facts: somebody([]),
  earlier: [],
  followUpOf: () => null,
  rounded: (exactMinor) => round(exactMinor, 'half-up'),
  ...given,
});

/** What a modifier may check itself against. */
export const someModifierSurroundings = (
  given: Partial<ModifierSurroundings> = {},
): ModifierSurroundings => ({
  currency: 'GBP',
  attributes: { age: { type: 'number', label: 'Age' } },
  metrics: new Map(),
  indices: new Map(),
  clauseIds: [],
  earlierClauses: new Map(),
  level: 'participant',
  ruleMetrics: [],
  ...given,
});

const QUARTERS = [
  period('2015-Q1', '2015-01-01', '2015-04-01'),
  period('2015-Q2', '2015-04-01', '2015-07-01'),
  period('2015-Q3', '2015-07-01', '2015-10-01'),
  period('2015-Q4', '2015-10-01', '2016-01-01'),
  period('2016-Q1', '2016-01-01', '2016-04-01'),
  period('2016-Q2', '2016-04-01', '2016-07-01'),
  period('2016-Q3', '2016-07-01', '2016-10-01'),
  period('2016-Q4', '2016-10-01', '2017-01-01'),
];
