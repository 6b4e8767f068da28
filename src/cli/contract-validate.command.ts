import { activationProblems } from '../domain/contract-terms/activation/activation-problems.js';
import { parseDraft, parseTermsSource } from '../domain/contract-terms/parse.js';
import { termsHash } from '../domain/contract-terms/terms-hash.js';
import { ActivationRefused } from '../contracts/contracts.errors.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { readText } from './read-file.js';

/** `outturn contract validate FILE`: whether terms could be activated; nothing is saved and no database is needed. */
export const contractValidate: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'validate <file>').description(
    'check a terms document (YAML or JSON) and list everything that keeps it from activation',
  );
  made.action(async (file: string) => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    const draft = parseDraft(parseTermsSource(await readText(file)));
    const problems = activationProblems(draft);
    if (problems.length > 0) throw new ActivationRefused(problems);
    const examples = (draft.clauses ?? []).reduce((n, clause) => n + clause.examples.length, 0);
    const result = {
      code: draft.code,
      title: draft.title,
      standing: draft.standing,
      clauses: draft.clauses?.length ?? 0,
      examples,
      documentHash: termsHash(draft).toString('hex'),
    };
    print(terminal, json, result, () =>
      [
        `${draft.title} (${draft.code}) is ready for activation.`,
        `${result.clauses} clauses; ${examples} worked examples came out as they promise.`,
        `Document ${result.documentHash}`,
      ].join('\n'),
    );
  });
};
