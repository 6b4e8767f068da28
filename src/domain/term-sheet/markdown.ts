import type { Block, TermSheet } from './sheet.js';

/** The sheet as Markdown, for repositories and e-mail. */
export function sheetAsMarkdown({ title, standing, sections }: TermSheet): string {
  const parts = [
    `# ${escaped(title)}`,
    ...(standing === null ? [] : [`> **${escaped(standing)}**`]),
    ...sections.flatMap(({ heading, blocks }) => [
      `## ${escaped(heading)}`,
      ...blocks.map(blockAsMarkdown),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function blockAsMarkdown(block: Block): string {
  switch (block.kind) {
    case 'sentences':
      return block.items.map(escaped).join('\n\n');
    case 'steps':
      return block.items.map((item, index) => `${index + 1}. ${escaped(item)}`).join('\n');
    case 'table':
      return [block.head, block.head.map(() => '---'), ...block.rows.map((row) => row.map(cell))]
        .map((row) => `| ${row.join(' | ')} |`)
        .join('\n');
  }
}

/** Characters that would be read as Markdown or as HTML; what terms say is text and nothing else. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]<>#|]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
const cell = (text: string): string => escaped(text);
