import { LineDigest } from '../domain/computation/digest.js';
import { encodeLine, type PaymentLine } from '../domain/computation/payment-line.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { LineSink } from './line-copy.repository.js';
import type { StoredComputationsRepository } from './stored-computations.repository.js';
import { toPaymentLine, type StoredLineRow } from './stored-line.mapping.js';

/** The first line that is stored otherwise than it is computed again. */
export interface OtherLine {
  readonly lineNo: number;
  /** null where there is none at that number. */
  readonly stored: PaymentLine | null;
  readonly computed: PaymentLine | null;
}

interface Computed {
  readonly lineNo: number;
  readonly line: PaymentLine;
}

interface Stored {
  readonly lineNo: number;
  /** null where what is stored cannot be a line. */
  readonly line: PaymentLine | null;
}

const PAGE = 2_000;

/**
 * Takes the lines that a computation gives again and holds each against the stored one of its number. What is stored is
 * read along with it, page by page, and folded into a digest of its own: so it is known whether what is stored is what was
 * recorded, whatever is computed now.
 */
export class ComparedLines implements LineSink {
  private readonly computed: Computed[] = [];
  private readonly digest = new LineDigest();
  private stored: Stored[] = [];
  private after = 0;
  private isRead = false;
  private count = 0;
  private sumMinor = 0n;
  firstOther: OtherLine | null = null;

  constructor(
    private readonly repository: StoredComputationsRepository,
    private readonly tx: Transaction,
    private readonly computationId: string,
  ) {}

  write(lineNo: number, _participantId: number | null, line: PaymentLine): void {
    this.computed.push({ lineNo, line });
  }

  async drained(): Promise<void> {
    if (this.computed.length >= PAGE) await this.compare();
  }

  async finish(): Promise<void> {
    await this.compare();
    await this.readRest(true);
  }

  async abandon(): Promise<void> {
    this.computed.length = 0;
    await this.readRest(false);
  }

  /** What the stored lines are, once all were read. */
  result() {
    return {
      lines: this.count,
      totalMinor: this.sumMinor,
      digest: this.digest.finish().toString('hex'),
    };
  }

  private async compare(): Promise<void> {
    for (const { lineNo, line } of this.computed) {
      const stored = await this.next();
      if (this.firstOther !== null) continue;
      const isSame =
        stored?.lineNo === lineNo &&
        stored.line !== null &&
        encodeLine(stored.line) === encodeLine(line);
      if (!isSame)
        this.firstOther = {
          lineNo: Math.min(lineNo, stored?.lineNo ?? lineNo),
          stored: stored !== null && stored.lineNo <= lineNo ? stored.line : null,
          computed: stored === null || stored.lineNo >= lineNo ? line : null,
        };
    }
    this.computed.length = 0;
  }

  private async readRest(areSurplus: boolean): Promise<void> {
    for (let stored = await this.next(); stored !== null; stored = await this.next())
      if (areSurplus)
        this.firstOther ??= { lineNo: stored.lineNo, stored: stored.line, computed: null };
  }

  private async next(): Promise<Stored | null> {
    if (this.stored.length === 0 && !this.isRead) await this.readPage();
    const next = this.stored.pop() ?? null;
    if (next !== null) {
      this.count += 1;
      this.sumMinor += next.line?.amountMinor ?? 0n;
      if (next.line !== null) this.digest.add(next.line);
    }
    return next;
  }

  /** The next lines; where some are missing, those after the gap. */
  private async readPage(): Promise<void> {
    const { tx, computationId } = this;
    let rows = await this.repository.lines(tx, computationId, this.after + 1, this.after + PAGE);
    if (rows.length === 0) {
      const next = await this.repository.nextLine(tx, computationId, this.after);
      this.isRead = next === null;
      if (next !== null)
        rows = await this.repository.lines(tx, computationId, next, next + PAGE - 1);
    }
    this.after = rows.at(-1)?.line_no ?? this.after;
    this.stored = rows.map(numbered).reverse();
  }
}

function numbered(row: StoredLineRow): Stored {
  try {
    return { lineNo: row.line_no, line: toPaymentLine(row) };
  } catch {
    return { lineNo: row.line_no, line: null };
  }
}
