import { markdownTable } from '../markdown-table.mjs';

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

${markdownTable(['State', 'Meaning'], Object.entries(machine.means))}

${markdownTable(['From', 'Act', 'To', 'Who', 'Audit entry'], movesOf(machine).map(row))}
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
