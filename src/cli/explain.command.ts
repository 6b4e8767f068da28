import { PaymentLinesService } from '../payments/payment-lines.service.js';
import type { LineExplanation } from '../payments/payment-line.view.js';
import { asPerson } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn explain LINE`: why a payment line is what it is, down to the scores, figures and results, and the clause. */
export const explain: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'explain <line>').description(
    'explain a payment line, such as worcestershire-loneliness.3.1042, down to the scores and the clause',
  );
  made.action(async (line: string) => {
    const options = made.optsWithGlobals<GlobalOptions>();
    const found = await asPerson(options, terminal, ({ get, actor }) =>
      get(PaymentLinesService).explain(actor, line),
    );
    print(terminal, options.json, found, () => explanationInWords(found));
  });
};

const linesOf = ({ lines }: { readonly lines: number }) =>
  `${lines} ${lines === 1 ? 'line' : 'lines'}`;

/** What a line about many rests on: figures, signed results, and how many measurements. */
function restsOn({ participant, figures, effects, evidence }: LineExplanation): string[] {
  const since = (superseded: boolean) => (superseded ? ', since corrected' : '');
  const why = (reason: string | null) => (reason === null ? '' : ` (corrected: ${reason})`);
  const known = new Set([...figures, ...effects].map(({ name }) => name));
  const others = participant === null ? evidence.filter((name) => !known.has(name)) : [];
  return [
    ...figures.map(
      (f) =>
        `  Rests on    ${f.name}: ${f.numerator} of ${f.denominator} from ${f.from} up to ${f.to}, counted by definition ${f.definition}${why(f.correctionReason)}${since(f.superseded)}`,
    ),
    ...effects.map(
      (e) =>
        `  Rests on    ${e.metric}/${e.cohort}#${e.version}: ${e.value}${e.low === null ? '' : ` (${e.low} to ${e.high})`} over ${e.n}, signed on ${e.signedOn} for ${e.party}, report sha256:${e.documentHash}${why(e.correctionReason)}${since(e.superseded)}`,
    ),
    ...others.map((name) => `  Rests on    ${name}`),
  ];
}

/** The line as it can be read aloud: the sentence first, then what it rests on. */
export function explanationInWords(line: LineExplanation): string {
  const parts = line.parts.map(({ payer, amount }) => `${payer} ${amount}`).join(', ');
  return [
    line.explanation,
    '',
    `  Line        ${line.reference} (${line.kind}, ${line.period})`,
    `  Clause      ${line.clause}${line.clauseTitle === null ? '' : ` ${line.clauseTitle}`}, edition ${line.terms.number} of the terms`,
    ...(line.clauseInWords === null ? [] : [`  It says     ${line.clauseInWords}`]),
    `  Amount      ${line.amount} ${line.currency}: ${parts}`,
    ...line.steps.map(
      ({ step, before, after, why }) => `  Step        ${step}: ${before} to ${after}, ${why}`,
    ),
    `  Part of     ${line.folds.clause.amount} in ${linesOf(line.folds.clause)} of clause ${line.clause}, of ${line.folds.computation.amount} in ${linesOf(line.folds.computation)} computed for ${line.period}`,
    ...line.measurements.map(
      (m) =>
        `  Rests on    ${m.name}: ${m.value ?? m.status} on ${m.measuredOn}${m.endedOn === null ? '' : `, ended by ${m.endedOn}`}${m.correctionReason === null ? '' : ` (corrected: ${m.correctionReason})`}${m.superseded ? ', since corrected' : ''}`,
    ),
    ...restsOn(line),
    ...(line.corrected === null
      ? []
      : [`  Corrects    ${line.corrected.reference}: ${line.corrected.amount}`]),
    ...line.correctedBy.map((later) => `  Corrected   by ${later.reference}: ${later.amount}`),
  ].join('\n');
}
