import { SubjectAccessService } from '../privacy/subject-access.service.js';
import { asPerson } from './application.js';
import { openOutput } from './output.js';
import { toJson } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

interface Options extends GlobalOptions {
  readonly contract: string;
  readonly out?: string;
}

/** `outturn privacy export REFERENCE`: all that is held about a participant, for them to have. */
export const privacyExport: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'export <reference>')
    .description('write all that is held about a participant as JSON, as the provider')
    .requiredOption('--contract <code>', 'the contract')
    .option('--out <file>', 'write to a file instead of the output');
  made.action(async (reference: string) => {
    const options = made.optsWithGlobals<Options>();
    const held = await asPerson(options, terminal, ({ get, actor }) =>
      get(SubjectAccessService).export(actor, options.contract, reference),
    );
    const output = openOutput(terminal, options.out);
    output.write(`${toJson(held)}\n`);
    await output.end();
  });
};
