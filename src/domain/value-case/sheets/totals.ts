import { KIND_WORDS } from '../kind-words.js';
import type { Kind } from '../figures.schema.js';
import type { ValueCaseReport } from '../report.js';
import type { Sheet } from '../sheet.js';
import { showMoney } from '../show.js';
import type { Total } from '../totals.js';

/** The value added up by body, by kind and by years. */
export function totalsSheet({ of, totals, warning, benefits }: ValueCaseReport): Sheet {
  const body = (id: string) => of.bodies.find((one) => one.id === id)!.name;
  const band = (id: string) => of.yearBands.find((one) => one.id === id)!.label;
  const rows = (by: string, list: readonly Total[], name: (id: string) => string) =>
    list.map((total) => [by, name(total.of), showMoney(total.each), showMoney(total.expected)]);
  return {
    heading: 'Totals',
    above: warning === null ? [] : [warning],
    table: {
      head: ['By', '', 'Each unit', 'All that are expected'],
      rows:
        benefits.length === 0
          ? []
          : [
              ...rows('body', totals.byBody, body),
              ...rows('kind', totals.byKind, (kind) => KIND_WORDS[kind as Kind]),
              ...rows('years', totals.byBand, band),
              ...rows('all', [totals.all], () => (warning === null ? '' : 'all kinds together')),
            ],
      right: [2, 3],
    },
    items: [],
  };
}
