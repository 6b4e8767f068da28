/**
 * Whether an Accept header asks for CSV rather than JSON: the one named with the higher weight, JSON where they are equal
 * or neither is named (RFC 9110, 12.5.1).
 */
export function prefersCsv(accept: string | undefined): boolean {
  const weights = new Map(
    (accept ?? '').split(',').map((range): [string, number] => {
      const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [type ?? '', q === undefined ? 1 : Number(q) || 0];
    }),
  );
  const weightOf = (...ranges: string[]) =>
    ranges.map((range) => weights.get(range)).find((weight) => weight !== undefined) ?? 0;
  const csv = weightOf('text/csv', 'text/*');
  return csv > 0 && csv > weightOf('application/json', 'application/*');
}
