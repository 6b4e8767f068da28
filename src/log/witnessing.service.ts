import { Inject, Injectable, Logger } from '@nestjs/common';
import { parseCheckpoint } from '../domain/log/checkpoint.js';
import { cosignedAt } from '../domain/log/cosignature.js';
import type { NoteKey } from '../domain/log/note-key.js';
import type { PolicyKey } from '../domain/log/policy.js';
import { formatSignatureLine, parseNote, type NoteSignature } from '../domain/log/signed-note.js';
import { SERVICE } from '../platform/auth/acting.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { LogContradicted } from './log.errors.js';
import { LogReader } from './log-reader.service.js';
import { LogRepository } from './log.repository.js';
import { addCheckpoint, WitnessUnavailable, type WitnessAnswer } from './witness-client.js';

/** A checkpoint as it was signed, to be shown to witnesses. */
interface Shown {
  readonly size: number;
  readonly note: string;
}

/** A witness whose last size was not known tells it; it is asked once more, and once again if it moved meanwhile. */
const ATTEMPTS = 3;

/**
 * Asks the witnesses to cosign the latest checkpoint. One that is away only delays its cosignature. One that has cosigned a
 * history which this log does not continue is heard: from then on this process signs nothing.
 */
@Injectable()
export class Witnessing {
  private readonly logger = new Logger(Witnessing.name);
  private readonly silent = new Set<string>();
  private contradiction: LogContradicted | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: TransactionRunner,
    private readonly reader: LogReader,
    private readonly repository: LogRepository,
  ) {}

  /** Refuses LogContradicted once a witness has contradicted the log. */
  requireUncontradicted(): void {
    if (this.contradiction !== null) throw this.contradiction;
  }

  /**
   * Hears from every witness which size it cosigned last, also from those that have cosigned the latest checkpoint: a copy of
   * the database that was restored has their cosignatures, and they have gone on. Refuses LogContradicted.
   */
  async hear(): Promise<void> {
    const { witnesses } = this.config.log.witnesses;
    await Promise.all([...witnesses].map(([name, witness]) => this.hearOne(name, witness)));
    this.requireUncontradicted();
  }

  /** Shows the latest checkpoint to every witness that has not cosigned it; gives how many cosigned now. */
  async ask(): Promise<number> {
    const { witnesses } = this.config.log.witnesses;
    if (witnesses.size === 0) return 0;
    if (await this.isBehind()) {
      this.requireUncontradicted();
      return 0;
    }
    const asked = [...witnesses].map(([name, witness]) => this.askOne(name, witness));
    const cosigned = (await Promise.all(asked)).filter(Boolean).length;
    this.requireUncontradicted();
    return cosigned;
  }

  /**
   * A cosignature later than the deadline of a receipt, on a checkpoint without its entry, proves a broken promise. Where
   * sealing has fallen behind, nobody is asked until it has caught up: an outage is then no broken promise.
   */
  private async isBehind(): Promise<boolean> {
    const { oldestSeconds } = await this.transactions.readOnly(SERVICE.sealer, (tx) =>
      this.repository.waiting(tx),
    );
    return oldestSeconds > this.config.log.promiseSeconds / 2;
  }

  private latest(): Promise<Shown | null> {
    return this.transactions.readOnly(SERVICE.sealer, async (tx) => {
      const row = await this.repository.latest(tx);
      return row && { size: Number(row.size), note: row.note };
    });
  }

  /**
   * Asks from a size that the witness does not have, so that it answers with the one that it has instead of cosigning, which
   * it should not do while sealing is behind.
   */
  private async hearOne(name: string, { key, url }: PolicyKey): Promise<void> {
    try {
      const known = await this.cosignedBy(key);
      const latest = await this.latest();
      if (latest === null) return;
      const oldSize = known > 0 ? 0 : 1;
      const answer = await addCheckpoint(url!, { oldSize, proof: [], checkpoint: latest.note });
      if (answer.kind === 'conflict' && answer.size > latest.size)
        await this.ahead(name, answer.size);
    } catch (error) {
      this.noteFailure(name, error);
    }
  }

  private cosignedBy(key: NoteKey): Promise<number> {
    return this.transactions.readOnly(SERVICE.sealer, (tx) =>
      this.repository.cosignedBy(tx, key.name, key.id),
    );
  }

  private async askOne(name: string, { key, url }: PolicyKey): Promise<boolean> {
    try {
      let known = await this.cosignedBy(key);
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        // always the latest: no cosignature is asked for on what the log has gone beyond
        const latest = await this.latest();
        if (latest === null || (attempt === 0 && known === latest.size)) return false;
        const answer = await this.show(url!, known, latest);
        if (answer.kind === 'cosigned')
          return await this.keep(name, key, latest, answer.signatures);
        if (answer.kind === 'inconsistent' || answer.size === known)
          throw new LogContradicted(name, `does not see ${latest.size} continue what it cosigned`);
        if (answer.size > latest.size) return await this.ahead(name, answer.size);
        known = answer.size;
      }
      throw new WitnessUnavailable('it never agreed on the size that it cosigned last');
    } catch (error) {
      return this.noteFailure(name, error);
    }
  }

  private async show(url: string, known: number, latest: Shown): Promise<WitnessAnswer> {
    const proof =
      known === 0 || known === latest.size
        ? []
        : await this.transactions.readOnly(SERVICE.sealer, (tx) =>
            this.reader.consistency(tx, known, latest.size),
          );
    return addCheckpoint(url, { oldSize: known, proof, checkpoint: latest.note });
  }

  private async keep(
    name: string,
    key: NoteKey,
    latest: Shown,
    signatures: readonly NoteSignature[],
  ): Promise<boolean> {
    const { text } = parseNote(latest.note);
    for (const signature of signatures) {
      const seconds = cosignedAt(text, signature, key);
      if (seconds === null) continue;
      await this.transactions.run(SERVICE.sealer, (tx) =>
        this.repository.insertCosignature(tx, {
          size: String(parseCheckpoint(text).size),
          name: key.name,
          key_id: key.id,
          line: formatSignatureLine(signature).trimEnd(),
          cosigned_at: new Date(Number(seconds) * 1_000),
        }),
      );
      this.silent.delete(name);
      return true;
    }
    throw new WitnessUnavailable('its cosignature does not verify');
  }

  /** Another process may have sealed in the meantime; else the witness has seen what this log has forgotten. */
  private async ahead(name: string, size: number): Promise<boolean> {
    const now = await this.latest();
    if (now !== null && now.size >= size) return false;
    throw new LogContradicted(
      name,
      `has cosigned ${size} leaves and the log has ${now?.size ?? 0}`,
    );
  }

  private noteFailure(name: string, error: unknown): boolean {
    if (error instanceof LogContradicted) {
      if (this.contradiction === null) this.logger.error(error.message); // it stays said
      this.contradiction ??= error;
      return false;
    }
    if (!(error instanceof WitnessUnavailable)) throw error;
    if (!this.silent.has(name))
      this.logger.warn(`Witness ${name} did not cosign and will be asked again: ${error.message}`);
    this.silent.add(name);
    return false;
  }
}
