import { randomUUID } from 'node:crypto';
import { IssuingService } from '../statements/issuing.service.js';
import { asPerson } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

interface Options extends GlobalOptions {
  readonly contract: string;
  readonly period: string;
}

/** `outturn issue-statement`: publishes the statement of a period to investors and whoever else reads issued ones. */
export const issueStatement: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'issue-statement')
    .description(
      'issue the statement of a period to those who read issued statements, as a commissioner',
    )
    .requiredOption('--contract <code>', 'the contract')
    .requiredOption('--period <id>', 'the period, such as 2016-Q2');
  made.action(async () => {
    const options = made.optsWithGlobals<Options>();
    const { contract, period } = options;
    const receipt = await asPerson(options, terminal, async ({ get, command }) => {
      const act = command('issue-statement', contract, period, randomUUID()); // each time is a new issue
      return (await get(IssuingService).issue(act, contract, period)).result;
    });
    print(terminal, options.json, receipt, () =>
      [
        `Statement ${receipt.number} of ${contract}, for ${period}, is issued.`,
        `It releases ${receipt.released} line${receipt.released === 1 ? '' : 's'}, ${receipt.amount} in all. SHA-256 ${receipt.documentHash}`,
      ].join('\n'),
    );
  });
};
