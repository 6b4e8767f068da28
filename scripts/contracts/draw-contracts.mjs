import { markdownTable } from '../markdown-table.mjs';

const BEGIN = '<!-- contracts: written by npm run docs:contracts -->';
const END = '<!-- /contracts -->';

/** The README with its table of contracts written anew, from the editions of each contract and what it must come to. */
export function drawContracts(readme, contracts) {
  const [before, rest] = readme.split(BEGIN);
  const [, after] = rest.split(END);
  return `${before}${BEGIN}\n\n${tableOf(contracts)}\n\n${END}${after}`;
}

function tableOf(contracts) {
  const rows = [...contracts].sort((a, b) => (a.code < b.code ? -1 : 1)).map(rowOf);
  return markdownTable(['Contract', 'Standing', 'Rules', 'Modifiers', 'Split', 'Total'], rows, [5]);
}

/** What any edition of the contract uses; an amendment may bring a rule that the first edition did not have. */
function rowOf({ code, editions, total }) {
  const { title, standing } = editions[0];
  const clauses = editions.flatMap((terms) => terms.clauses);
  return [
    `[${title}](examples/contracts/${code})`,
    standing,
    marks(clauses.map(({ rule }) => rule.type)),
    marks(clauses.flatMap(({ modifiers }) => modifiers.map(({ type }) => type))),
    marks(editions.map(({ split }) => split.type)),
    total,
  ];
}

/** Marks without repetition, R2 before R10. */
const marks = (all) =>
  [...new Set(all)]
    .sort((a, b) => Number(a.replace(/\D/g, '')) - Number(b.replace(/\D/g, '')) || (a < b ? -1 : 1))
    .join(' ');
