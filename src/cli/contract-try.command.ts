import { tryTerms } from '../contracts/try-terms.js';
import { parseDraft, parseTermsSource } from '../domain/contract-terms/parse.js';
import type { ClauseTrial, TriedOutcome } from '../domain/computation/try-clause.js';
import { UsageError } from './cli.errors.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { readText } from './read-file.js';

interface Options extends GlobalOptions {
  readonly clause: string;
  readonly example?: string;
  readonly input?: string;
}

/** `outturn contract try FILE --clause 4.1 --example NAME`: what a clause pays and why; no database is needed. */
export const contractTry: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'try <file>')
    .description('work one clause of a terms document through, and explain what it pays and why')
    .requiredOption('--clause <number>', 'the clause, such as 4.1')
    .option('--example <name>', 'a worked example of the clause, by its name')
    .option('--input <file>', 'values to try (YAML or JSON), written as an example is');
  made.action(async (file: string) => {
    const { json, clause, example, input } = made.optsWithGlobals<Options>();
    if ((example === undefined) === (input === undefined))
      throw new UsageError('Name what to try: either --example or --input.');
    const draft = parseDraft(parseTermsSource(await readText(file)));
    const values = example ?? parseTermsSource(await readText(input!));
    const trial = tryTerms(draft, clause, values);
    print(terminal, json, trial, () => trialInWords(trial));
  });
};

/** The trial as it can be read aloud: each outcome with its steps, then what they come to. */
export function trialInWords(trial: ClauseTrial): string {
  return [
    `Clause ${trial.clause} ${trial.title}`,
    '',
    ...trial.outcomes.flatMap(outcomeInWords),
    ...(trial.notListed === 0 ? [] : [`And ${trial.notListed} more outcomes.`, '']),
    trial.sentence,
    ...(trial.expect === null ? [] : [`The example promises ${trial.expect} ${trial.currency}.`]),
  ].join('\n');
}

const outcomeInWords = (outcome: TriedOutcome): string[] => [
  outcome.sentence,
  `  Whose       ${outcome.participant ?? 'all together'}, cohort ${outcome.cohort}`,
  ...outcome.steps.map(
    ({ step, before, after, why }) => `  Step        ${step}: ${before} to ${after}, ${why}`,
  ),
  `  Amount      ${outcome.amount}`,
  '',
];
