import type { CivilDate } from '../calendar/civil-date.js';
import { compare, parseFraction, type Fraction } from '../money/fraction.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { showingInvisible } from '../shared/invisible.js';
import { freeTextFault, startsAsFormula } from './free-text.js';
import type { EffectMetric, Metric } from './metric.js';
import { ALL_COHORTS } from './outcome.js';
import { readDay, readStanding, upToToday } from './typed-cells.js';

/** An external result as a person wrote it, in a file or in a request; a blank text is the same as absent. */
export interface EffectInput {
  readonly metric: string;
  /** Blank or "*" where all cohorts were pooled. */
  readonly cohort: string;
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly n: string;
  readonly signedOn: string;
  readonly documentHash: string;
  /** Blank, "recorded", or "void" to take a result back. */
  readonly status: string;
  /** Why it supersedes the result that was delivered before. */
  readonly correctionReason: string;
}

/** What the evaluator found. */
export interface Found {
  readonly value: Fraction;
  readonly low: Fraction | null;
  readonly high: Fraction | null;
  readonly n: bigint;
  readonly documentHash: string;
}

/** A result that broke no rule of its own; who signs it and what it supersedes is checked afterwards. */
export interface CheckedEffect {
  readonly metric: string;
  readonly cohort: string;
  readonly signedOn: CivilDate;
  /** Null where the result is taken back. */
  readonly found: Found | null;
  readonly correctionReason: string | null;
}

export interface EffectCheck {
  /** Null when there are faults, which are added to the list. */
  read(input: EffectInput, faults: Fault[]): CheckedEffect | null;
}

/** Opens the check for the metrics and cohorts of a contract. `today` is the London day: nothing was signed later. */
export function openEffectCheck(
  metrics: readonly Metric[],
  cohorts: readonly string[],
  today: CivilDate,
): EffectCheck {
  const read = (input: EffectInput, faults: Fault[]): CheckedEffect | null => {
    const before = faults.length;
    const metric = readMetric(metrics, input.metric, faults);
    const cohort = readCohort(cohorts, input.cohort, faults);
    const status = readStanding(input.status, faults);
    const signedOn = readSigned(input.signedOn, today, faults);
    const correctionReason = readReason(input.correctionReason, status, faults);
    if (metric === null) return null;
    const found = status === 'void' ? taken(input, faults) : readFound(metric, input, faults);
    if (cohort === null || signedOn === null || faults.length > before) return null;
    return { metric: metric.id, cohort, signedOn, found, correctionReason };
  };
  return { read: (input, faults) => showingInvisible(faults, input, () => read(input, faults)) };
}

const COLUMNS: Readonly<Record<string, string>> = {
  '/signedOn': 'signed_on',
  '/documentHash': 'document_sha256',
  '/correctionReason': 'correction_reason',
};

/** The column of effects.csv that a fault's path means. */
export const effectColumn = (at: string): string => COLUMNS[at] ?? at.slice(1);

/** A result is signed by a person of the party that the metric names; null where the party is that one. */
export const evaluatorFault = (metric: EffectMetric, party: string | null): Fault | null =>
  party === metric.evaluator
    ? null
    : {
        at: '/metric',
        code: 'EVALUATOR_IS_ANOTHER',
        detail: `${metric.label} is signed by a verifier of the party "${metric.evaluator}", for which you do not act.`,
      };

function readMetric(
  metrics: readonly Metric[],
  text: string,
  faults: Fault[],
): EffectMetric | null {
  const metric = metrics.find(({ id }) => id === text);
  if (metric?.kind === 'effect') return metric;
  const known =
    metrics
      .filter(({ kind }) => kind === 'effect')
      .map(({ id }) => id)
      .join(', ') || 'none';
  const [code, why] =
    text === ''
      ? ['METRIC_MISSING', 'Name the metric']
      : metric === undefined
        ? ['METRIC_UNKNOWN', `The terms have no metric "${excerpt(text)}"`]
        : ['METRIC_NOT_AN_EFFECT', `${metric.label} is not delivered as a signed result`];
  faults.push({ at: '/metric', code, detail: `${why}. Effects of these terms: ${known}.` });
  return null;
}

