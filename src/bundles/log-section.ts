import { Injectable } from '@nestjs/common';
import {
  checkpointLine,
  consistencyLine,
  entryLine,
  gapLine,
  headLine,
} from '../domain/log/bundle/bundle-lines.js';
import { withGaps } from '../domain/log/bundle/gaps.js';
import { commitmentOf, type EntryLeaf } from '../domain/log/leaf-text.js';
import { subtreesOf, type Range } from '../domain/log/subtrees.js';
import { LogReader, type CheckpointView } from '../log/log-reader.service.js';
import { NotASizeOfTheLog } from '../log/log.errors.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { BundlePlan } from './bundle-plan.js';
import { NotInACheckpointYet } from './bundles.errors.js';
import { BundlesRepository, type EntryInLogRow } from './bundles.repository.js';

/** Entries that are read at once. */
const PAGE = 1_000;

/** The part of a bundle that is about the log: its checkpoint, and every leaf of it as an entry or in a gap. */
@Injectable()
export class LogSection {
  constructor(
    private readonly reader: LogReader,
    private readonly repository: BundlesRepository,
  ) {}

  /**
   * The checkpoint to prove against: the latest that is witnessed and has what is to be proved, and else the latest. Refuses
   * LogEmpty and NotInACheckpointYet.
   */
  async checkpoint(tx: Transaction, stream: string, needs: bigint): Promise<CheckpointView> {
    const latest = await this.reader.latest(tx);
    const witnessed = await this.reader.latestWitnessed(tx);
    for (const checkpoint of [witnessed, latest]) {
      if (checkpoint === null) continue;
      const head = await this.reader.headOf(tx, stream, checkpoint.size);
      if (head !== null && head.seq >= needs) return checkpoint;
    }
    throw new NotInACheckpointYet(needs > 0n ? needs : 1n);
  }

  /** Checkpoint and, for a reader who kept an earlier one, the proof that this continues it. Refuses NotASizeOfTheLog. */
  async *opening(
    tx: Transaction,
    checkpoint: CheckpointView,
    since: number | null,
  ): AsyncGenerator<string> {
    yield checkpointLine(checkpoint.note);
    if (since === null) return;
    const earlier = await this.reader.at(tx, since);
    if (earlier === null || since > checkpoint.size)
      throw new NotASizeOfTheLog(since, checkpoint.size);
    const hashes = await this.reader.consistency(tx, since, checkpoint.size);
    yield consistencyLine(earlier, hashes);
  }

  /** Every leaf; `heard` is told of each entry that is opened. */
  async *leaves(
    tx: Transaction,
    stream: string,
    { size, headsLeaf }: CheckpointView,
    opens: BundlePlan['opens'],
    heard: (entry: EntryInLogRow) => void,
  ): AsyncGenerator<string> {
    let next = 0;
    for await (const rows of this.pages(tx, stream, size)) {
      const shown = withGaps(
        rows.map((row) => ({ index: Number(row.index), row })),
        next,
      );
      const gaps = await this.gaps(tx, [...shown.map(({ before }) => before)]);
      for (const [at, { item }] of shown.entries()) {
        if (gaps[at] !== null) yield gaps[at]!;
        const isOpen = opens(item.row);
        if (isOpen) heard(item.row);
        yield entryLine(item.index, leafOf(stream, item.row), isOpen ? item.row : null);
        next = item.index + 1;
      }
    }
    const [last] = await this.gaps(tx, [{ from: next, to: size - 1 }]);
    if (last !== null) yield last!;
    const head = await this.reader.headOf(tx, stream, size);
    yield headLine(size - 1, headsLeaf, head!);
  }

  private async *pages(
    tx: Transaction,
    stream: string,
    size: number,
  ): AsyncGenerator<EntryInLogRow[]> {
    for (let after = 0n, isFull = true; isFull;) {
      const rows = await this.repository.entries(tx, stream, size, after, PAGE);
      isFull = rows.length === PAGE;
      after = BigInt(rows.at(-1)?.seq ?? after);
      yield rows;
    }
  }

  /** The lines of gaps, with all their hashes asked for at once; null for one that is empty. */
  private async gaps(tx: Transaction, ranges: readonly Range[]): Promise<(string | null)[]> {
    const subtrees = ranges.map(subtreesOf);
    const hashes = await this.reader.hashes(tx, subtrees.flat());
    let at = 0;
    return ranges.map((range, index) => {
      const own = hashes.slice(at, (at += subtrees[index]!.length));
      return own.length === 0 ? null : gapLine(range, own);
    });
  }
}

const leafOf = (stream: string, row: EntryInLogRow): EntryLeaf => ({
  commitment: commitmentOf(row.salt, row.body),
  seq: BigInt(row.seq),
  stream,
  type: row.type,
});
