import { Injectable } from '@nestjs/common';
import { LinesOfActs } from '../claims/lines-of-acts.js';
import { leafOfLine, lineBody, lineSalt } from '../domain/claims/claim-line.js';
import { linesLine } from '../domain/log/bundle/bundle-lines.js';
import { TreeLines } from '../domain/log/bundle/tree-lines.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { BundlePlan } from './bundle-plan.js';
import type { ActRow } from './bundles.repository.js';

/** The part of a bundle that opens lines of claims. */
@Injectable()
export class ClaimsSection {
  constructor(private readonly linesOfActs: LinesOfActs) {}

  /** The lines of the acts whose entries are in the log as far as `lastSeq`. */
  async *lines(
    tx: Transaction,
    code: string,
    { acts, shows }: BundlePlan,
    lastSeq: bigint,
  ): AsyncGenerator<string> {
    for (const act of acts)
      if (act.recorded_seq !== null && BigInt(act.recorded_seq) <= lastSeq)
        yield* this.linesOf(tx, code, act, shows);
  }

  private async *linesOf(
    tx: Transaction,
    code: string,
    row: ActRow,
    shows: BundlePlan['shows'],
  ): AsyncGenerator<string> {
    const act = { claimId: row.claim_id, computationId: row.computation_id, act: row.act };
    const { size, pages } = await this.linesOfActs.of(tx, code, act);
    yield linesLine(BigInt(row.recorded_seq!), size);
    const tree = new TreeLines();
    for await (const page of pages)
      for (const line of page) {
        const shown = shows(line)
          ? { salt: lineSalt(row.salt!, line.lineNo), body: lineBody(line) }
          : null;
        yield* tree.add({ leaf: leafOfLine(row.salt!, line), shown });
      }
    yield* tree.end();
  }
}
