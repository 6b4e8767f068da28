import { parseMoney } from '../../money/money.js';
import type { ValueCaseReport } from '../report.js';
import type { Sheet } from '../sheet.js';
import { showMoney } from '../show.js';

/** What things cost, with what each price includes and where it stands. */
export const unitCostSheet = ({ of }: ValueCaseReport): Sheet => ({
  heading: 'Unit costs',
  above: [],
  table: {
    head: ['Of', 'Amount', 'For each', 'Prices of', 'What it includes', 'Source'],
    rows: of.unitCosts.map((cost) => [
      cost.of,
      showMoney(parseMoney(cost.amount, of.currency)),
      cost.per,
      cost.priceYear,
      cost.definition,
      cost.source.at,
    ]),
    right: [1],
  },
  items: [],
});
