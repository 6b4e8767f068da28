import { diffInWords } from '../domain/contract-terms/diff-in-words.js';
import { parseDraft, parseTermsSource } from '../domain/contract-terms/parse.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { print } from './print.js';
import { readText } from './read-file.js';

/** `outturn contract diff BEFORE AFTER`: what changes from one edition of the terms to another, in words. */
export const contractDiff: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'diff <before> <after>').description(
    'say in words what changes from one terms document to another',
  );
  made.action(async (before: string, after: string) => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    const read = async (file: string) => parseDraft(parseTermsSource(await readText(file)));
    const changes = diffInWords(await read(before), await read(after));
    print(terminal, json, { changes }, () =>
      changes.length === 0 ? 'Nothing changes.' : changes.join('\n'),
    );
  });
};
