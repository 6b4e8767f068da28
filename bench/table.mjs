const seconds = (value) => value.toFixed(2);
const whole = (value) => value.toLocaleString('en-GB');

/** The results as one Markdown table for the terminal and the README. */
export function printTable({ machine, computation, import: imports, clauses = [], log = [] }) {
  const rows = [
    [
      'Participants',
      'Lines',
      'Computation (s)',
      'By hand in SQL (s)',
      'Ratio',
      'Worker peak (MB)',
      'Import (s)',
      'Bare COPY (s)',
      'Ratio',
    ],
  ];
  const sizes = [...new Set([...computation, ...imports].map(({ participants }) => participants))];
  for (const size of sizes) {
    const a = computation.find(({ participants }) => participants === size);
    const b = imports.find(({ participants }) => participants === size);
    rows.push([
      whole(size),
      ...(a
        ? [
            whole(a.lines),
            seconds(a.computationSeconds),
            seconds(a.handWrittenSeconds),
            `${a.ratio.toFixed(2)}x`,
            String(a.workerPeakRssMb ?? '-'),
          ]
        : ['-', '-', '-', '-', '-']),
      ...(b
        ? [seconds(b.importSeconds), seconds(b.copySeconds), `${b.ratio.toFixed(2)}x`]
        : ['-', '-', '-']),
    ]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const print = (row) =>
    `| ${row.map((cell, column) => cell.padStart(widths[column])).join(' | ')} |`;
  const rule = `|${widths.map((width) => `${'-'.repeat(width + 1)}:`).join('|')}|`;
  return [
    `Node ${machine.node}, PostgreSQL ${machine.postgres}, ${machine.cpus} CPUs (${machine.cpu}), ${machine.memoryGb} GB; medians.`,
    '',
    print(rows[0]),
    rule,
    ...rows.slice(1).map(print),
    ...clauses.flatMap((one) => ['', inWords(one)]),
    ...log.flatMap((one) => ['', logInWords(one)]),
  ].join('\n');
}

/** What a line costs with many clauses, as a sentence below the table. */
const inWords = ({ participants, clauses, lines, microsecondsPerLine: { one, many }, ratio }) =>
  `${clauses} clauses on ${whole(participants)} participants (${whole(lines)} lines): ${many.toFixed(1)} microseconds for ` +
  `each line, ${one.toFixed(1)} with one clause: ${ratio.toFixed(2)}x.`;

/** How the audit log keeps up, as sentences below the table. */
const logInWords = (one) =>
  `Audit log: ${whole(Math.round(one.entriesPerSecond))} entries sealed a second; ${whole(Math.round(one.writtenPerSecond))} written a second are ` +
  `sealed after ${seconds(one.medianSeconds)} s, 99 % within ${seconds(one.p99Seconds)} s. An act with its entry takes ` +
  `${seconds(one.milliseconds)} ms, ${seconds(one.bareMilliseconds)} ms without: ${one.ratio.toFixed(2)}x.`;
