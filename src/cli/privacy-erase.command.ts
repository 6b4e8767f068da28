import { ErasureService } from '../privacy/erasure.service.js';
import { asPerson } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

interface Options extends GlobalOptions {
  readonly contract: string;
}

/** `outturn privacy erase REFERENCE`: destroys the keys of a participant. */
export const privacyErase: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'erase <reference>')
    .description(
      'destroy the keys of a participant, as the provider: identifiers, notes and reasons are gone for ever',
    )
    .requiredOption('--contract <code>', 'the contract');
  made.action(async (reference: string) => {
    const options = made.optsWithGlobals<Options>();
    const { contract } = options;
    const { result, replayed } = await asPerson(options, terminal, ({ get, command }) =>
      get(ErasureService).erase(
        command('erase-participant', contract, reference),
        contract,
        reference,
      ),
    );
    print(terminal, options.json, { ...result, replayed }, () =>
      replayed
        ? `${reference} was erased before; nothing has changed.`
        : `${reference} is erased: nobody can read who it was or what was said of them. Scores, payments and the audit trail stay.`,
    );
  });
};
