import { z } from 'zod';
import type { SecretBox, SealContext } from '../secrets/secret-box.js';
import type { Letter } from './letters.js';

const WORDS = z.strictObject({ to: z.string(), subject: z.string(), text: z.string() });

/** Whom a letter is to, and what it says. */
export type LetterWords = z.infer<typeof WORDS>;

/** A letter sealed for its row: nobody who reads the table or a backup learns whom it is to, or a link in it. */
export const sealLetter = (box: SecretBox, id: string, { to, subject, text }: Letter): Buffer =>
  box.seal(contextOf(id), Buffer.from(JSON.stringify({ to, subject, text }), 'utf8'));

/** Refuses SecretNotOpened. */
export const openLetter = (box: SecretBox, id: string, sealed: Buffer): LetterWords =>
  WORDS.parse(JSON.parse(box.open(contextOf(id), sealed).toString('utf8')));

const contextOf = (id: string): SealContext => ({ purpose: 'letter', owner: id });
