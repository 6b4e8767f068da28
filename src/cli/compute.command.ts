import { randomUUID } from 'node:crypto';
import { ContractsService } from '../contracts/contracts.service.js';
import { contractPeriods } from '../domain/contract-terms/terms-in-force.js';
import { PaymentsService } from '../payments/payments.service.js';
import type { ComputationView } from '../payments/computation-view.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { asPerson, type Session } from './application.js';
import { UsageError } from './cli.errors.js';
import { print, table } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import type { Terminal } from './terminal.js';
import { waitForComputation } from './wait-for-computation.js';

interface Options extends GlobalOptions {
  readonly contract: string;
  readonly period?: string;
  readonly all: boolean;
  readonly wait: boolean;
}

/** `outturn compute --contract CODE`: asks for payments to be computed; a worker does it. */
export const compute: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'compute')
    .description('ask for the payments of a period (or of all periods in order) to be computed')
    .requiredOption('--contract <code>', 'the contract')
    .option('--period <id>', 'the period, such as 2015-Q4')
    .option('--all', 'every period of the contract, in order', false)
    .option('--wait', 'wait until a worker has computed them', false);
  made.action(async () => {
    const options = made.optsWithGlobals<Options>();
    if ((options.period === undefined) === !options.all)
      throw new UsageError('Name one period with --period, or ask for every one with --all.');
    const views = await asPerson(options, terminal, (session) => ask(session, options, terminal));
    print(terminal, options.json, views, () =>
      table(
        ['Computation', 'Period', 'State', 'Lines', 'Total'],
        views.map((view) => [
          `${view.contract}.${view.number}`,
          view.period.id,
          view.state,
          String(view.lines ?? ''),
          view.total === null ? '' : `${view.total.amount} ${view.total.currency}`,
        ]),
        [3, 4],
      ),
    );
  });
};

async function ask(session: Session, options: Options, terminal: Terminal) {
  const payments = session.get(PaymentsService);
  const requested: ComputationView[] = [];
  for (const periodId of await periodsOf(session, options)) {
    const request = { code: options.contract, periodId };
    // asking again is a new act: it posts whatever has become known since
    const command = session.command('compute', options.contract, periodId, randomUUID());
    requested.push((await payments.requestComputation(command, request)).result);
  }
  if (!options.wait) return requested;
  const computed: ComputationView[] = [];
  for (const { id, period } of requested) {
    const progress = terminal.progress(`${options.contract} ${period.id}`);
    try {
      computed.push(await waitForComputation(payments, session.actor, id, progress));
    } finally {
      progress.stop();
    }
  }
  return computed;
}

async function periodsOf({ get, actor }: Session, options: Options): Promise<readonly string[]> {
  if (options.period !== undefined) return [options.period];
  return get(TransactionRunner).readOnly(actor, async (tx) => {
    const contracts = get(ContractsService);
    const contract = await contracts.open(tx, actor, options.contract, 'computation:request');
    return contractPeriods(await contracts.activeTerms(tx, contract.id)).map(({ id }) => id);
  });
}
