import { z } from 'zod';
import type { Transaction } from '../database/transaction.js';
import { sealAnew } from '../secrets/seal-anew.js';
import type { SecretBox, SealContext } from '../secrets/secret-box.js';
import type { Letter } from './letters.js';
import type { SealedLetterRow, WaitingLettersRepository } from './waiting-letters.repository.js';

const WORDS = z.strictObject({ to: z.string(), subject: z.string(), text: z.string() });

/** Whom a letter is to, and what it says. */
export type LetterWords = z.infer<typeof WORDS>;

/** A letter sealed for its row: nobody who reads the table or a backup learns whom it is to, or a link in it. */
export const sealLetter = (box: SecretBox, id: string, { to, subject, text }: Letter): Buffer =>
  box.seal(contextOf(id), Buffer.from(JSON.stringify({ to, subject, text }), 'utf8'));

/** Refuses SecretNotOpened. */
export const openLetter = (box: SecretBox, id: string, sealed: Buffer): LetterWords =>
  WORDS.parse(JSON.parse(box.open(contextOf(id), sealed).toString('utf8')));

/** Seals under the first configured key whatever letters an older one sealed; gives how many. Only for the rewrapper. */
export const sealLettersAnew = (
  tx: Transaction,
  box: SecretBox,
  waiting: WaitingLettersRepository,
): Promise<number> =>
  sealAnew<SealedLetterRow>(box, {
    pageAfter: (row) => waiting.sealed(tx, row?.id ?? null),
    contextOf: ({ id }) => contextOf(id),
    write: ({ id }, sealed) => waiting.sealAnew(tx, id, sealed),
  });

const contextOf = (id: string): SealContext => ({ purpose: 'letter', owner: id });
