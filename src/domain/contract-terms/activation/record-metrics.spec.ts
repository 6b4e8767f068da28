import { anEffect, aRate } from '../../../../test/support/figures.builder.js';
import { trialTerms } from '../../../../test/support/trial-terms.js';
import { civilDate } from '../../calendar/civil-date.js';
import type { Metric } from '../../outcomes/metric.js';
import { parseDraft } from '../parse.js';
import { activationProblems } from './activation-problems.js';

/** The faults of the trial terms with more metrics; the trial's own metric stands first. */
const found = (...metrics: Metric[]) =>
  activationProblems(
    parseDraft(trialTerms({ metrics: [...trialTerms().metrics, ...metrics] })),
  ).map(({ at, code }) => `${at} ${code}`);

const two = (from: string, version = '2016') => [
  { version: '2015', from: civilDate('2015-04-01'), numerator: 'a', denominator: 'b' },
  { version, from: civilDate(from), numerator: 'a', denominator: 'b' },
];

describe('metrics about the contract as a whole', () => {
  it('come into force as tracked rates and effects', () =>
    expect(found(aRate(), aRate({ id: 'late', completes: ['on-time'] }), anEffect())).toEqual([]));

  it.each<[string, Metric[], string]>([
    [
      'definitions of one name',
      [aRate({ definitions: two('2016-04-01', '2015') })],
      '/metrics/1/definitions/1/version NAMED_TWICE',
    ],
    [
      'definitions out of order',
      [aRate({ definitions: two('2015-04-01') })],
      '/metrics/1/definitions/1/from DEFINITIONS_OUT_OF_ORDER',
    ],
    [
      'a definition that comes into use when all figures are in',
      [aRate({ definitions: two('2030-02-01').slice(1) })],
      '/metrics/1/definitions/0/from FIGURES_NEVER_FALL',
    ],
    ['groups of one name', [aRate({ groups: ['a', 'a'] })], '/metrics/1/groups/1 NAMED_TWICE'],
    [
      'a rate that completes itself',
      [aRate({ completes: ['on-time'] })],
      '/metrics/1/completes/0 RATES_NOT_ALIKE',
    ],
    [
      'a rate that completes none',
      [aRate({ completes: ['ucla'] })],
      '/metrics/1/completes/0 RATES_NOT_ALIKE',
    ],
    [
      'another grain',
      [aRate({ completes: ['late'] }), aRate({ id: 'late', grain: 'year' })],
      '/metrics/1/completes/0 RATES_NOT_ALIKE',
    ],
    [
      'other groups',
      [aRate({ completes: ['late'] }), aRate({ id: 'late', groups: ['a'] })],
      '/metrics/1/completes/0 RATES_NOT_ALIKE',
    ],
    [
      'no evaluator',
      [anEffect({ evaluator: 'nobody' })],
      '/metrics/1/evaluator EVALUATOR_NOT_A_VERIFIER',
    ],
    [
      'a payer for evaluator',
      [anEffect({ evaluator: 'council' })],
      '/metrics/1/evaluator EVALUATOR_NOT_A_VERIFIER',
    ],
  ])('with %s do not', (_name, metrics, fault) => expect(found(...metrics)).toEqual([fault]));
});
