import type { Fault } from '../shared/domain-error.js';
import { isNhsNumber } from './participant-reference.js';

/** Longest note or reason, in characters. */
export const MAX_TEXT_LENGTH = 1000;

const EMAIL = /[^\s@]@[^\s@]+\.[^\s@]/;
const POSTCODE =
  /(?<![A-Za-z0-9])(GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})(?![A-Za-z0-9])/;
const NATIONAL_INSURANCE = /(?<![A-Za-z0-9])[A-Z]{2} ?([0-9]{2} ?){3}[A-D](?![A-Za-z0-9])/;
const DIGIT_RUN = /(?<![A-Za-z0-9])\+?[0-9][0-9 ()-]{7,16}[0-9](?![A-Za-z0-9])/g;
const PHONE = /^(\+44|0044|0)[1235789][0-9]{8,9}$/;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const PLAIN = /^[a-z ,.']*$/;

/**
 * What is wrong with a free text (a note, a reason), or null. It may not carry what identifies a person, nor begin as a
 * formula would when a colleague opens a download in a spreadsheet. The fault never repeats the text.
 */
export function freeTextFault(at: string, text: string): Fault | null {
  if (PLAIN.test(text) && text.length <= MAX_TEXT_LENGTH) return null;
  if (startsAsFormula(text))
    return {
      at,
      code: 'FORMULA_CELL',
      detail: 'The text begins with = + - @ or a tab, as a formula does. Begin it with a word.',
    };
  if (text.length > MAX_TEXT_LENGTH)
    return {
      at,
      code: 'TEXT_TOO_LONG',
      detail: `The text has ${text.length} characters; at most ${MAX_TEXT_LENGTH} are kept. Shorten it.`,
    };
  if (CONTROL.test(text))
    return {
      at,
      code: 'TEXT_NOT_PRINTABLE',
      detail: 'The text holds characters that cannot be printed. Type it again.',
    };
  const what = personalDataIn(text);
  if (what === null) return null;
  return {
    at,
    code: 'TEXT_IDENTIFIES_A_PERSON',
    detail: `The text holds what looks like ${what}. Take it out: records here are pseudonymous.`,
  };
}

/** Whether a spreadsheet would take the text for a formula. */
export const startsAsFormula = (text: string): boolean => {
  const first = text.charCodeAt(0);
  return first === 61 || first === 43 || first === 45 || first === 64 || first === 9;
};

function personalDataIn(text: string): string | null {
  if (EMAIL.test(text)) return 'an e-mail address';
  if (POSTCODE.test(text)) return 'a postcode';
  if (NATIONAL_INSURANCE.test(text)) return 'a National Insurance number';
  for (const [run] of text.matchAll(DIGIT_RUN)) {
    const digits = run.replace(/[^0-9+]/g, '');
    if (isNhsNumber(digits)) return 'an NHS number';
    if (PHONE.test(digits)) return 'a telephone number';
  }
  return null;
}
