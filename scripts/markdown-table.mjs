/** A Markdown table with its columns aligned, as the formatter leaves it; columns named in `right` are set to the right. */
export function markdownTable(head, rows, right = []) {
  const widths = head.map((cell, i) => Math.max(3, cell.length, ...rows.map((r) => r[i].length)));
  const pad = (cell, i) => (right.includes(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i]));
  const line = (cells) => `| ${cells.map(pad).join(' | ')} |`;
  const rule = widths.map((w, i) => (right.includes(i) ? `${'-'.repeat(w - 1)}:` : '-'.repeat(w)));
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}
