import type { AuditType } from '../audit/entry-types.js';
import { ACCESS_SENTENCES } from './access-sentences.js';
import { PAYMENT_SENTENCES } from './payment-sentences.js';
import { READING_SENTENCES } from './reading-sentences.js';
import { RECORD_SENTENCES } from './record-sentences.js';
import type { Sentences, Words } from './words.js';

/** Every type of entry has its sentence: one that is added without does not compile. */
const SENTENCES: Sentences<AuditType> = {
  ...ACCESS_SENTENCES,
  ...PAYMENT_SENTENCES,
  ...READING_SENTENCES,
  ...RECORD_SENTENCES,
};

/** Every type there is, in alphabetical order. */
export const AUDIT_TYPES: readonly AuditType[] = (Object.keys(SENTENCES) as AuditType[]).sort();

export const isAuditType = (text: string): text is AuditType => Object.hasOwn(SENTENCES, text);

/** What of a stored entry its sentence is made from. */
export interface ToldEntry {
  readonly type: string;
  /** null where the service itself acted. */
  readonly personId: string | null;
  /** The hashed text. */
  readonly body: string;
}

/** What a reader is told of who somebody is; null where the reader may not know the name. */
export type NameOf = (personId: string) => string | null;

/**
 * An entry as one plain sentence: who did what. Whoever's name the reader may not see is called by identifier. An entry that
 * is not as it was written (a type or a payload that never was) is called unreadable rather than guessed at: verification
 * says where the trail was changed.
 */
export function sentenceOf({ type, personId, body }: ToldEntry, nameOf: NameOf): string {
  const name = (id: string): string => nameOf(id) ?? `person ${id}`;
  const words: Words = {
    name,
    whose: (id) => (id === personId ? 'their own' : `${name(id)}’s`),
  };
  const who = personId === null ? 'The service' : capital(name(personId));
  return `${who} ${predicate(type, body, words)}.`.replace(/\.\.$/, '.');
}

function predicate(type: string, body: string, words: Words): string {
  if (!isAuditType(type)) return unreadable(type);
  try {
    const { payload } = JSON.parse(body) as { payload: never };
    return SENTENCES[type](payload, words);
  } catch {
    return unreadable(type);
  }
}

const unreadable = (type: string): string => `did something that cannot be read (${type})`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
