import { ActivationService } from '../contracts/activation.service.js';
import { ContractsService } from '../contracts/contracts.service.js';
import { NoDraft } from '../contracts/contracts.errors.js';
import { asPerson } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn contract activate CODE`: consents to the draft; the second party's consent brings it into force. */
export const contractActivate: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'activate <code>').description(
    'consent to the draft as provider or commissioner; with the consent of both it is in force',
  );
  made.action(async (code: string) => {
    const options = made.optsWithGlobals<GlobalOptions>();
    const outcome = await asPerson(options, terminal, async ({ get, actor, command }) => {
      const { draft } = await get(ContractsService).get(actor, code);
      if (draft === null) throw new NoDraft();
      const act = command('contract-activate', code, draft.documentHash);
      return (await get(ActivationService).consent(act, code, draft.documentHash)).result;
    });
    print(terminal, options.json, outcome, () =>
      outcome.state === 'active'
        ? `Edition ${outcome.number} of the terms of ${code} is in force.`
        : `Your consent to edition ${outcome.number} of ${code} is recorded. The other side's is awaited.`,
    );
  });
};
