import { formatFraction } from '../money/fraction.js';
import { formatAmount } from '../money/money.js';
import type { Figure } from './figure.js';
import type { ValueCaseReport } from './report.js';
import { sentenceOf } from './sentences.js';
import type { Total, Totals } from './totals.js';
import type { Side, WhoPaid } from './who-paid.js';

/** The report as plain data for JSON: amounts and exact numbers are texts. */
export function dataOf(report: ValueCaseReport) {
  const { of, totals } = report;
  const { format, code, title, standing, currency, priceYear, outcome } = of;
  const figure = (one: Figure) => figureData(one, sentenceOf(one, currency));
  return {
    format,
    code,
    title,
    standing,
    currency,
    priceYear,
    outcome: outcome ?? null,
    notes: report.notes,
    unitCosts: of.unitCosts,
    benefits: report.benefits.map((one) => ({
      ...figure(one),
      amount: formatAmount(one.amount),
      kind: one.benefit.kind,
      years: one.benefit.years,
      source: one.benefit.source,
      parts: one.parts.map(({ body, share, amount }) => ({
        body,
        share: formatFraction(share),
        amount: formatAmount(amount),
      })),
    })),
    totals: { ...totalsData(totals), warning: report.warning },
    whoPaid: report.whoPaid.map(whoPaidData),
    workings: report.workings.map((one) => ({
      ...figure(one),
      whose: one.working.whose,
      source: one.working.source,
    })),
    differences: report.differences.map(
      ({ figure: { id }, grade, place, sentence, explanations }) => ({
        id,
        grade,
        source: place,
        sentence,
        explanations,
      }),
    ),
    remarks: of.remarks,
    sources: of.sources,
  };
}

const figureData = (figure: Figure, sentence: string) => ({
  id: figure.id,
  label: figure.label,
  unit: figure.unit,
  exact: formatFraction(figure.exact),
  rounded: formatFraction(figure.rounded),
  rounding: figure.rounding,
  printed: figure.printed && formatFraction(figure.printed),
  agreement: figure.agreement,
  note: figure.note,
  steps: figure.steps.map(({ label, value, unit, isMinus }) => ({
    label,
    value: formatFraction(value),
    unit,
    minus: isMinus,
  })),
  sentence,
});

const totalData = ({ of, each, expected }: Total) => ({
  of,
  each: formatAmount(each),
  expected: formatAmount(expected),
});

const totalsData = ({ byBody, byKind, byBand, all }: Totals) => ({
  byBody: byBody.map(totalData),
  byKind: byKind.map(totalData),
  byBand: byBand.map(totalData),
  all: totalData(all),
});

const whoPaidData = ({ id, label, whose, note, paid, sides }: WhoPaid) => ({
  id,
  label,
  whose,
  note,
  paid: formatAmount(paid),
  sides: sides.map(sideData),
});

const sideData = ({ name, isGroup, share, paid, returns, gainedBy }: Side) => ({
  name,
  isGroup,
  share: formatFraction(share),
  paid: formatAmount(paid),
  returns: returns.map(({ kind, gained, ratio }) => ({
    kind,
    gained: formatAmount(gained),
    ratio: ratio && formatFraction(ratio),
  })),
  gainedBy: gainedBy.map(({ band, kind, gained, lessPaid }) => ({
    band,
    kind,
    gained: formatAmount(gained),
    lessPaid: formatAmount(lessPaid),
  })),
});
