import type { Difference } from '../differences.js';
import type { ValueCaseReport } from '../report.js';
import type { Sheet } from '../sheet.js';

/** Where the source does not agree with itself: slips first, then mere rounding, then what no sum can show. */
export function differenceSheets({ differences, of }: ValueCaseReport): Sheet[] {
  const list = (grade: Difference['grade']) =>
    differences.filter((one) => one.grade === grade).map(differenceInWords);
  return [
    sheet('Slips of the source', list('slip')),
    sheet('Rounded by the source', list('rounded')),
    sheet(
      'Remarks on the source',
      of.remarks.map(({ text, source }) => `${text} (${source.at})`),
    ),
  ];
}

const sheet = (heading: string, items: readonly string[]): Sheet => ({
  heading,
  above: [],
  table: null,
  items,
});

const differenceInWords = ({ sentence, explanations, place }: Difference): string =>
  [`${sentence} (${place.at})`, ...explanations].join(' ');
