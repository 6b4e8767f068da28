import { Option } from 'commander';
import { BundlesService } from '../bundles/bundles.service.js';
import type { BundleRequest } from '../bundles/bundle-request.js';
import { asPerson } from './application.js';
import { BundleSubjectUnclear } from './cli.errors.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { openOutput } from './output.js';

interface Options extends GlobalOptions {
  readonly claim?: number;
  readonly statement?: string;
  readonly issue?: number;
  readonly line?: string;
  readonly participant?: string;
  readonly contract?: true;
  readonly entry?: number;
  readonly since?: number;
  readonly out?: string;
}

/** `outturn audit bundle`: a file that proves one thing to whoever trusts neither the provider nor this service. */
export const auditBundle: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'bundle <contract>')
    .description(
      'write a bundle that proves one thing offline (verifier/README.md says how to check it)',
    )
    .addOption(new Option('--claim <number>', 'a claim with all its lines').argParser(whole))
    .option('--statement <period>', 'the statement of a period as it was issued')
    .addOption(
      new Option('--issue <number>', 'with --statement: not the latest but this').argParser(whole),
    )
    .option('--line <reference>', 'one payment line')
    .option('--participant <reference>', 'the lines of one participant')
    .option('--contract', 'every act on the contract')
    .addOption(
      new Option('--entry <number>', 'one act, by the number of its entry').argParser(whole),
    )
    .addOption(
      new Option(
        '--since <size>',
        'prove too that the log goes on from a checkpoint of this size',
      ).argParser(whole),
    )
    .option('-o, --out <file>', 'write to a file instead of the output');
  made.action(async (code: string) => {
    const options = made.optsWithGlobals<Options>();
    const request = requestOf(options);
    await asPerson(options, terminal, async ({ get, actor }) => {
      const output = openOutput(terminal, options.out);
      const { since = null } = options;
      await get(BundlesService).write(actor, code, request, since, async (text) =>
        output.write(text),
      );
      await output.end();
    });
  });
};

/** What was asked for; refuses anything but one subject. */
function requestOf(options: Options): BundleRequest {
  const { claim, statement, issue, line, participant, contract, entry } = options;
  const asked: BundleRequest[] = [
    ...(claim === undefined ? [] : [{ type: 'claim', number: claim } as const]),
    ...(statement === undefined
      ? []
      : [{ type: 'statement', period: statement, number: issue ?? null } as const]),
    ...(line === undefined ? [] : [{ type: 'line', line } as const]),
    ...(participant === undefined
      ? []
      : [{ type: 'participant', reference: participant } as const]),
    ...(contract === undefined ? [] : [{ type: 'contract' } as const]),
    ...(entry === undefined ? [] : [{ type: 'entry', seq: BigInt(entry) } as const]),
  ];
  if (asked.length !== 1) throw new BundleSubjectUnclear();
  return asked[0]!;
}

function whole(text: string): number {
  if (!/^[1-9][0-9]{0,14}$/.test(text)) throw new BundleSubjectUnclear();
  return Number(text);
}
