import type { Transaction } from '../platform/database/transaction.js';

/** What one computation posted, as the demo's table shows it. Amounts are minor units. */
export interface PostedPeriod {
  readonly number: number;
  readonly period: string;
  readonly lines: number;
  readonly outcomes: number;
  readonly paymentsMinor: bigint;
  readonly trueUps: number;
  readonly trueUpsMinor: bigint;
  readonly totalMinor: bigint;
}

interface Row {
  readonly number: number;
  readonly period: string;
  readonly lines: number;
  readonly outcomes: number;
  readonly payments_minor: string;
  readonly true_ups: number;
  readonly true_ups_minor: string;
  readonly total_minor: string;
}

/** The computed periods of a contract in order, with what their lines come to. */
export async function postedPeriods(tx: Transaction, code: string): Promise<PostedPeriod[]> {
  const rows = await tx.query<Row>(
    `select c.number, c.period_id as period, c.lines, c.total_minor,
            (count(*) filter (where l.kind = 'payment'))::integer as outcomes,
            coalesce(sum(l.amount_minor) filter (where l.kind = 'payment'), 0)::bigint as payments_minor,
            (count(*) filter (where l.kind = 'true-up'))::integer as true_ups,
            coalesce(sum(l.amount_minor) filter (where l.kind = 'true-up'), 0)::bigint as true_ups_minor
       from payment_computation c
       join contract k on k.id = c.contract_id
       left join payment_line l on l.computation_id = c.id
      where k.code = $1 and c.kind = 'payable' and c.state = 'computed'
      group by c.id order by c.number`,
    [code],
  );
  return rows.map((row) => ({
    number: row.number,
    period: row.period,
    lines: row.lines,
    outcomes: row.outcomes,
    paymentsMinor: BigInt(row.payments_minor),
    trueUps: row.true_ups,
    trueUpsMinor: BigInt(row.true_ups_minor),
    totalMinor: BigInt(row.total_minor),
  }));
}

/** The reference of the first line that paid, and of the first that took money back after a correction. */
export async function linesWorthExplaining(tx: Transaction, code: string): Promise<string[]> {
  const rows = await tx.query<{ reference: string }>(
    `select k.code || '.' || l.computation_number || '.' || l.line_no as reference
       from (select distinct on (l.kind) l.* from payment_line l
               join payment_computation c on c.id = l.computation_id
               join contract k on k.id = c.contract_id
              where k.code = $1 and ((l.kind = 'payment' and l.quantity = '2') or (l.kind = 'true-up' and l.amount_minor < 0))
              order by l.kind, l.computation_number, l.line_no) l
       join payment_computation c on c.id = l.computation_id
       join contract k on k.id = c.contract_id
      order by l.kind`,
    [code],
  );
  return rows.map(({ reference }) => reference);
}

/** Runs the independent check of an example: a query that gives one row with `total`. */
export async function independentTotal(tx: Transaction, sql: string): Promise<string> {
  const [row] = await tx.query<{ total: string }>(sql);
  return row!.total;
}
