import { civilDate, isCivilDate, whyNoDay } from '../calendar/civil-date.js';
import { periodsOf } from '../calendar/period-calendar.js';
import { canonical } from '../shared/canonical.js';
import type { Fault } from '../shared/domain-error.js';
import type { TermsInForce } from './terms-in-force.js';
import type { TermsDraft } from './terms.schema.js';

/**
 * What keeps an amendment from following the edition in force. It may take effect on or after the first day of the
 * edition it follows: where that day has been paid for already, the next computation posts the difference as true-ups.
 * What earlier lines are named by stays: code, currency, unit, cohorts, and periods that were over by then.
 */
export function amendmentProblems(
  inForce: TermsInForce,
  draft: TermsDraft,
  effectiveFrom: string,
): Fault[] {
  return [
    ...dateProblems(inForce, draft, effectiveFrom),
    ...identityProblems(inForce, draft),
    ...cohortProblems(inForce, draft),
    ...periodProblems(inForce, draft, effectiveFrom),
    ...instrumentProblems(inForce, draft),
  ];
}

function dateProblems(inForce: TermsInForce, draft: TermsDraft, from: string): Fault[] {
  const at = '/effectiveFrom';
  if (!isCivilDate(from)) return [{ at, code: 'NOT_A_DATE', detail: whyNoDay(from) }];
  const end = draft.effective?.to ?? inForce.terms.effective.to;
  if (from < inForce.effectiveFrom)
    return [
      {
        at,
        code: 'AMENDMENT_TOO_EARLY',
        detail: `Edition ${inForce.number} is in force from ${inForce.effectiveFrom}; an amendment may take effect on that day or later.`,
      },
    ];
  if (from >= end)
    return [
      {
        at,
        code: 'AMENDMENT_TOO_LATE',
        detail: `The contract is over on ${end}; choose an earlier day.`,
      },
    ];
  return [];
}

function identityProblems({ terms }: TermsInForce, draft: TermsDraft): Fault[] {
  const kept = ['code', 'currency', 'unitKind'] as const;
  return kept
    .filter((term) => draft[term] !== undefined && draft[term] !== terms[term])
    .map((term) => ({
      at: `/${term}`,
      code: 'TERM_CANNOT_CHANGE',
      detail: `This is "${terms[term]}" in everything recorded so far and cannot be amended. Restore it, or open another contract.`,
    }));
}

function cohortProblems({ terms }: TermsInForce, draft: TermsDraft): Fault[] {
  if (draft.cohorts === undefined) return [];
  const kept = new Set(draft.cohorts.map((cohort) => cohort.id));
  return terms.cohorts
    .filter((cohort) => !kept.has(cohort.id))
    .map((cohort) => ({
      at: '/cohorts',
      code: 'COHORT_REMOVED',
      detail: `Cohort "${cohort.id}" may hold participants and must stay. Change its dates to close it.`,
    }));
}

function periodProblems({ terms }: TermsInForce, draft: TermsDraft, from: string): Fault[] {
  if (draft.periods === undefined || draft.effective === undefined) return [];
  const next = new Map(
    periodsOf(draft.periods, civilDate(draft.effective.to)).map((period) => [period.id, period]),
  );
  return periodsOf(terms.periods, civilDate(terms.effective.to))
    .filter((period) => period.to <= from)
    .filter(({ id, from: first, to }) => next.get(id)?.from !== first || next.get(id)?.to !== to)
    .map(({ id, from: first, to }) => ({
      at: '/periods',
      code: 'PAST_PERIOD_CHANGED',
      detail: `Period ${id} (${first} to ${to}) is over before the amendment takes effect and must stay as it was.`,
    }));
}

/** What scores were recorded with stays recognisable: a changed definition is another version of its instrument. */
function instrumentProblems({ terms }: TermsInForce, draft: TermsDraft): Fault[] {
  return (draft.instruments ?? []).flatMap((instrument, i) => {
    const before = terms.instruments?.find(({ id }) => id === instrument.id);
    if (before === undefined || before.version !== instrument.version) return [];
    if (canonical(before) === canonical(instrument)) return [];
    return [
      {
        at: `/instruments/${i}/version`,
        code: 'INSTRUMENT_CHANGED',
        detail: `"${instrument.id}" is defined otherwise than in the edition in force, but is still version "${instrument.version}". Give the changed definition another version, or another id.`,
      },
    ];
  });
}
