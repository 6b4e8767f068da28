import { isCivilDate } from '../calendar/civil-date.js';
import { isNhsNumber } from '../outcomes/participant-reference.js';
import type { Fault } from '../shared/domain-error.js';

/** What can name a person directly. Terms allow none, or some of these; nothing else can be held about who somebody is. */
export const IDENTIFIERS = [
  'name',
  'dateOfBirth',
  'postcode',
  'nhsNumber',
  'phone',
  'email',
] as const;
export type Identifier = (typeof IDENTIFIERS)[number];

/** Identifiers of one person, each in its normal form. */
export type Identifiers = Readonly<Partial<Record<Identifier, string>>>;

export const IDENTIFIER_WORDS: Readonly<Record<Identifier, string>> = {
  name: 'name',
  dateOfBirth: 'date of birth',
  postcode: 'postcode',
  nhsNumber: 'NHS number',
  phone: 'telephone number',
  email: 'e-mail address',
};

const MAX_LENGTH = 200;
const POSTCODE = /^(GIR0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2})$/;
const PHONE = /^\+?[0-9]{7,15}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const EARLIEST_BIRTH = '1900-01-01';

type Normal = { readonly value: string } | { readonly why: string };

const NORMAL: Readonly<Record<Identifier, (text: string) => Normal>> = {
  name: (text) => ({ value: text.replace(/\s+/gu, ' ') }),
  dateOfBirth: (text) =>
    isCivilDate(text) && text >= EARLIEST_BIRTH
      ? { value: text }
      : { why: `is not a date from ${EARLIEST_BIRTH} on, written 1948-03-21` },
  postcode: (text) => {
    const bare = text.replace(/\s/gu, '').toUpperCase();
    return POSTCODE.test(bare)
      ? { value: `${bare.slice(0, -3)} ${bare.slice(-3)}` }
      : { why: 'is not a postcode' };
  },
  nhsNumber: (text) => {
    const digits = text.replace(/[\s-]/gu, '');
    return isNhsNumber(digits)
      ? { value: digits }
      : { why: 'is not an NHS number: its last digit does not agree with the others' };
  },
  phone: (text) => {
    const digits = text.replace(/[\s().-]/gu, '');
    return PHONE.test(digits) ? { value: digits } : { why: 'is not a telephone number' };
  },
  email: (text) =>
    EMAIL.test(text) ? { value: text.toLowerCase() } : { why: 'is not an e-mail address' },
};

/**
 * Brings identifiers into their normal form, and collects every fault: one that the terms do not allow, or that is none
 * of its kind. No fault repeats what was given, so that it is not copied into an answer or a log.
 */
export function readIdentifiers(
  given: Readonly<Record<string, string>>,
  allowed: readonly Identifier[],
  faults: Fault[],
): Identifiers {
  const read: Partial<Record<Identifier, string>> = {};
  for (const identifier of IDENTIFIERS) {
    const text = given[identifier]?.normalize('NFC').trim();
    if (text === undefined) continue;
    const at = `/${identifier}`;
    const words = IDENTIFIER_WORDS[identifier];
    if (!allowed.includes(identifier)) {
      const detail = `The terms do not allow the ${words} to be held. Leave it out.`;
      faults.push({ at, code: 'IDENTIFIER_NOT_ALLOWED', detail });
      continue;
    }
    const normal = text === '' ? { why: 'is blank' } : NORMAL[identifier](text);
    if ('value' in normal && text.length <= MAX_LENGTH) read[identifier] = normal.value;
    else {
      const why = 'why' in normal ? normal.why : `is longer than ${MAX_LENGTH} characters`;
      faults.push({ at, code: 'IDENTIFIER_MALFORMED', detail: `The ${words} ${why}.` });
    }
  }
  return read;
}
