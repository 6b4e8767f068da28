import { stat } from 'node:fs/promises';
import { dateInWords } from '../domain/calendar/date-in-words.js';
import { ActivationRefused } from '../contracts/contracts.errors.js';
import { activationProblems } from '../domain/contract-terms/activation/activation-problems.js';
import { termsHash } from '../domain/contract-terms/terms-hash.js';
import type { TermsDraft } from '../domain/contract-terms/terms.schema.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { readDraft, readEditions } from './contract-folder/editions.js';
import { print } from './print.js';

/** `outturn contract validate PATH...`: whether terms could be activated; nothing is saved and no database is needed. */
export const contractValidate: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'validate <paths...>').description(
    'check terms documents (YAML or JSON), or folders of terms and their amendments, and list everything that keeps them from activation',
  );
  made.action(async (paths: readonly string[]) => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    for (const path of paths) {
      const results = (await editionsAt(path)).map(resultOf);
      print(terminal, json, results.length === 1 ? results[0] : results, () =>
        results.map(inWords).join('\n'),
      );
    }
  });
};

/** The editions that stand in a file or a folder. Refuses ActivationRefused with every fault of the first that cannot stand. */
async function editionsAt(path: string): Promise<readonly Edition[]> {
  if (await isFolder(path))
    return (await readEditions(path)).map(({ terms, effectiveFrom, number }) => ({
      terms,
      from: number === 1 ? null : effectiveFrom,
    }));
  const draft = await readDraft(path);
  const problems = activationProblems(draft);
  if (problems.length > 0)
    throw new ActivationRefused(problems.map((one) => ({ ...one, at: `${path} ${one.at}` })));
  return [{ terms: draft, from: null }];
}

interface Edition {
  readonly terms: TermsDraft;
  /** The day from which an amendment is in force. */
  readonly from: string | null;
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const resultOf = ({ terms, from }: Edition) => ({
  code: terms.code,
  title: terms.title,
  standing: terms.standing,
  ...(from === null ? {} : { amendedFrom: from }),
  clauses: terms.clauses?.length ?? 0,
  examples: (terms.clauses ?? []).reduce((n, clause) => n + clause.examples.length, 0),
  documentHash: termsHash(terms).toString('hex'),
});

const inWords = (one: ReturnType<typeof resultOf>): string =>
  [
    one.amendedFrom === undefined
      ? `${one.title} (${one.code}) is ready for activation.`
      : `${one.title} (${one.code}), as amended from ${dateInWords(one.amendedFrom)}, is ready for activation.`,
    `${one.clauses} clauses; ${one.examples} worked examples came out as they promise.`,
    `Document ${one.documentHash}`,
  ].join('\n');
