import type { ValueCaseReport } from './report.js';
import type { Sheet, SheetTable } from './sheet.js';
import { introductionOf, sheetsOf } from './sheets.js';

/** The report as a Markdown document. */
export function markdownOf(report: ValueCaseReport): string {
  const { title, sources } = report.of;
  return [
    `# ${plain(title)}`,
    ...introductionOf(report).map(plain),
    ...sheetsOf(report).flatMap(sheetInMarkdown),
    '## Sources',
    listOf(
      sources.map(({ id, title: name, author, year, note }) =>
        [`${id}: ${name}`, author, year, note].filter((part) => part !== undefined).join(', '),
      ),
    ),
    '',
  ].join('\n\n');
}

const sheetInMarkdown = ({ heading, above, table, items }: Sheet): string[] => [
  `## ${plain(heading)}`,
  ...above.map(plain),
  ...(table && table.rows.length > 0 ? [tableInMarkdown(table)] : []),
  ...(items.length > 0 ? [listOf(items)] : []),
];

function tableInMarkdown({ head, rows, right }: SheetTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`;
  const rule = head.map((_, index) => (right.includes(index) ? '---:' : '---'));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

const listOf = (items: readonly string[]): string =>
  items.map((item) => `- ${plain(item)}`).join('\n');

/** Words of the document stay words: none of them may become a cell, a heading, a link or a tag. */
const plain = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`);
