import type { IssuedStatement, ReleasedTotalView } from './issued-document.js';
import { aboutRows, auditRows, csvOf, type Row } from './statement-csv.js';

/** What stands in a cell whose count or part is held back. */
const HELD_BACK = '[held back]';

/** An issued statement as CSV, in the columns of every statement: `span` says which statements a figure joins. */
export function issuedToCsv(statement: IssuedStatement): string {
  const { currency, issue, control } = statement;
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
  return csvOf([
    about('statement', issue.number),
    about('issued', issue.issuedAt),
    ...aboutRows(statement),
    ...control.map((rule) => about('control', rule)),
    ...releasedRows(statement),
    ...statement.heldBack.map(({ clause, title, why }): Row => [
      'clause',
      `statement ${issue.number}`,
      clause,
      title,
      'held back',
      'text',
      why,
      '',
    ]),
    ...totalRows('statement', statement.inStatement, currency),
    ...totalRows('to-date', statement.toDate, currency),
    ...clauseRows(statement),
    ...planRows(statement),
    ...followUpRows(statement),
    ...Object.entries(statement.pending).map(([state, { lines }]): Row => [
      'pending',
      'period',
      state,
      '',
      '',
      'lines',
      lines ?? HELD_BACK,
      '',
    ]),
    ...statement.basis.computations.map(({ number, period }): Row => [
      'computation',
      '',
      `${number}`,
      period,
      '',
      'number',
      number,
      '',
    ]),
    ...auditRows(statement.basis),
  ]);
}

const releasedRows = ({ released, currency }: IssuedStatement): Row[] =>
  released.flatMap(({ clause, title, fromStatement: from, throughStatement: to, ...its }) => {
    const span = from === to ? `statement ${to}` : `statements ${from} to ${to}`;
    const source = `${its.cohort ?? 'all cohorts'} at ${its.tariff}`;
    const row = (measure: string, value: string | number, unit: string): Row => [
      'clause',
      span,
      clause,
      title,
      source,
      measure,
      value,
      unit,
    ];
    return [
      row('people', its.people ?? '', 'participant'),
      row('outcomes', its.outcomes ?? '', ''),
      row('quantity', its.quantity, ''),
      row('amount', its.amount, currency),
      ...(its.payers === null
        ? [row('by payer', its.payersHeldBack ?? HELD_BACK, '')]
        : its.payers.map(({ payer, amount }) => row(`amount of ${payer}`, amount, currency))),
    ];
  });

const totalRows = (span: string, total: ReleasedTotalView, currency: string): Row[] => [
  ...total.payers.map(({ payer, name, amount }): Row => [
    'payer',
    span,
    payer,
    name,
    'all',
    'amount',
    amount,
    currency,
  ]),
  ['payer', span, '', '', 'not by payer', 'amount', total.notByPayer, currency],
  ['total', span, '', '', 'all', 'outcomes', total.outcomes, ''],
  ['total', span, '', '', 'all', 'quantity', total.quantity, ''],
  ['total', span, '', '', 'all', 'amount', total.amount, currency],
];

const clauseRows = ({ toDate, currency }: IssuedStatement): Row[] =>
  toDate.clauses.flatMap(({ clause, title, outcomes, quantity, amount }): Row[] => [
    ['clause', 'to-date', clause, title, 'all', 'outcomes', outcomes, ''],
    ['clause', 'to-date', clause, title, 'all', 'quantity', quantity, ''],
    ['clause', 'to-date', clause, title, 'all', 'amount', amount, currency],
  ]);

const planRows = ({ toDate, currency }: IssuedStatement): Row[] =>
  Object.entries(toDate.plan ?? {}).flatMap(([source, { quantity, amount }]): Row[] => [
    ['plan', 'to-date', '', '', source, 'quantity', quantity, ''],
    ['plan', 'to-date', '', '', source, 'amount', amount, currency],
  ]);

const followUpRows = ({ followUp }: IssuedStatement): Row[] =>
  followUp.flatMap(({ clause, title, cohort, timePoint, rate, reasons, ...counts }) =>
    [...Object.entries({ ...counts, ...reasons }), ['rate', rate] as const].map(
      ([measure, value]): Row => [
        'follow-up',
        'to-date',
        clause,
        title,
        `${cohort ?? 'all cohorts'} ${timePoint}`,
        measure,
        value ?? HELD_BACK,
        measure === 'rate' ? '' : 'participant',
      ],
    ),
  );
