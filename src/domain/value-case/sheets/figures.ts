import type { Agreement, Figure } from '../figure.js';
import { KIND_WORDS } from '../kind-words.js';
import type { ValueCaseReport } from '../report.js';
import { sentenceOf } from '../sentences.js';
import type { Sheet } from '../sheet.js';
import { show, showMoney } from '../show.js';

/** The value of one unit of outcome, part by part. */
export function benefitSheet({ of, benefits }: ValueCaseReport): Sheet {
  const name = (id: string) => of.bodies.find((body) => body.id === id)!.name;
  const band = (id: string) => of.yearBands.find((one) => one.id === id)!.label;
  return {
    heading: 'Value of each unit of outcome',
    above: [],
    table: {
      head: ['Benefit', 'Kind', 'Years', 'To', 'Amount', 'Source'],
      rows: benefits.map(({ label, benefit, amount, parts }) => [
        label,
        KIND_WORDS[benefit.kind],
        band(benefit.years),
        parts.length === 1
          ? name(parts[0]!.body)
          : parts.map((part) => `${name(part.body)} ${showMoney(part.amount)}`).join('; '),
        showMoney(amount),
        benefit.source.at,
      ]),
      right: [4],
    },
    items: benefits
      .filter(({ by, note }) => by !== 'statement' || note !== null)
      .map((figure) => sentenceOf(figure, of.currency)),
  };
}

/** What stands behind the value. Nothing here is added to it. */
export function workingSheet({ of, workings }: ValueCaseReport): Sheet {
  return {
    heading: 'Workings',
    above: ['These stand behind the value or beside it. None of them is added to it.'],
    table: {
      head: ['Working', 'Arithmetic gives', 'Source prints', 'Agreement', 'Reckoned by', 'Source'],
      rows: workings.map((figure) => [
        figure.label,
        shown(figure, figure.exact, of.currency),
        figure.printed === null ? '' : shown(figure, figure.printed, of.currency),
        AGREEMENT_WORDS[figure.agreement],
        figure.working.whose === 'ours' ? 'us' : 'the source',
        figure.working.source.at,
      ]),
      right: [1, 2],
    },
    items: workings.map((figure) => sentenceOf(figure, of.currency)),
  };
}

const shown = (
  { unit }: Figure,
  value: Figure['exact'],
  currency: Parameters<typeof show>[2],
): string => `${show(value, unit, currency)}${unit === 'money' ? '' : ` ${unit}`}`;

const AGREEMENT_WORDS: Readonly<Record<Agreement, string>> = {
  'not-printed': 'not printed',
  same: 'the same',
  rounded: 'the same, rounded',
  slip: 'slip',
};
