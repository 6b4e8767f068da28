import type { Fault } from '../../shared/domain-error.js';
import { faultsOf } from '../parse.js';
import { draftSchema, termsSchema, type TermsDraft } from '../terms.schema.js';
import { adjustedCaps } from './adjusted-caps.js';
import { benchmark } from './benchmark.js';
import { caps } from './caps.js';
import type { ActivationCheck } from './check.js';
import { clauses } from './clauses.js';
import { comparison } from './comparison.js';
import { dates, isTooLong } from './dates.js';
import { indices } from './indices.js';
import { instruments } from './instruments.js';
import { metrics } from './metrics.js';
import { movingHomes } from './moving-homes.js';
import { noEffect } from './no-effect.js';
import { parties } from './parties.js';
import { periods } from './periods.js';
import { plan } from './plan.js';
import { population } from './population.js';
import { privacy } from './privacy.js';
import { recordMetrics } from './record-metrics.js';
import { rounding } from './rounding.js';
import { windows } from './windows.js';
import { workedExamples } from './worked-examples.js';

/** Every group of contradictions, in the order in which people read terms. */
const CHECKS: readonly ActivationCheck[] = [
  parties,
  dates,
  periods,
  ...[
    windows,
    population,
    instruments,
    metrics,
    recordMetrics,
    comparison,
    benchmark,
    indices,
    clauses,
    caps,
    adjustedCaps,
    movingHomes,
    noEffect,
    rounding,
    plan,
    privacy,
  ].map(withinReason),
];

/** Other checks leave out a calendar that is too long, which is fault enough: some walk through every period of it. */
function withinReason(check: ActivationCheck): ActivationCheck {
  return (draft) => check(isTooLongToWalk(draft) ? { ...draft, periods: undefined } : draft);
}

function isTooLongToWalk({ periods, effective }: TermsDraft): boolean {
  if (periods?.type !== 'quarters' || effective === undefined) return false;
  return isTooLong(effective.from, effective.to) || isTooLong(periods.from, effective.to);
}

/** What leaves out a term that may not be blank, in the words of the contract. */
const WHY_NEEDED: Readonly<Record<string, string>> = {
  '/parties': 'Say who delivers, who pays and who invests.',
  '/population': 'Say who is served, and how many at most.',
  '/cohorts': 'Say when participants may start.',
  '/metrics': 'Say what is measured, with which instrument and when.',
  '/comparison': 'Say what a result is compared with, and how much would have happened anyway.',
  '/clauses': 'Say what is paid for, at what price.',
  '/split': 'Say who pays which share.',
  '/periods': 'Say when payments are reckoned.',
  '/review': 'Say how long a payer has to decide.',
  '/rounding': 'Say how amounts are rounded; {} takes the defaults.',
  '/effective': 'Say from when until when the contract runs.',
};

/**
 * Everything that keeps a draft from coming into force, all at once, each with its path and what would mend it: what is
 * missing, then what contradicts itself among the parts that are there. An empty list means that every term is present,
 * supported and free of contradiction, and that the worked examples come out.
 */
export function activationProblems(draft: TermsDraft): Fault[] {
  const faults = termsProblems(draft);
  const whole = termsSchema.safeParse(draft);
  return whole.success && faults.length === 0 ? workedExamples(whole.data) : faults;
}

/** As activationProblems, but for the worked examples: with none, any clause can be tried. */
export function termsProblems(draft: TermsDraft): Fault[] {
  const whole = termsSchema.safeParse(draft);
  const missing = whole.success ? [] : faultsOf(whole.error, draft).map(whyNeeded);
  const parts = draftSchema.safeParse(draft);
  return [...missing, ...(parts.success ? CHECKS.flatMap((check) => check(parts.data)) : [])];
}

const whyNeeded = (fault: Fault): Fault =>
  fault.code === 'TERM_MISSING' && WHY_NEEDED[fault.at]
    ? { ...fault, detail: `This term is missing. ${WHY_NEEDED[fault.at]}` }
    : fault;
