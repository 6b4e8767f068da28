import { Option } from 'commander';
import { PaymentLinesService } from '../payments/payment-lines.service.js';
import type { ComputationView } from '../payments/computation-view.js';
import { PaymentsService } from '../payments/payments.service.js';
import { asPerson, type Session } from './application.js';
import { PeriodNotComputed } from './cli.errors.js';
import { LINES_HEADER, linesCsv } from './lines-csv.js';
import { openOutput } from './output.js';
import { toJson } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

interface Options extends GlobalOptions {
  readonly contract: string;
  readonly period?: string;
  readonly format: 'csv' | 'json';
  readonly out?: string;
}

const PAGE = 1_000;

/** `outturn export lines`: every line of a contract's computations, or of those of one period; JSON is one line each. */
export const exportLines: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'lines')
    .description('write the payment lines of a contract, each with its explanation')
    .requiredOption('--contract <code>', 'the contract')
    .option('--period <id>', 'only computations of this period')
    .addOption(new Option('--format <format>').choices(['csv', 'json']).default('csv'))
    .option('--out <file>', 'write to a file instead of the output');
  made.action(async () => {
    const options = made.optsWithGlobals<Options>();
    await asPerson(options, terminal, async (session) => {
      const computations = await computationsOf(session, options);
      const output = openOutput(terminal, options.out);
      const asJson = options.json || options.format === 'json';
      if (!asJson) output.write(LINES_HEADER);
      const { contract, period = null } = options;
      const ids = computations.map(({ id }) => id);
      const said = { period, format: asJson ? 'JSON Lines' : 'CSV' };
      const pages = session.get(PaymentLinesService).export(session.actor, contract, ids, said);
      for await (const lines of pages)
        output.write(asJson ? lines.map(toJson).join('') : linesCsv(lines));
      await output.end();
    });
  });
};

/** The computations that posted lines, oldest first. */
async function computationsOf({ get, actor }: Session, { contract, period }: Options) {
  const found: ComputationView[] = [];
  let cursor: string | null = null;
  do {
    const page = await get(PaymentsService).list(actor, contract, {
      limit: PAGE,
      ...(cursor === null ? {} : { cursor }),
    });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  const wanted = found
    .filter(({ kind, state }) => kind === 'payable' && state === 'computed')
    .filter((one) => period === undefined || one.period.id === period);
  if (period !== undefined && wanted.length === 0) throw new PeriodNotComputed(contract, period);
  return wanted.reverse();
}
