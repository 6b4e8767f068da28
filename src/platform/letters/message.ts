import { LetterRefused } from './letters.errors.js';
import type { Letter } from './letters.js';

/** What a letter's head says beside the letter itself. */
export interface Head {
  readonly from: string;
  /** The letter's own, the same however often it is tried: whoever gets it twice can see that it is one. */
  readonly id: string;
  readonly at: Date;
  /** The service's own host, in the letter's name. */
  readonly host: string;
}

const CONTROL = /[\u0000-\u001f\u007f]/;
/** One address and nothing beside it: no name, list, group, comment or quoted part, each of which could be read as more. */
const ONE_ADDRESS = /^[^\s,;:<>()"[\]\\@]+@[^\s,;:<>()"[\]\\@]+$/;

/** Whether a letter can go to it, and to nobody else. */
export const isOneAddress = (text: string): boolean =>
  !CONTROL.test(text) && ONE_ADDRESS.test(text);

/** Refuses LetterRefused for an address that is not exactly one, or a subject that would change the head. */
export function requireSendable({ to, subject }: Pick<Letter, 'to' | 'subject'>): void {
  if (!isOneAddress(to) || CONTROL.test(subject)) throw new LetterRefused();
}

/** What nodemailer needs to write a letter, and nothing more of all that it would take. */
export interface Message {
  readonly from: string;
  readonly to: { readonly name: ''; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly encoding: 'base64';
  readonly date: Date;
  readonly messageId: string;
  readonly headers: Record<string, string>;
}

/** A letter as nodemailer writes it (RFC 5322): plain text, in base64, so that no line of it can be taken for another. */
export function messageOf(letter: Letter, { from, id, at, host }: Head): Message {
  requireSendable(letter);
  return {
    from,
    to: { name: '', address: letter.to }, // not parsed: a text would be taken for a list
    subject: letter.subject,
    text: letter.text,
    encoding: 'base64',
    date: at,
    messageId: `<${id}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}
