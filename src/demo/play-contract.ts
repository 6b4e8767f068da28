import { commandOf, type Application } from '../cli/application.js';
import type { Progress } from '../cli/terminal.js';
import { waitForComputation } from '../cli/wait-for-computation.js';
import { ContractsService } from '../contracts/contracts.service.js';
import { contractPeriods } from '../domain/contract-terms/terms-in-force.js';
import { ImportsService } from '../figures/import/imports.service.js';
import type { ComputationView } from '../payments/computation-view.js';
import { PaymentsService } from '../payments/payments.service.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { DemoContract, DemoStage } from './demo-contracts.js';
import type { DemoKeys } from './demo-keys.js';
import { exampleFile } from './set-up-contract.js';

/**
 * Imports the files of the example as its data officer, through the importers that everybody uses, and asks for the
 * periods in order. What a computation knows is fixed when it is asked for, so that nothing need be waited for here.
 */
export async function playContract(
  application: Application,
  keys: DemoKeys,
  contract: DemoContract,
): Promise<readonly ComputationView[]> {
  const waiting = [...(await periodsOf(application, keys, contract))];
  const asked: ComputationView[] = [];
  for (const stage of contract.stages) {
    await importFiles(application, keys, contract, stage);
    const last =
      stage.throughPeriod === null ? waiting.length : waiting.indexOf(stage.throughPeriod) + 1;
    for (const periodId of waiting.splice(0, last))
      asked.push(await request(application, keys, contract, periodId));
  }
  return asked;
}

/** Waits until the worker has computed them all, in the order of their numbers. */
export async function waitForAll(
  { get }: Application,
  keys: DemoKeys,
  contract: DemoContract,
  asked: readonly ComputationView[],
  onDone: (done: ComputationView) => void,
): Promise<void> {
  const actor = keys.actorOf(contract.people.claimant.email);
  for (const { id } of asked)
    onDone(await waitForComputation(get(PaymentsService), actor, id, UNWATCHED));
}

const UNWATCHED: Progress = { update: () => undefined, stop: () => undefined };

async function importFiles(
  { get }: Application,
  keys: DemoKeys,
  { code, people }: DemoContract,
  { files }: DemoStage,
): Promise<void> {
  const officer = keys.actorOf(people.officer.email);
  for (const { kind, name } of files) {
    await get(ImportsService).importFile(
      kind,
      (fileSha256) => commandOf(officer, ['demo-import', code, kind, fileSha256]),
      code,
      exampleFile(code, name),
    );
  }
}

async function request(
  { get }: Application,
  keys: DemoKeys,
  { code, people }: DemoContract,
  periodId: string,
): Promise<ComputationView> {
  const command = commandOf(keys.actorOf(people.claimant.email), ['demo-compute', code, periodId]);
  return (await get(PaymentsService).requestComputation(command, { code, periodId })).result;
}

function periodsOf(
  { get }: Application,
  keys: DemoKeys,
  { code, people }: DemoContract,
): Promise<readonly string[]> {
  const actor = keys.actorOf(people.claimant.email);
  return get(TransactionRunner).readOnly(actor, async (tx) => {
    const { id } = await get(ContractsService).open(tx, actor, code, 'computation:request');
    return contractPeriods(await get(ContractsService).activeTerms(tx, id)).map(
      (period) => period.id,
    );
  });
}
