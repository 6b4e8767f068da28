import type { CivilDate } from '../calendar/civil-date.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { showingInvisible } from '../shared/invisible.js';
import {
  eligibilityInWords,
  isEligible,
  nameOf,
  type AttributeDeclaration,
  type AttributeDeclarations,
  type Eligibility,
} from './eligibility.js';
import { attributesWanting } from './eligibility-gaps.js';
import type { AttributeValue, Attributes } from './participant-facts.js';
import { referenceFault } from './participant-reference.js';
import { readDay, readGivenDay, upToToday } from './typed-cells.js';

/** The part of a terms version that an enrolment is checked against; a whole terms document fits. */
export interface EnrolmentTerms {
  readonly population: {
    readonly maximum: number;
    readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
    readonly eligibility?: Eligibility | undefined;
  };
  readonly cohorts: readonly {
    readonly id: string;
    readonly opensOn: string;
    readonly closesOn: string;
  }[];
}

/** A terms version with the day from which it holds. */
export interface EnrolmentTermsInForce {
  readonly effectiveFrom: string;
  readonly terms: EnrolmentTerms;
}

/**
 * An enrolment as a person wrote it, in a file or in a request. A blank text is the same as absent. Attributes may be
 * texts (from a file) or typed values (from JSON); they are read by their declaration.
 */
export interface EnrolmentInput {
  readonly reference: string;
  readonly cohort: string;
  readonly startedOn: string;
  readonly exitedOn?: string | undefined;
  readonly exitReason?: string | undefined;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly exceptionReason?: string | undefined;
}

/** An enrolment that broke no rule. */
export interface CheckedEnrolment {
  readonly reference: string;
  readonly cohort: string;
  readonly startedOn: CivilDate;
  readonly exitedOn: CivilDate | null;
  readonly exitReason: string | null;
  readonly attributes: Attributes;
  readonly exceptionReason: string | null;
}

export interface EnrolmentCircumstances {
  /** The London day of the act: nobody has started or left in the future. */
  readonly today: CivilDate;
  /** Whether the person who acts may admit an ineligible participant: a payer's person may, a provider's may not. */
  readonly mayApproveException: boolean;
}

/** What stands of a participant who is enrolled already. */
export interface EarlierEnrolment {
  /** The reason that a payer recorded for admitting them; null where there was no exception. */
  readonly exceptionReason: string | null;
}

export type EnrolmentVerdict =
  | { readonly enrolment: CheckedEnrolment; readonly faults: readonly [] }
  | { readonly enrolment: null; readonly faults: readonly Fault[] };

/**
 * The check of one enrolment, used alike for a single act and for each row of a file. It collects every fault; `at` is
 * the path of the field ("/startedOn", "/attributes/age"; enrolmentColumn gives the column of the file). Versions stand
 * in ascending order; the one in force on the start date applies (before the first: the first).
 *
 * For a correction, earlier is the enrolment as it stands: an exception that a payer approved carries over, and a
 * participant who turns out to be ineligible is recorded as such (the engine then refuses payment), because the truth
 * must always be recordable. A new participant who is ineligible is refused.
 */
export function openEnrolmentCheck(
  versions: readonly EnrolmentTermsInForce[],
  circumstances: EnrolmentCircumstances,
): (input: EnrolmentInput, earlier?: EarlierEnrolment | null) => EnrolmentVerdict {
  return (input, earlier = null) => {
    const faults: Fault[] = [];
    return showingInvisible(faults, input, () => read(input, earlier, faults));
  };
  function read(
    input: EnrolmentInput,
    earlier: EarlierEnrolment | null,
    faults: Fault[],
  ): EnrolmentVerdict {
    const bad = referenceFault(input.reference);
    if (bad !== null) faults.push(bad);
    const startedOn = readStart(input.startedOn, circumstances.today, faults);
    const terms = termsOn(versions, startedOn);
    checkCohort(terms, input.cohort, startedOn, faults);
    const exit = readExit(input, startedOn, circumstances.today, faults);
    const attributes = readAttributes(terms.population.attributes, input.attributes, faults);
    const exceptionReason =
      attributes === null
        ? null
        : readException(terms, attributes, input, earlier, circumstances, faults);
    if (faults.length > 0 || startedOn === null || attributes === null)
      return { enrolment: null, faults };
    const { reference, cohort } = input;
    return {
      enrolment: { reference, cohort, startedOn, ...exit, attributes, exceptionReason },
      faults: [],
    };
  }
}

