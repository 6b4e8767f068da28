import type { Fault } from './domain-error.js';

/** Controls, formats and separators, but not the plain space, which is seen between quotation marks. */
const INVISIBLE = /[^\P{C}\p{Cn}\p{Co}\p{Cs}]|[^\P{Z} ]/gu;

const NAMES: Readonly<Record<string, string>> = {
  '\t': 'a tab',
  '\n': 'a line break',
  '\r': 'a carriage return',
  '\u00a0': 'a non-breaking space',
  '\u00ad': 'a soft hyphen',
  '\u200b': 'a zero-width space',
  '\u200c': 'a zero-width non-joiner',
  '\u200d': 'a zero-width joiner',
  '\u200e': 'a left-to-right mark',
  '\u200f': 'a right-to-left mark',
  '\u202f': 'a narrow non-breaking space',
  '\u2060': 'a word joiner',
  '\ufeff': 'a byte order mark',
};

/** What a text holds that nobody sees, in words: "a non-breaking space (U+00A0)". Null where all of it is seen. */
export function invisibleIn(text: string): string | null {
  const found = new Set(text.match(INVISIBLE));
  return found.size === 0 ? null : [...found].map(nameOf).join(' and ');
}

function nameOf(character: string): string {
  const name =
    NAMES[character] ??
    (/\p{Zs}/u.test(character) ? 'a space of another width' : 'an invisible character');
  const number = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return `${name} (U+${number})`;
}

/** The sentence that refuses a text, with what it holds that nobody sees: without it, the sentence cannot be understood. */
export function withInvisible(sentence: string, text: string): string {
  const held = invisibleIn(text);
  if (held === null) return sentence;
  const which = held.includes(' and ') ? 'them' : 'it';
  return `${sentence} It holds ${held}, which nobody sees: remove ${which}.`;
}

/** Prose may hold such characters, so they are not why it is refused. */
const PROSE = new Set(['/note', '/correctionReason', '/exitReason', '/exceptionReason']);

/** Reads an input; each fault that this adds says what the refused text holds that nobody sees. */
export function showingInvisible<T>(faults: Fault[], input: object, read: () => T): T {
  const before = faults.length;
  const result = read();
  for (let index = before; index < faults.length; index += 1) {
    const fault = faults[index]!;
    const text = PROSE.has(fault.at) ? '' : textAt(input, fault.at);
    faults[index] = { ...fault, detail: withInvisible(fault.detail, text) };
  }
  return result;
}

/** What was typed at a path ("/items/left_out"); blank where no text was. */
function textAt(input: object, at: string): string {
  let found: unknown = input;
  for (const name of at.slice(1).split('/'))
    found =
      typeof found === 'object' && found !== null && Object.hasOwn(found, name)
        ? (found as Readonly<Record<string, unknown>>)[name]
        : undefined;
  return typeof found === 'string' ? found : '';
}