function readCohort(cohorts: readonly string[], text: string, faults: Fault[]): string | null {
  if (text === '' || text === ALL_COHORTS) return ALL_COHORTS;
  if (cohorts.includes(text)) return text;
  const detail = `The terms have no cohort "${excerpt(text)}". They have: ${cohorts.join(', ')}. Leave it blank where all were pooled.`;
  faults.push({ at: '/cohort', code: 'COHORT_UNKNOWN', detail });
  return null;
}

function readSigned(text: string, today: CivilDate, faults: Fault[]): CivilDate | null {
  const at = '/signedOn';
  const day = readDay(at, text, 'Give the day on which the result was signed.', faults);
  return upToToday(at, day, today, faults);
}

const SHAPES = { percent: /^-?\d{1,15}(\.\d{1,9})?%$/, number: /^-?\d{1,15}(\.\d{1,9})?$/ };

function readFound(metric: EffectMetric, input: EffectInput, faults: Fault[]): Found | null {
  const before = faults.length;
  const value = readValue(metric, '/value', input.value, faults);
  const low = input.low === '' ? null : readValue(metric, '/low', input.low, faults);
  const high = input.high === '' ? null : readValue(metric, '/high', input.high, faults);
  const refuse = (at: string, code: string, detail: string) => faults.push({ at, code, detail });
  if ((input.low === '') !== (input.high === ''))
    refuse(
      input.low === '' ? '/low' : '/high',
      'INTERVAL_HALF_GIVEN',
      'An interval has both its bounds. Give the other one, or leave both blank.',
    );
  if (value !== null && low !== null && compare(low, value) > 0)
    refuse('/low', 'INTERVAL_MISSES_VALUE', 'The lower bound is above the value. Check both.');
  if (value !== null && high !== null && compare(high, value) < 0)
    refuse('/high', 'INTERVAL_MISSES_VALUE', 'The upper bound is below the value. Check both.');
  if (!/^[1-9]\d{0,11}$/.test(input.n)) {
    const detail = `"${excerpt(input.n)}" is no number of people. Write how many were treated, as a whole number of 1 or more.`;
    refuse('/n', startsAsFormula(input.n) ? 'FORMULA_CELL' : 'N_NOT_A_WHOLE_NUMBER', detail);
  }
  const documentHash = input.documentHash.toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(documentHash))
    refuse(
      '/documentHash',
      'NOT_A_SHA256',
      "Give the SHA-256 of the evaluator's report: 64 hexadecimal digits.",
    );
  if (value === null || faults.length > before) return null;
  return { value, low, high, n: BigInt(input.n), documentHash };
}

function readValue(
  metric: EffectMetric,
  at: string,
  text: string,
  faults: Fault[],
): Fraction | null {
  if (SHAPES[metric.unit].test(text)) return parseFraction(text);
  const like =
    metric.unit === 'percent'
      ? 'as a percentage with its sign, such as 8.4% or -1.25%'
      : 'as a plain number, such as 0.69 or -0.2';
  const [code, why] =
    text === ''
      ? ['VALUE_MISSING', 'The value is blank']
      : ['VALUE_UNREADABLE', `"${excerpt(text)}" is no value of ${metric.label}`];
  faults.push({ at, code, detail: `${why}. Write it ${like}.` });
  return null;
}

/** A result that is taken back has neither value nor report any more. */
function taken(input: EffectInput, faults: Fault[]): null {
  const given = (['value', 'low', 'high', 'n', 'documentHash'] as const).find(
    (name) => input[name] !== '',
  );
  if (given !== undefined) {
    const detail = 'The result is taken back, so it has no numbers. Leave one of them blank.';
    faults.push({ at: `/${given}`, code: 'NUMBERS_NOT_FOR_VOID', detail });
  }
  return null;
}

function readReason(
  text: string,
  status: 'recorded' | 'void' | null,
  faults: Fault[],
): string | null {
  if (text === '') {
    const detail = 'To take a result back, say why in the correction reason.';
    if (status === 'void')
      faults.push({ at: '/correctionReason', code: 'VOID_NEEDS_REASON', detail });
    return null;
  }
  const fault = freeTextFault('/correctionReason', text);
  if (fault !== null) faults.push(fault);
  return text;
}
