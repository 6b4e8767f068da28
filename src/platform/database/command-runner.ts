import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/actor.js';
import { IdempotencyKeyReused } from './database.errors.js';
import type { Transaction } from './transaction.js';
import { TransactionRunner } from './transaction-runner.js';

/** An act that somebody asks for. */
export interface Command {
  readonly actor: Actor;
  /** Minted by whoever asks; null where a repetition does no harm. */
  readonly idempotencyKey: string | null;
  /** SHA-256 (hexadecimal) over all that the request says. */
  readonly requestHash: string;
}

export interface Performed<T> {
  readonly result: T;
  /** True when the act was done by an earlier request with the same key, and this is its stored result. */
  readonly replayed: boolean;
}

interface Stored {
  readonly request_hash: Buffer;
  readonly result: unknown;
}

/** Does an act once per key: the key, the act and its result are committed together or not at all. */
@Injectable()
export class CommandRunner {
  constructor(private readonly transactions: TransactionRunner) {}

  /**
   * The result must be plain JSON with amounts as texts, because it is stored and given again to whoever repeats the
   * request. Keys never expire. Refuses IdempotencyKeyReused when the key came with other content before.
   */
  perform<T>(command: Command, work: (tx: Transaction) => Promise<T>): Promise<Performed<T>> {
    const { idempotencyKey: key } = command;
    return this.transactions.run(command.actor, async (tx) => {
      if (key === null) return { result: await work(tx), replayed: false };
      const stored = await this.reserve(tx, command, key);
      if (stored) return { result: replay<T>(stored, command, key), replayed: true };
      const result = await work(tx);
      await tx.query('update idempotency_key set result = $3 where person_id = $1 and key = $2', [
        command.actor.personId,
        key,
        JSON.stringify(result ?? null),
      ]);
      return { result, replayed: false };
    });
  }

  /** Waits for a request with the same key that is still under way; null when this one is the first. */
  private async reserve(tx: Transaction, command: Command, key: string): Promise<Stored | null> {
    const parameters = [command.actor.personId, key];
    const first = await tx.query(
      `insert into idempotency_key (person_id, key, request_hash) values ($1, $2, decode($3, 'hex'))
       on conflict (person_id, key) do nothing returning key`,
      [...parameters, command.requestHash],
    );
    if (first.length === 1) return null;
    const [stored] = await tx.query<Stored>(
      'select request_hash, result from idempotency_key where person_id = $1 and key = $2',
      parameters,
    );
    return stored ?? null;
  }
}

function replay<T>(stored: Stored, command: Command, key: string): T {
  if (stored.request_hash.toString('hex') !== command.requestHash) {
    throw new IdempotencyKeyReused(key);
  }
  return stored.result as T;
}
