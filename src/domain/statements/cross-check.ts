import type { SpanAccount } from './statement.js';
import type { StatementRows } from './statement-rows.js';

/**
 * Thrown when the ways of adding up a statement disagree. That is a fault of the record or of this program, never of the
 * reader; no statement is better than one that does not tie.
 */
export class StatementDoesNotTie extends Error {
  constructor(sums: Readonly<Record<string, bigint>>) {
    const shown = Object.entries(sums).map(([name, minor]) => `${name} ${minor}`);
    super(`the statement does not tie: ${shown.join(', ')}`);
    this.name = 'StatementDoesNotTie';
  }
}

/** Throws unless clauses, payers and the shown total of a span each come to the plain sum of its lines. */
export function requireSpanTies(name: string, span: SpanAccount, linesMinor: bigint): void {
  const clauses = sumOf(span.clauses.map(({ all }) => all.amountMinor));
  const payers = sumOf(span.payers.map(({ all }) => all.amountMinor));
  const total = span.total.all.amountMinor;
  if (clauses !== linesMinor || payers !== linesMinor || total !== linesMinor)
    throw new StatementDoesNotTie({
      [`${name}: lines`]: linesMinor,
      clauses,
      payers,
      total,
    });
}

/** Throws unless approved, awaiting, returned and unclaimed lines come to all that was computed for the period. */
export function requireStatesTie(rows: StatementRows): void {
  const approved = rows.approvedMinor['this-period'];
  const [awaiting, returned, unclaimed] = [rows.awaiting, rows.returned, rows.unclaimed].map(
    ({ amountMinor }) => amountMinor,
  ) as [bigint, bigint, bigint];
  if (approved + awaiting + returned + unclaimed !== rows.payableMinor)
    throw new StatementDoesNotTie({
      payable: rows.payableMinor,
      approved,
      awaiting,
      returned,
      unclaimed,
    });
}

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
