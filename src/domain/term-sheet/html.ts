import type { Block, TermSheet } from './sheet.js';

/**
 * The sheet as one HTML page that stands alone: no script, no style from elsewhere, headings in order, tables with
 * headings of their columns.
 */
export function sheetAsHtml({ title, standing, sections }: TermSheet): string {
  const body = [
    `<h1>${escaped(title)}</h1>`,
    ...(standing === null ? [] : [`<p class="standing"><strong>${escaped(standing)}</strong></p>`]),
    ...sections.flatMap(({ heading, blocks }, index) => [
      `<section aria-labelledby="section-${index + 1}">`,
      `<h2 id="section-${index + 1}">${escaped(heading)}</h2>`,
      ...blocks.map(blockAsHtml),
      '</section>',
    ]),
  ];
  return pageOf(escaped(title), body.join('\n'));
}

const pageOf = (title: string, body: string): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; color: #0b0c0c; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.8rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2rem; }
.standing { border-left: 6px solid #1d70b8; padding: 0.5rem 1rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.8rem 0.4rem 0; border-bottom: 1px solid #b1b4b6; }
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

function blockAsHtml(block: Block): string {
  switch (block.kind) {
    case 'sentences':
      return block.items.map((item) => `<p>${escaped(item)}</p>`).join('\n');
    case 'steps':
      return `<ol>\n${block.items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ol>`;
    case 'table':
      return tableAsHtml(block.head, block.rows);
  }
}

function tableAsHtml(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
  const body = rows.map(
    (row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0">\n<table>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>\n</div>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
