import { InvalidArgumentError, Option, type Command } from 'commander';
import { EVERYTHING, type ActivityFilter } from '../activity/activity-filter.js';
import type { AuditType } from '../domain/audit/entry-types.js';
import { AUDIT_TYPES, isAuditType } from '../domain/activity/sentence.js';
import { isCivilDate } from '../domain/calendar/civil-date.js';
import type { GlobalOptions } from './command.js';

/** What a reading of the trail may be narrowed by. */
export interface FilterOptions extends GlobalOptions {
  readonly type?: readonly AuditType[];
  readonly person?: string;
  readonly participant?: string;
  readonly claim?: number;
  readonly from?: string;
  readonly before?: string;
  readonly fromSeq?: bigint;
  readonly throughSeq?: bigint;
}

export const filterOf = (options: FilterOptions): ActivityFilter => ({
  ...EVERYTHING,
  types: options.type ?? [],
  personId: options.person ?? null,
  participant: options.participant ?? null,
  claim: options.claim ?? null,
  recordedFrom: options.from ?? null,
  recordedBefore: options.before ?? null,
  fromSeq: options.fromSeq ?? null,
  throughSeq: options.throughSeq ?? null,
});

/** The options for acts of a person on any contract. */
export const withTypeAndDays = (made: Command): Command =>
  made
    .addOption(
      new Option(
        '--type <types>',
        'only these types, such as claim.submitted,claim.decided',
      ).argParser(types),
    )
    .addOption(
      new Option('--from <day>', 'recorded on this day or later, in London').argParser(day),
    )
    .addOption(new Option('--before <day>', 'recorded before this day, in London').argParser(day));

/** The options for acts on one contract. */
export const withFilters = (made: Command): Command =>
  withTypeAndDays(made)
    .addOption(new Option('--person <id>', 'only what this person did').argParser(uuid))
    .option(
      '--participant <reference>',
      'only what names this participant, and readings that went over them',
    )
    .addOption(
      new Option('--claim <number>', 'only what is about this claim').argParser((text) =>
        Number(number(text)),
      ),
    )
    .addOption(
      new Option('--from-seq <number>', 'entries with this number or a higher one').argParser(
        number,
      ),
    )
    .addOption(
      new Option('--through-seq <number>', 'entries with this number or a lower one').argParser(
        number,
      ),
    );

function types(text: string): AuditType[] {
  return text.split(',').map((type) => {
    if (isAuditType(type)) return type;
    throw new InvalidArgumentError(`Choose from ${AUDIT_TYPES.join(', ')}.`);
  });
}

function day(text: string): string {
  if (isCivilDate(text)) return text;
  throw new InvalidArgumentError('Write a day as year-month-day, such as 2015-06-02.');
}

function uuid(text: string): string {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('Give the id of a person.');
}

/** The number of an entry or a claim. */
export function number(text: string): bigint {
  if (/^[1-9]\d{0,8}$/.test(text)) return BigInt(text);
  throw new InvalidArgumentError('Give a number from 1 up.');
}
