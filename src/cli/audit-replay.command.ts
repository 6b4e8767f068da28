import { Option } from 'commander';
import type { Part, PartReport, ReplayReport } from '../domain/replay/report.js';
import { ReplayService } from '../replay/replay.service.js';
import type { NamedIssue } from '../replay/statements-replay.js';
import { asPerson } from './application.js';
import { CheckFailed, ReplaySubjectUnclear } from './cli.errors.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { print } from './print.js';

interface Options extends GlobalOptions {
  readonly claim?: number;
  readonly statement?: NamedIssue;
}

/** `outturn audit replay`: whether what a contract pays follows from its trail and its terms. */
export const auditReplay: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'replay <contract>')
    .description(
      'rebuild lines, claims and statements from the audit trail and the terms, and compare them with what is stored',
    )
    .addOption(
      new Option('--claim <number>', 'only what one claim rests on, and that claim').argParser(
        claimOf,
      ),
    )
    .addOption(
      new Option(
        '--statement <period/number>',
        'only what one issued statement rests on, and that statement, such as 2016-Q2/1',
      ).argParser(issueOf),
    );
  made.action(async (code: string) => {
    const options = made.optsWithGlobals<Options>();
    const { claim = null, statement = null } = options;
    if (claim !== null && statement !== null) throw new ReplaySubjectUnclear();
    await asPerson(options, terminal, async ({ get, actor }) => {
      const report = await get(ReplayService).replay(actor, code, { claim, statement });
      print(terminal, options.json, replayView(code, report), () => replayInWords(code, report));
      if (!report.agrees) throw new CheckFailed();
    });
  });
};

function claimOf(text: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw new ReplaySubjectUnclear();
  return Number(text);
}

function issueOf(text: string): NamedIssue {
  const [, periodId, number] = /^(.+)\/([1-9][0-9]{0,8})$/.exec(text) ?? [];
  if (periodId === undefined) throw new ReplaySubjectUnclear();
  return { periodId, number: Number(number) };
}

const replayView = (contract: string, { agrees, parts }: ReplayReport) => ({
  contract,
  agrees,
  parts: parts.map(({ first, ...part }) => ({
    ...part,
    first: first && {
      entry: first.entry === null ? null : String(first.entry),
      detail: first.detail,
    },
  })),
});

/** What it means that those of a part agree. */
const AGREE: Readonly<Record<Part, string>> = {
  entries: 'entries of the trail are as they were written',
  terms: 'editions of the terms are those that were put in force',
  enrolments: 'enrolments are what their entries commit to',
  measurements: 'measurements are what their entries commit to',
  figures: 'figures are what their entries commit to',
  results: 'signed results are what their entries commit to',
  computations: 'computations give the recorded lines again',
  lines: 'stored payment lines are those that were recorded',
  claims: 'claims have the lines that were submitted',
  decisions: 'lines stand as they were decided',
  statements: 'issued statements are made again as they were issued',
};

export function replayInWords(contract: string, { agrees, parts }: ReplayReport): string {
  const last = agrees
    ? `${contract}: what is stored is what the trail and the terms give.`
    : `${contract}: what is stored is NOT what the trail and the terms give. Keep the database as it is and look into it.`;
  return [...parts.flatMap(partInWords), last].join('\n');
}

const partInWords = ({ part, agreed, differing, first, open }: PartReport): string[] => [
  ...(differing === 0 && agreed === 0 ? [] : [`${agreed} ${AGREE[part]}`]),
  ...(first === null
    ? []
    : [`  ${part.toUpperCase()} DIFFER: ${first.detail}${others(differing - 1)}`]),
  ...open.map(({ why, count }) => `  ${count} ${part} left open: ${why}`),
];

const others = (count: number): string =>
  count === 0 ? '' : ` (and ${count} more ${count === 1 ? 'difference' : 'differences'})`;
