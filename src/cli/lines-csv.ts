import { stringify } from 'csv-stringify/sync';
import type { LineView } from '../payments/payment-line.view.js';
import { safeCell } from '../platform/csv/safe-cell.js';

const COLUMNS: Readonly<Record<string, (line: LineView) => string | number | null>> = {
  reference: (line) => line.reference,
  period: (line) => line.period,
  kind: (line) => line.kind,
  participant: (line) => line.participant,
  cohort: (line) => line.cohort,
  clause: (line) => line.clause,
  metric: (line) => line.metric,
  occurrence: (line) => line.occurrence,
  revision: (line) => line.revision,
  outcome_on: (line) => line.outcomeOn,
  quantity: (line) => line.quantity,
  unit: (line) => line.unit,
  rate: (line) => line.rate,
  amount: (line) => line.amount,
  withheld: (line) => line.withheld,
  currency: (line) => line.currency,
  payers: (line) => line.parts.map(({ payer, amount }) => `${payer} ${amount}`).join('; '),
  reason: (line) => line.reason,
  corrects: (line) => line.corrects,
  explanation: (line) => line.explanation,
};

export const LINES_HEADER = stringify([Object.keys(COLUMNS)]);

/** Payment lines for a spreadsheet, which takes none of their texts for a formula. */
export const linesCsv = (lines: readonly LineView[]): string =>
  stringify(lines.map((line) => Object.values(COLUMNS).map((cell) => safeCell(cell(line) ?? ''))));
