/** The transition tables, in the order of the document: the module below src/domain, and the table's name in it. */
export const TABLES = [
  { module: 'contract-terms/contract-states', table: 'CONTRACT_STATES' },
  { module: 'computation/computation-states', table: 'COMPUTATION_STATES' },
  { module: 'claims/line-states', table: 'CLAIM_LINES' },
  { module: 'claims/claim-states', table: 'CLAIM_STATES' },
];

const HEADER = `# States

Drawn from the transition tables in \`src/domain\` by \`npm run docs:states\`; a test fails while this page is out of date. A move that
is not here does not exist. Every move that somebody can rely on leaves one entry of the named type in the audit trail.
`;

/** docs/states.md as it should be, from the tables and the module that each comes from. */
export const drawStates = (machines) => [HEADER, ...machines.map(section)].join('\n');

function section({ machine, module }) {
  const title = `${machine.of[0].toUpperCase()}${machine.of.slice(1)}`;
  return `## ${title}

\`src/domain/${module}.ts\`

\`\`\`mermaid
stateDiagram-v2
${diagram(machine).join('\n')}
\`\`\`

${table(['State', 'Meaning'], Object.entries(machine.means))}

${table(['From', 'Act', 'To', 'Who', 'Audit entry'], movesOf(machine).map(row))}
`;
}

const diagram = (machine) => [
  `  [*] --> ${machine.starts}`,
  ...movesOf(machine).map(({ from, act, to }) => `  ${from} --> ${to}: ${act}`),
  ...Object.keys(machine.moves)
    .filter((state) => Object.keys(machine.moves[state]).length === 0)
    .map((state) => `  ${state} --> [*]`),
];

const movesOf = (machine) =>
  Object.entries(machine.moves).flatMap(([from, moves]) =>
    Object.entries(moves).map(([act, move]) => ({ from, act, ...move })),
  );

const row = ({ from, act, to, by, audit }) => [
  from,
  act,
  to,
  by.join(', '),
  audit === null ? 'none' : `\`${audit}\``,
];

/** A Markdown table with its columns aligned, as the formatter leaves it. */
function table(head, rows) {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((r) => r[i].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(head), line(widths.map((w) => '-'.repeat(w))), ...rows.map(line)].join('\n');
}
