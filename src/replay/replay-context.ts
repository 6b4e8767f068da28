import type { OpenContract } from '../contracts/contracts.service.js';
import type { HeldRows } from '../domain/replay/held-rows.js';
import type { RecordedActs, RowsImport } from '../domain/replay/recorded-acts.js';
import type { Findings } from '../domain/replay/report.js';
import type { ParticipantsKeys } from './participants-keys.js';

/** One replay under way: the contract, its trail, what opens commitments, and what was found so far. */
export class ReplayContext {
  constructor(
    readonly contract: OpenContract,
    readonly acts: RecordedActs,
    readonly keys: ParticipantsKeys,
    readonly findings: Findings,
    private readonly rows: ReadonlyMap<bigint, HeldRows>,
  ) {}

  /** The rows of the import that an entry records; null where it records none of that kind. */
  rowsOf(seq: bigint, type: RowsImport['type']): HeldRows | null {
    return this.acts.imports.get(seq)?.type === type ? (this.rows.get(seq) ?? null) : null;
  }

  /** Says what came of the rows of every import of a kind. */
  conclude(type: RowsImport['type'], part: 'enrolments' | 'measurements'): void {
    for (const [seq, rows] of this.rows)
      if (this.rowsOf(seq, type) !== null) rows.conclude(this.findings, part);
  }
}
