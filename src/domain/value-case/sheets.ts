import { fraction } from '../money/fraction.js';
import { differenceSheets } from './sheets/differences.js';
import { benefitSheet, workingSheet } from './sheets/figures.js';
import { totalsSheet } from './sheets/totals.js';
import { unitCostSheet } from './sheets/unit-costs.js';
import { whoPaidSheets } from './sheets/who-paid.js';
import type { ValueCaseReport } from './report.js';
import type { Sheet } from './sheet.js';
import { showNumber } from './show.js';

/** The report in reading order: value, who paid and who benefits, what stands behind it, where the source slips. */
export const sheetsOf = (report: ValueCaseReport): Sheet[] =>
  [
    benefitSheet(report),
    totalsSheet(report),
    ...whoPaidSheets(report),
    unitCostSheet(report),
    workingSheet(report),
    ...differenceSheets(report),
  ].filter(({ table, items }) => items.length > 0 || (table?.rows.length ?? 0) > 0);

/** What stands under the title. */
export function introductionOf({ of, notes }: ValueCaseReport): string[] {
  const { outcome, standing } = of;
  return [
    ...(standing === 'illustrative' ? ['Illustrative: not the case of any contract.'] : []),
    ...(outcome
      ? [
          `Value for each ${outcome.unit}, of which ${showNumber(fraction(BigInt(outcome.expected)))} are expected (${outcome.source.at}).`,
        ]
      : []),
    ...notes,
  ];
}
