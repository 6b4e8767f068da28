import { formatFraction } from '../../money/fraction.js';
import { money, type Money } from '../../money/money.js';
import { KIND_WORDS } from '../kind-words.js';
import type { ValueCaseReport } from '../report.js';
import type { Sheet } from '../sheet.js';
import { showMoney, showNumber } from '../show.js';
import type { GainedBy, Return, Side, WhoPaid } from '../who-paid.js';

/** Who paid and who benefits, once for each way in which the price may be shared. */
export const whoPaidSheets = (report: ValueCaseReport): Sheet[] =>
  report.whoPaid.map((way) => whoPaidSheet(way, report));

function whoPaidSheet(
  { label, whose, note, paid, sides }: WhoPaid,
  { of }: ValueCaseReport,
): Sheet {
  const shown = sides.filter((side) => side.paid.minor !== 0n || side.returns.length > 0);
  return {
    heading: `Who paid, who benefits: ${label}`,
    above: [
      `${showMoney(paid)} is paid for each ${of.outcome!.unit}. Kinds of value are not added up.`,
      ...(whose === 'ours' ? ['This way of sharing the price is ours, not the source’s.'] : []),
      ...(note === null ? [] : [note]),
    ],
    table: {
      head: ['Who', 'Pays', 'Share', 'Benefits', 'Kind', 'For each 1 paid'],
      rows: shown.flatMap(rowsOf),
      right: [1, 2, 3, 5],
    },
    items: shown.flatMap((side) => side.gainedBy.flatMap((by) => gainedInWords(side, by, of))),
  };
}

function rowsOf({ name, isGroup, paid, share, returns }: Side): string[][] {
  const first = [isGroup ? `${name} (together)` : name, showMoney(paid), formatFraction(share)];
  if (returns.length === 0) return [[...first, '', 'none', '']];
  return returns.map((back, n) => [...(n === 0 ? first : ['', '', '']), ...returnCells(back)]);
}

const returnCells = ({ kind, gained, ratio }: Return): string[] => [
  showMoney(gained),
  KIND_WORDS[kind],
  ratio === null ? 'pays nothing' : showNumber(ratio),
];

/** "Council: by the end of years 0-5, £135 of value (cashable) against £167.88 paid: £32.88 less." */
function gainedInWords({ name, paid }: Side, by: GainedBy, of: ValueCaseReport['of']): string[] {
  if (paid.minor === 0n) return [];
  const { label } = of.yearBands.find(({ id }) => id === by.band)!;
  return [
    `${name}: by the end of ${label}, ${showMoney(by.gained)} of value (${KIND_WORDS[by.kind]}) against ${showMoney(paid)} paid: ${moreOrLess(by.lessPaid)}.`,
  ];
}

function moreOrLess({ minor, currency }: Money): string {
  if (minor === 0n) return 'as much';
  return minor < 0n
    ? `${showMoney(money(-minor, currency))} less`
    : `${showMoney(money(minor, currency))} more`;
}