/** The fault of enrolling more participants than the population's maximum allows, or null. */
export function populationFault(maximum: number, enrolled: number, adding: number): Fault | null {
  if (enrolled + adding <= maximum) return null;
  const detail = `The terms serve at most ${maximum}; ${enrolled} are enrolled, and ${adding} more would be too many.`;
  return { at: '/reference', code: 'POPULATION_FULL', detail };
}

/** The version whose rules hold on a day: the last that began on or before it, else the first. */
export function termsOn<V extends EnrolmentTermsInForce>(
  versions: readonly V[],
  day: string | null,
): V['terms'] {
  let chosen = versions[0];
  if (chosen === undefined)
    throw new Error('An enrolment is checked against at least one terms version');
  for (const version of versions)
    if (day !== null && version.effectiveFrom <= day) chosen = version;
  return chosen.terms;
}

const COLUMNS: Readonly<Record<string, string>> = {
  '/reference': 'reference',
  '/cohort': 'cohort',
  '/startedOn': 'started_on',
  '/exitedOn': 'exited_on',
  '/exitReason': 'exit_reason',
  '/exceptionReason': 'exception_reason',
};

/** The column of participants.csv that a fault's path means. */
export const enrolmentColumn = (at: string): string =>
  COLUMNS[at] ?? at.replace('/attributes/', '');

function readStart(text: string, today: CivilDate, faults: Fault[]): CivilDate | null {
  const at = '/startedOn';
  const day = readDay(at, text, 'Give the start date.', faults);
  if (day !== null && day > today)
    faults.push({
      at,
      code: 'DATE_IN_FUTURE',
      detail: `${day} has not come yet. Enrol on or after the start date.`,
    });
  return day;
}

function checkCohort(
  terms: EnrolmentTerms,
  id: string,
  startedOn: CivilDate | null,
  faults: Fault[],
): void {
  const cohort = terms.cohorts.find((one) => one.id === id);
  if (cohort === undefined) {
    const known = terms.cohorts.map((one) => one.id).join(', ');
    faults.push({
      at: '/cohort',
      code: 'COHORT_UNKNOWN',
      detail: `The terms have no cohort "${excerpt(id)}". They have: ${known}.`,
    });
  } else if (startedOn !== null && (startedOn < cohort.opensOn || startedOn > cohort.closesOn)) {
    const detail = `Cohort ${id} takes starts from ${cohort.opensOn} to ${cohort.closesOn}; ${startedOn} is outside.`;
    faults.push({ at: '/startedOn', code: 'START_OUTSIDE_COHORT', detail });
  }
}

function readExit(
  input: EnrolmentInput,
  startedOn: CivilDate | null,
  today: CivilDate,
  faults: Fault[],
) {
  const reason = input.exitReason?.trim() || null;
  const text = input.exitedOn ?? '';
  if (text === '') {
    if (reason !== null)
      faults.push({
        at: '/exitedOn',
        code: 'EXIT_DATE_MISSING',
        detail: 'There is an exit reason without an exit date. Give both or neither.',
      });
    return { exitedOn: null, exitReason: null };
  }
  const at = '/exitedOn';
  const exitedOn = upToToday(at, readGivenDay(at, text, faults), today, faults);
  if (exitedOn !== null && startedOn !== null && exitedOn < startedOn)
    faults.push({
      at,
      code: 'EXIT_BEFORE_START',
      detail: `The exit on ${exitedOn} is before the start on ${startedOn}.`,
    });
  if (reason === null)
    faults.push({
      at: '/exitReason',
      code: 'EXIT_REASON_MISSING',
      detail: 'Say why the participant left.',
    });
  return { exitedOn, exitReason: reason };
}

