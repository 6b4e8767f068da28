import { ResponsesService } from '../measurements/responses.service.js';
import { asPerson } from './application.js';
import { openOutput } from './output.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

interface Options extends GlobalOptions {
  readonly contract: string;
  readonly participant?: string;
  readonly out?: string;
}

/** `outturn export responses`: the scores of a contract, or of one participant, as one FHIR Bundle. */
export const exportResponses: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'responses')
    .description(
      'write scores and answers as a FHIR R4 Bundle of QuestionnaireResponse, without wording that is licensed',
    )
    .requiredOption('--contract <code>', 'the contract')
    .option('--participant <reference>', 'only this participant')
    .option('--out <file>', 'write to a file instead of the output');
  made.action(async () => {
    const options = made.optsWithGlobals<Options>();
    await asPerson(options, terminal, async (session) => {
      const { contract, participant = null } = options;
      const bundles = session.get(ResponsesService).export(session.actor, contract, participant);
      const first = await bundles.next(); // before the file is made: what is refused leaves none
      const output = openOutput(terminal, options.out);
      let entries = 0;
      const write = (entry: readonly object[]) => {
        for (const one of entry)
          output.write(`${entries++ === 0 ? '' : ','}\n${JSON.stringify(one)}`);
      };
      const { entry, ...head } = first.done === true ? EMPTY : first.value;
      output.write(`${JSON.stringify(head).slice(0, -1)},"entry":[`);
      write(entry);
      for await (const bundle of bundles) write(bundle.entry);
      output.write('\n]}\n');
      await output.end();
    });
  });
};

const EMPTY = { resourceType: 'Bundle', type: 'collection', entry: [] } as const;
