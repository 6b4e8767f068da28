import { Injectable } from '@nestjs/common';
import type { ActedLine } from '../domain/claims/claim-line.js';
import type { LineDecision } from '../domain/claims/decisions.js';
import type { Transaction } from '../platform/database/transaction.js';
import { ActedLinesRepository, type Acted } from './acted-lines.repository.js';
import { toActedLine, type ActedLineRow } from './claims.mapping.js';
import { ClaimsRepository, type ActOnClaim, type DecisionAct } from './claims.repository.js';

/** Lines of an act, in the order of their numbers, page by page. */
export type PagesOfLines = AsyncGenerator<readonly ActedLine[]>;

const PAGE = 5_000;

/**
 * The lines of an act on a claim, made or read page by page, so that only their numbers are held at once. While a page
 * is hashed here, the database already works on the next. `code` is the contract's. Authorise before.
 */
@Injectable()
export class LinesOfActs {
  constructor(
    private readonly lines: ActedLinesRepository,
    private readonly claims: ClaimsRepository,
  ) {}

  /** Puts lines into a claim. */
  taken(tx: Transaction, code: string, act: ActOnClaim, lineNos: readonly number[]): PagesOfLines {
    const acted = { lineNos, whats: lineNos.map(() => 'submitted' as const) };
    return this.pages(tx, code, act, acted, (some) => this.claims.insertLines(tx, act, some));
  }

  /** Records decisions, and where it is asked for approves what is undecided then. Refuses DeciderNotIndependent. */
  async *decided(
    tx: Transaction,
    code: string,
    act: DecisionAct,
    decisions: readonly LineDecision[],
    approveUndecided: boolean,
  ): PagesOfLines {
    if (decisions.length > 0) await this.claims.insertDecisions(tx, act, decisions);
    const named: ActedLine[] = [];
    if (decisions.length > 0)
      for await (const page of (await this.of(tx, code, act)).pages) named.push(...page);
    if (approveUndecided) {
      const undecided = await this.lines.undecided(tx, act);
      const approve = (some: readonly number[]) => this.claims.approve(tx, act, some);
      for await (const page of this.pages(tx, code, act, undecided, approve))
        yield [...upTo(named, page.at(-1)!.lineNo), ...page].sort(inOrder);
    }
    yield named;
  }

  /** The lines of an act that was recorded, and how many there are. */
  async of(
    tx: Transaction,
    code: string,
    act: ActOnClaim,
  ): Promise<{ readonly size: number; readonly pages: PagesOfLines }> {
    const acted = await this.lines.ofAct(tx, act);
    return { size: acted.lineNos.length, pages: this.pages(tx, code, act, acted) };
  }

  private async *pages(
    tx: Transaction,
    code: string,
    act: ActOnClaim,
    { lineNos, whats }: Acted,
    record: (some: readonly number[]) => Promise<void> = async () => undefined,
  ): PagesOfLines {
    const begin = (from: number) => {
      const some = {
        lineNos: lineNos.slice(from, from + PAGE),
        whats: whats.slice(from, from + PAGE),
      };
      const both = Promise.all([record(some.lineNos), this.lines.lines(tx, act, some)]);
      both.catch(() => undefined); // it is heard of below, once the page before has been worked on
      return both;
    };
    let coming = lineNos.length > 0 ? begin(0) : null;
    for (let from = PAGE; coming !== null; from += PAGE) {
      const [, rows]: [void, ActedLineRow[]] = await coming;
      coming = from < lineNos.length ? begin(from) : null;
      yield rows.map((row) => toActedLine(code, row));
    }
  }
}

const inOrder = (a: ActedLine, b: ActedLine) => a.lineNo - b.lineNo;

/** Takes the first lines out of a list in order, up to a number. */
function upTo(lines: ActedLine[], lineNo: number): ActedLine[] {
  const later = lines.findIndex((line) => line.lineNo > lineNo);
  return lines.splice(0, later < 0 ? lines.length : later);
}
