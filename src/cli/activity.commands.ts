import { Option } from 'commander';
import { ActivityExportService } from '../activity/activity-export.service.js';
import type { ActivityItem } from '../activity/activity-item.js';
import { ACTIVITY_FORMATS, type ActivityFormat } from '../activity/activity-lines.js';
import { ActivityService } from '../activity/activity.service.js';
import { RecordCheckService } from '../activity/record-check.service.js';
import type { Page } from '../platform/http/cursor.js';
import {
  filterOf,
  number,
  withFilters,
  withTypeAndDays,
  type FilterOptions,
} from './activity.options.js';
import { asPerson } from './application.js';
import { CheckFailed } from './cli.errors.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { openOutput } from './output.js';
import { print } from './print.js';

interface ListOptions extends FilterOptions {
  readonly limit: number;
  readonly cursor?: string;
}

const LIMIT = () =>
  new Option('--limit <number>', 'how many, 500 at most')
    .argParser((text) => Math.min(500, Number(number(text))))
    .default(50);
const CURSOR = () => new Option('--cursor <cursor>', 'go on where another page ended');

/** `outturn activity list CONTRACT`: what was done on a contract, latest first. */
export const activityList: AddCommand = (parent, terminal) => {
  const made = withFilters(
    subcommand(parent, terminal, 'list <contract>').description(
      'what was done on a contract, latest first, one sentence for each act',
    ),
  );
  made.addOption(LIMIT()).addOption(CURSOR());
  made.action(async (code: string) => {
    const options = made.optsWithGlobals<ListOptions>();
    const { limit, cursor = null } = options;
    const page = await asPerson(options, terminal, ({ get, actor }) =>
      get(ActivityService).ofContract(actor, code, filterOf(options), { limit, cursor }),
    );
    print(terminal, options.json, page, () => pageInWords(page));
  });
};

/** `outturn activity person ID`: what a person did, wherever the reader may read the trail. */
export const activityPerson: AddCommand = (parent, terminal) => {
  const made = withTypeAndDays(
    subcommand(parent, terminal, 'person <id>').description(
      'what a person did on every contract whose trail you may read; for administrators, on none',
    ),
  );
  made.addOption(LIMIT()).addOption(CURSOR());
  made.action(async (personId: string) => {
    const options = made.optsWithGlobals<ListOptions>();
    const { limit, cursor = null } = options;
    const page = await asPerson(options, terminal, ({ get, actor }) =>
      get(ActivityService).ofPerson(actor, personId, filterOf(options), { limit, cursor }),
    );
    print(terminal, options.json, page, () => pageInWords(page));
  });
};

/** `outturn activity verify CONTRACT NUMBER`: whether one record stands as it was written. */
export const activityVerify: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'verify <contract> <number>').description(
    'say whether one record stands as it was written; "outturn audit bundle --entry" proves it to others',
  );
  made.action(async (code: string, text: string) => {
    const options = made.optsWithGlobals<GlobalOptions>();
    const seq = number(text);
    const found = await asPerson(options, terminal, async ({ get, actor }) => ({
      ...(await get(ActivityService).one(actor, code, seq)),
      verification: await get(RecordCheckService).check(actor, code, seq),
    }));
    print(terminal, options.json, found, () =>
      [inWords(found), found.verification.verdict].join('\n'),
    );
    if (found.verification.standing === 'altered') throw new CheckFailed();
  });
};

interface ExportOptions extends FilterOptions {
  readonly format: ActivityFormat;
  readonly out?: string;
}

/** `outturn activity export CONTRACT`: the same as a file, oldest first; the export is an act itself. */
export const activityExport: AddCommand = (parent, terminal) => {
  const made = withFilters(
    subcommand(parent, terminal, 'export <contract>').description(
      'write what was done on a contract to a file or to the output, oldest first; this is recorded too',
    ),
  );
  made
    .addOption(new Option('--format <format>').choices([...ACTIVITY_FORMATS]).default('csv'))
    .option('-o, --out <file>', 'write to a file instead of the output');
  made.action(async (code: string) => {
    const options = made.optsWithGlobals<ExportOptions>();
    const format = options.json ? 'jsonl' : options.format;
    await asPerson(options, terminal, async ({ get, actor }) => {
      const output = openOutput(terminal, options.out);
      await get(ActivityExportService).export(
        actor,
        code,
        filterOf(options),
        format,
        async (text) => output.write(text),
      );
      await output.end();
    });
  });
};

/** "41  2026-01-02T09:30:00.000Z  Pat Provider submitted claim 1: 3 lines, £3,960.00. [sealed, witnessed]". */
const inWords = ({
  contract,
  seq,
  recordedAt,
  sentence,
  sealed,
  witnessed,
}: ActivityItem): string =>
  `${contract ?? 'service'} ${seq}  ${recordedAt}  ${sentence} [${standing(sealed, witnessed)}]`;

const standing = (sealed: boolean, witnessed: boolean): string => {
  if (witnessed) return 'sealed, witnessed';
  return sealed ? 'sealed' : 'not sealed yet';
};

const pageInWords = ({ items, next }: Page<ActivityItem>): string =>
  [
    ...(items.length === 0 ? ['Nothing fits.'] : items.map(inWords)),
    ...(next === null ? [] : [`There is more: --cursor ${next}`]),
  ].join('\n');
