import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction.js';
import type { SealedRow } from '../secrets/seal-anew.js';

/** A letter as it waits. */
export interface WaitingLetter {
  readonly id: string;
  readonly sealed: Buffer;
  readonly writtenAt: Date;
  readonly uselessAt: Date;
  /** How often it was taken, this time among them; names the turn of whoever took it. */
  readonly attempts: number;
}

/** Letters that wait for the mail server. */
@Injectable()
export class WaitingLettersRepository {
  async insert(tx: Transaction, letter: Omit<WaitingLetter, 'attempts'>): Promise<void> {
    const { id, sealed, writtenAt, uselessAt } = letter;
    await tx.query(
      'insert into letter (id, sealed, written_at, useless_at, due_at) values ($1, $2, $3, $4, $3)',
      [id, sealed, writtenAt, uselessAt],
    );
  }

  /**
   * Takes the letter that has been due for longest, whose turn lasts until the instant given; letters that somebody else is
   * taking are passed over. Served by letter_due.
   */
  async take(tx: Transaction, now: Date, turnEndsAt: Date): Promise<WaitingLetter | null> {
    const [row] = await tx.query<LetterRow>(
      `update letter set attempts = attempts + 1, due_at = $2
        where id = (select id from letter where due_at <= $1 order by due_at, id limit 1 for update skip locked)
        returning id, sealed, written_at, useless_at, attempts`,
      [now, turnEndsAt],
    );
    return row
      ? {
          id: row.id,
          sealed: row.sealed,
          writtenAt: row.written_at,
          uselessAt: row.useless_at,
          attempts: row.attempts,
        }
      : null;
  }

  /** Has it tried again from the instant on; nothing if the turn is over and somebody else has it. */
  async putOff(tx: Transaction, { id, attempts }: WaitingLetter, dueAt: Date): Promise<void> {
    await tx.query('update letter set due_at = $3 where id = $1 and attempts = $2', [
      id,
      attempts,
      dueAt,
    ]);
  }

  /** It is delivered, refused or of no use. */
  async remove(tx: Transaction, { id }: WaitingLetter): Promise<void> {
    await tx.query('delete from letter where id = $1', [id]);
  }

  /** A page of letters as they are sealed, after one in the order of their ids; locked. Only for the rewrapper. */
  sealed(tx: Transaction, after: string | null): Promise<SealedLetterRow[]> {
    return tx.query<SealedLetterRow>(
      `select id, sealed from letters_sealed(coalesce($1::uuid, '00000000-0000-0000-0000-000000000000'), 500)`,
      [after],
    );
  }

  /** Only for the rewrapper. */
  async sealAnew(tx: Transaction, id: string, sealed: Buffer): Promise<void> {
    await tx.query('select seal_letter_anew($1, $2)', [id, sealed]);
  }
}

export interface SealedLetterRow extends SealedRow {
  readonly id: string;
}

interface LetterRow {
  readonly id: string;
  readonly sealed: Buffer;
  readonly written_at: Date;
  readonly useless_at: Date;
  readonly attempts: number;
}