function readAttributes(
  declared: EnrolmentTerms['population']['attributes'],
  given: EnrolmentInput['attributes'],
  faults: Fault[],
): Attributes | null {
  const before = faults.length;
  const values: Record<string, AttributeValue> = {};
  for (const [id, raw] of Object.entries(given)) {
    const at = `/attributes/${id}`;
    const declaration = Object.hasOwn(declared, id) ? declared[id] : undefined;
    if (raw === '') continue;
    if (declaration === undefined) {
      const known = Object.keys(declared).join(', ') || 'none';
      faults.push({
        at,
        code: 'ATTRIBUTE_UNKNOWN',
        detail: `The terms declare no attribute "${excerpt(id)}". They declare: ${known}.`,
      });
      continue;
    }
    const read = readAttribute(declaration, raw);
    if (read.ok) values[id] = read.value;
    else
      faults.push({
        at,
        code: 'ATTRIBUTE_VALUE',
        detail: `${declaration.label}: "${excerpt(String(raw))}" ${read.why}`,
      });
  }
  return faults.length === before ? values : null;
}

type Read =
  | { readonly ok: true; readonly value: AttributeValue }
  | { readonly ok: false; readonly why: string };
const YES_NO = new Map([
  ['yes', true],
  ['no', false],
  ['true', true],
  ['false', false],
]);

function readAttribute(declaration: AttributeDeclaration, raw: string | number | boolean): Read {
  const text = String(raw);
  if (declaration.type === 'number') {
    if (!/^-?\d{1,9}$/.test(text)) return { ok: false, why: 'is not a whole number.' };
    const [value, min, max] = [Number(text), declaration.min, declaration.max];
    if ((min !== undefined && value < min) || (max !== undefined && value > max))
      return { ok: false, why: `is outside ${min ?? 'any'} to ${max ?? 'any'}.` };
    return { ok: true, value };
  }
  if (declaration.type === 'yes-no') {
    const value = YES_NO.get(text.toLowerCase());
    return value === undefined ? { ok: false, why: 'is neither yes nor no.' } : { ok: true, value };
  }
  if (declaration.values.includes(text)) return { ok: true, value: text };
  return { ok: false, why: `is not one of: ${declaration.values.join(', ')}.` };
}

function readException(
  terms: EnrolmentTerms,
  attributes: Attributes,
  input: EnrolmentInput,
  earlier: EarlierEnrolment | null,
  { mayApproveException }: EnrolmentCircumstances,
  faults: Fault[],
): string | null {
  const rule = terms.population.eligibility;
  const approved = earlier?.exceptionReason ?? null;
  const asked = input.exceptionReason?.trim() || null;
  const at = '/exceptionReason';
  if (asked === null || asked === approved) {
    if (earlier === null && rule !== undefined && !isEligible(rule, attributes))
      faults.push(...ineligible(rule, attributes, terms.population.attributes));
    return approved;
  }
  if (rule === undefined || isEligible(rule, attributes))
    faults.push({
      at,
      code: 'EXCEPTION_NOT_NEEDED',
      detail: 'The participant is eligible. Leave the exception reason out.',
    });
  else if (!mayApproveException)
    faults.push({
      at,
      code: 'EXCEPTION_NEEDS_PAYER',
      detail:
        'Only a person of a paying party may admit an ineligible participant. Ask the commissioner to enrol this one.',
    });
  return asked;
}

/** Whether a fault says that a participant is not eligible. */
export const isOfEligibility = ({ code }: Fault): boolean =>
  code === 'INELIGIBLE' || code === 'ATTRIBUTE_MISSING';

/** Why a participant is not eligible: what was not given and is needed, or what was given. */
function ineligible(
  rule: Eligibility,
  attributes: Attributes,
  declared: AttributeDeclarations,
): Fault[] {
  const wanting = attributesWanting(rule, attributes);
  if (wanting.length > 0)
    return wanting.map((attribute) => ({
      at: `/attributes/${attribute}`,
      code: 'ATTRIBUTE_MISSING',
      detail: `${nameOf(attribute, declared)} is blank, and whether the contract serves this participant depends on it. Give it; a payer may admit an exception with a reason.`,
    }));
  const detail = `The contract serves those of whom: ${eligibilityInWords(rule, declared)}. This participant is not one; a payer may admit an exception with a reason.`;
  return [{ at: '/attributes', code: 'INELIGIBLE', detail }];
}
