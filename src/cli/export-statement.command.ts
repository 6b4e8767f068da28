import { Option } from 'commander';
import { StatementsService } from '../statements/statements.service.js';
import { asPerson } from './application.js';
import { openOutput } from './output.js';
import { toJson } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

interface Options extends GlobalOptions {
  readonly contract: string;
  readonly period: string;
  readonly format: 'csv' | 'json';
  readonly out?: string;
}

/** `outturn export statement`: the investor's account of a period, from approved lines; it names nobody. */
export const exportStatement: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'statement')
    .description('write the statement of a period, made from approved lines')
    .requiredOption('--contract <code>', 'the contract')
    .requiredOption('--period <id>', 'the period, such as 2016-Q2')
    .addOption(new Option('--format <format>').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'write to a file instead of the output');
  made.action(async () => {
    const options = made.optsWithGlobals<Options>();
    const { contract, period } = options;
    const asJson = options.json || options.format === 'json';
    const text = await asPerson(options, terminal, async ({ get, actor }) => {
      const statements = get(StatementsService);
      return asJson
        ? toJson(await statements.quarter(actor, contract, period))
        : statements.quarterAsCsv(actor, contract, period);
    });
    const output = openOutput(terminal, options.out);
    output.write(text);
    await output.end();
  });
};
