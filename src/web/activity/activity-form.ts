import { EVERYTHING, type ActivityFilter } from '../../activity/activity-filter.js';
import { isAuditType } from '../../domain/activity/sentence.js';
import { isCivilDate } from '../../domain/calendar/civil-date.js';
import type { FormErrors } from '../frame/answer.js';
import { errorsWhere } from '../frame/checks.js';
import { readForm } from '../frame/read-form.js';
import { FormMalformed } from '../frame/web.errors.js';

const FIELDS = ['type', 'participant', 'claim', 'from', 'before', 'person', 'after'] as const;
type Field = (typeof FIELDS)[number];

/** What the form above the list says, as its address has it. */
export type ActivityForm = Readonly<Record<Field, string>>;

export interface AskedActivity {
  readonly form: ActivityForm;
  readonly filter: ActivityFilter;
  readonly errors: FormErrors;
}

/** Reads the address of a list; a field that is wrong narrows nothing, and is said. Refuses FormMalformed. */
export function readActivityForm(query: unknown): AskedActivity {
  if (!isPlainQuery(query)) throw new FormMalformed();
  const form = readForm(query, FIELDS);
  const participant = form.participant.trim();
  const claim = form.claim.trim();
  const isNumber = /^[1-9]\d{0,8}$/.test(claim);
  const errors = errorsWhere(
    ['type', form.type !== '' && !isAuditType(form.type), 'Choose a kind of act from the list'],
    ['participant', !isPlain(participant), 'Enter the reference of a participant, such as P-1'],
    ['claim', claim !== '' && !isNumber, 'Enter the number of a claim, such as 1'],
    ['from', !isDay(form.from), 'Enter a day that there is, such as 2015-06-02'],
    ['before', !isDay(form.before), 'Enter a day that there is, such as 2015-06-02'],
  );
  const isGood = (field: Field): boolean => form[field].trim() !== '' && !(field in errors);
  return {
    form,
    errors,
    filter: {
      ...EVERYTHING,
      types: isAuditType(form.type) ? [form.type] : [],
      participant: isGood('participant') ? participant : null,
      claim: isGood('claim') ? Number(claim) : null,
      recordedFrom: isGood('from') ? form.from : null,
      recordedBefore: isGood('before') ? form.before : null,
      personId: UUID.test(form.person) ? form.person : null,
    },
  };
}

/** A field that is given twice says two things. */
const isPlainQuery = (query: unknown): boolean =>
  typeof query === 'object' &&
  query !== null &&
  Object.values(query).every((value) => typeof value === 'string');

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isDay = (text: string): boolean => text === '' || isCivilDate(text);
const isPlain = (text: string): boolean =>
  text.length <= 100 && text.isWellFormed() && !/\p{C}/u.test(text);
