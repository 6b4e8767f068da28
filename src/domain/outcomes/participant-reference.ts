import type { Fault } from '../shared/domain-error.js';

const SHAPE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const POSTCODE = /^(GIR0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2})$/;
const NATIONAL_INSURANCE = /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]$/;
const PHONE = /^(\+44|0044|0)[1235789][0-9]{8,9}$/;

/**
 * What is wrong with a participant's reference, or null. A reference is a pseudonym: it may not be, or look like,
 * something that names a person outside this service. The fault never repeats the text, so that an identifier typed by
 * mistake is not copied into an answer or a log.
 */
export function referenceFault(text: string): Fault | null {
  if (text === '')
    return fault('REFERENCE_MISSING', 'Give the participant a reference, such as P-0001.');
  const personal = looksLike(text);
  if (personal !== null)
    return fault(
      personal.code,
      `The reference looks like ${personal.what}. Use a pseudonymous reference that cannot identify the person, such as P-0001.`,
    );
  if (SHAPE.test(text)) return null;
  return fault(
    'REFERENCE_SHAPE',
    'A reference is 1 to 64 letters, digits, dots, hyphens or underscores, and starts with a letter or digit.',
  );
}

/** The form in which references are compared: two that differ only by case are the same participant mistyped. */
export const foldReference = (reference: string): string => reference.toLowerCase();

/** The fault of a new reference that differs from an existing one only by case. */
export const referenceCaseFault = (existing: string): Fault =>
  fault(
    'REFERENCE_DIFFERS_BY_CASE',
    `The reference differs only by capital letters from "${existing}", which exists. Write it the same way, or choose another.`,
  );

const fault = (code: string, detail: string): Fault => ({ at: '/reference', code, detail });

function looksLike(text: string): { code: string; what: string } | null {
  const bare = text.replace(/[\s._-]/g, '').toUpperCase();
  if (text.includes('@')) return { code: 'REFERENCE_IS_EMAIL', what: 'an e-mail address' };
  if (isNhsNumber(bare.replace(/^NHS(NO)?/, '')))
    return { code: 'REFERENCE_IS_NHS_NUMBER', what: 'an NHS number' };
  if (NATIONAL_INSURANCE.test(bare))
    return { code: 'REFERENCE_IS_NINO', what: 'a National Insurance number' };
  if (POSTCODE.test(bare)) return { code: 'REFERENCE_IS_POSTCODE', what: 'a postcode' };
  if (PHONE.test(bare.replace(/[().]/g, '')))
    return { code: 'REFERENCE_IS_PHONE', what: 'a telephone number' };
  if (/\p{L}\s+\p{L}/u.test(text)) return { code: 'REFERENCE_IS_NAME', what: "a person's name" };
  return null;
}

/** Ten digits of which the last is the modulus 11 check digit of the first nine. */
export function isNhsNumber(digits: string): boolean {
  if (!/^[0-9]{10}$/.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < 9; index += 1) sum += Number(digits[index]) * (10 - index);
  const check = (11 - (sum % 11)) % 11; // 10 is no digit, so that no number has it
  return check === Number(digits[9]);
}
