/** A value as COPY's text format has it; null is \N. */
export type CopyValue = string | number | bigint | null;

/** One line of COPY's text format. */
export const copyLine = (values: readonly CopyValue[]): Buffer =>
  Buffer.from(`${values.map(cellOf).join('\t')}\n`, 'utf8');

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

function cellOf(value: CopyValue): string {
  if (value === null) return '\\N';
  return String(value).replace(/[\\\t\n\r]/g, (found) => ESCAPES[found]!);
}
