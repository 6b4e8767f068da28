import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MemberExists } from '../access/access.errors.js';
import { ContractMembersService } from '../contracts/contract-members.service.js';
import { commandOf, type Application } from '../cli/application.js';
import { ActivationService } from '../contracts/activation.service.js';
import { ContractsService } from '../contracts/contracts.service.js';
import { DraftingService } from '../contracts/drafting.service.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { ADMINISTRATOR, peopleOf, type DemoContract } from './demo-contracts.js';
import type { DemoKeys } from './demo-keys.js';
import { projectFile } from './expected-totals.js';

/** The path of a file of an example. */
export const exampleFile = (code: string, name: string): string =>
  fileURLToPath(projectFile(`examples/contracts/${code}/${name}`));

/**
 * Drafts the contract, lets its people in, and brings the terms into force by the consent of both sides. Every act has a
 * key of its own, so that a repetition finds it done. Gives the contract's title.
 */
export async function setUpContract(
  { get }: Application,
  keys: DemoKeys,
  contract: DemoContract,
): Promise<string> {
  const { code } = contract;
  const terms = await readFile(exampleFile(code, 'terms.yaml'), 'utf8');
  const administrator = keys.actorOf(ADMINISTRATOR.email);
  const drafted = await get(DraftingService).create(
    commandOf(administrator, ['demo-draft', code, terms]),
    terms,
  );
  for (const person of peopleOf(contract)) {
    await keys.person(person);
    await letIn(get, keys, code, person);
  }
  const { documentHash } = drafted.result;
  for (const { email } of [contract.people.claimant, contract.people.commissioner]) {
    const command = commandOf(keys.actorOf(email), ['demo-consent', code, documentHash]);
    await get(ActivationService).consent(command, code, documentHash);
  }
  return (await get(ContractsService).get(administrator, code)).title;
}

async function letIn(
  get: Application['get'],
  keys: DemoKeys,
  code: string,
  { email, party, role }: ReturnType<typeof peopleOf>[number],
): Promise<void> {
  try {
    const administrator = keys.actorOf(ADMINISTRATOR.email);
    await get(TransactionRunner).run(administrator, (tx) =>
      get(ContractMembersService).addMember(tx, administrator, code, { email, party, role }),
    );
  } catch (error) {
    if (!(error instanceof MemberExists)) throw error;
  }
}
