import { randomUUID } from 'node:crypto';
import { ContractsService } from '../contracts/contracts.service.js';
import { contractTag } from '../contracts/contract-tag.js';
import { DraftingService } from '../contracts/drafting.service.js';
import { readTerms } from '../contracts/read-terms.js';
import type { DraftOutcome } from '../contracts/contract-view.js';
import { asPerson, type Session } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { readText } from './read-file.js';

interface Options extends GlobalOptions {
  readonly replace: boolean;
}

/** `outturn contract draft FILE`: saves terms as the draft of a contract; it may still be incomplete. */
export const contractDraft: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'draft <file>')
    .description('save a terms document (YAML or JSON) as the draft of its contract')
    .option('--replace', 'replace the draft that is there', false);
  made.action(async (file: string) => {
    const options = made.optsWithGlobals<Options>();
    const text = await readText(file);
    const outcome = await asPerson(options, terminal, (session) =>
      options.replace ? replace(session, text) : create(session, text),
    );
    print(
      terminal,
      options.json,
      outcome,
      () => `Draft ${outcome.number} of ${outcome.code} is saved. Document ${outcome.documentHash}`,
    );
  });
};

async function create({ get, command }: Session, text: string): Promise<DraftOutcome> {
  // saying it again is a new act: it is refused where the contract is there already, and never answered from memory
  const act = command('contract-draft', text, randomUUID());
  return (await get(DraftingService).create(act, text)).result;
}

async function replace({ get, actor }: Session, text: string): Promise<DraftOutcome> {
  const { code } = readTerms(text).draft;
  const { revision } = await get(ContractsService).get(actor, code);
  return get(DraftingService).replace(actor, code, contractTag(code, revision), { terms: text });
}
