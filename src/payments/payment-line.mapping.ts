import type { PaymentLine } from '../domain/computation/payment-line.js';
import { formatFraction } from '../domain/money/fraction.js';

/** The columns of payment_line, in the order in which COPY receives them. */
export const LINE_COLUMNS =
  'computation_id, line_no, computation_number, participant_id, cohort, terms_number, clause, metric, occurrence, ' +
  'revision, kind, outcome_on, quantity, unit, rate_minor, uncapped_minor, amount_minor, withheld_minor, parts, ' +
  'reason, steps, evidence, corrects, explanation, follow_up';

const NULL = '\\N';
const SPECIAL = /[\\\n\r\t]/;
const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A text as COPY's text format wants it. */
const copied = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (c) => ESCAPED[c]!) : text;

const PLAIN_ELEMENT = /^[A-Za-z0-9_./-]+#[0-9]+$/; // as evidence is written; never the word NULL

/** A text array literal, with every element that needs it in quotes. */
const arrayOf = (elements: readonly string[]): string =>
  `{${elements.map((e) => (PLAIN_ELEMENT.test(e) ? e : `"${e.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;

function partsOf(parts: ReadonlyMap<string, bigint>): string {
  let text = '';
  for (const [payer, part] of parts)
    text += `${text === '' ? '' : ','}${JSON.stringify(payer)}:"${part}"`;
  return `{${text}}`;
}

/** Writes lines of one computation as rows of COPY's text format. */
export function rowWriter(
  computationId: string,
  computationNumber: number,
): (lineNo: number, participantId: number | null, line: PaymentLine) => string {
  return (lineNo, participantId, line) =>
    `${computationId}\t${lineNo}\t${computationNumber}\t${participantId ?? NULL}\t${copied(line.cohort)}\t` +
    `${line.termsNumber}\t${copied(line.clause)}\t${copied(line.metric)}\t${copied(line.occurrence)}\t` +
    `${line.revision}\t${line.kind}\t${line.outcomeOn}\t${formatFraction(line.quantity)}\t${copied(line.unit)}\t` +
    `${line.rateMinor}\t${line.uncappedMinor}\t${line.amountMinor}\t${line.withheldMinor}\t` +
    `${copied(partsOf(line.parts))}\t${line.reason ?? NULL}\t${copied(JSON.stringify(line.steps))}\t` +
    `${copied(arrayOf(line.evidence))}\t${line.corrects ?? NULL}\t${copied(line.explanation)}\t` +
    `${line.followUp === undefined ? NULL : JSON.stringify(line.followUp)}\n`;
}
