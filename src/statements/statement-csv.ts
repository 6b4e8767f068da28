import { stringify } from 'csv-stringify/sync';
import { safeCell } from '../platform/csv/safe-cell.js';
import type { AccountView, ApartView, SpanView, StatementDocument } from './statement-document.js';

/** One number or text of the statement, on a row of its own, so that a spreadsheet can sort and pivot it. */
export type Row = readonly [
  section: string,
  span: string,
  item: string,
  name: string,
  source: string,
  measure: string,
  value: string | number,
  unit: string,
];

export const STATEMENT_COLUMNS = [
  'section',
  'span',
  'item',
  'name',
  'source',
  'measure',
  'value',
  'unit',
] as const;

/**
 * The statement as CSV (RFC 4180: comma, CRLF, quotes where needed; UTF-8). A text that a spreadsheet would take for a
 * formula gets an apostrophe before it; a number stays the number it is, minus sign and all.
 */
export function toCsv(statement: StatementDocument): string {
  const rows = [
    ...aboutRows(statement),
    ...spanRows('period', statement.inPeriod, statement.currency),
    ...spanRows('to-date', statement.toDate, statement.currency),
    ...followUpRows(statement),
    ...pendingRows(statement),
    ...basisRows(statement),
  ];
  return csvOf(rows);
}

/** Rows under the columns of every statement, as one file. */
export const csvOf = (rows: readonly Row[]): string =>
  stringify([STATEMENT_COLUMNS, ...rows.map((row) => row.map(safeCell))], {
    record_delimiter: 'windows',
  });

type About = Pick<StatementDocument, 'contract' | 'period' | 'currency' | 'comparison' | 'notes'>;

export function aboutRows({ contract, period, currency, comparison, notes }: About): Row[] {
  const about = (item: string, value: string | number): Row => [
    'about',
    '',
    item,
    '',
    '',
    'text',
    value,
    '',
  ];
  return [
    about('contract', contract.code),
    about('title', contract.title),
    about('standing', contract.standing),
    about('terms', contract.terms),
    about('period', period.id),
    about('from', period.from),
    about('to', period.to),
    about('currency', currency),
    about('comparison', comparison.method),
    about('deadweight', comparison.deadweightPercent),
    ...notes.map((note) => about('note', note)),
  ];
}

function spanRows(span: string, its: SpanView, currency: string): Row[] {
  const plan = its.plan ? ([its.plan.planned, its.plan.difference] as const) : [];
  return [
    ...its.clauses.flatMap(({ clause, title, unit, ...account }) =>
      apartRows(['clause', span, clause, title], account, (one) =>
        accountCells(one, unit, currency),
      ),
    ),
    ...its.payers.flatMap(({ payer, name, ...account }) =>
      apartRows(['payer', span, payer, name], account, ({ amount }) => [
        ['amount', amount, currency],
      ]),
    ),
    ...apartRows(['total', span, '', ''], its.total, (one) => accountCells(one, '', currency)),
    ...plan.flatMap(({ quantity, amount }, index): Row[] => {
      const source = index === 0 ? 'planned' : 'difference';
      return [
        ['plan', span, '', '', source, 'quantity', quantity, ''],
        ['plan', span, '', '', source, 'amount', amount, currency],
      ];
    }),
  ];
}

type Cells = readonly (readonly [measure: string, value: string | number, unit: string])[];

const accountCells = (one: AccountView, unit: string, currency: string): Cells => [
  ['outcomes', one.outcomes, ''],
  ['quantity', one.quantity, unit],
  ['amount', one.amount, currency],
];

function apartRows<T>(
  place: readonly [string, string, string, string],
  account: ApartView<T>,
  cells: (one: T) => Cells,
): Row[] {
  const sources = [
    ['payments', account.payments],
    ['true-ups', account.trueUps],
    ['all', account.all],
  ] as const;
  return sources.flatMap(([source, one]) =>
    cells(one).map(([measure, value, unit]): Row => [...place, source, measure, value, unit]),
  );
}

/** A row for each count, with the clause as its item, its title as the name, and cohort and time point as the source. */
const followUpRows = ({ followUp }: StatementDocument): Row[] =>
  followUp.flatMap(({ clause, title, cohort, timePoint, rate, ...counts }) =>
    [...Object.entries(counts), ['rate', rate ?? ''] as const].map(([measure, value]): Row => [
      'follow-up',
      'to-date',
      clause,
      title,
      `${cohort} ${timePoint}`,
      measure,
      value,
      measure === 'rate' ? '' : 'participant',
    ]),
  );

const pendingRows = ({ pending, currency }: StatementDocument): Row[] =>
  Object.entries(pending).flatMap(([state, { lines, amount }]): Row[] => [
    ['pending', 'period', state, '', '', 'lines', lines, ''],
    ['pending', 'period', state, '', '', 'amount', amount, currency],
  ]);

const basisRows = ({ basis }: StatementDocument): Row[] => [
  ...basis.computations.map(({ number, period, digest }): Row => [
    'computation',
    '',
    `${number}`,
    period,
    '',
    'sha-256',
    digest,
    '',
  ]),
  ...auditRows(basis),
];

export const auditRows = ({ audit }: Pick<StatementDocument['basis'], 'audit'>): Row[] => [
  ['audit', '', '', '', '', 'sequence', audit.sequence, ''],
  ['audit', '', '', '', '', 'sha-256', audit.hash, ''],
];
