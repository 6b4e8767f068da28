import { InvalidArgumentError, Option } from 'commander';
import { parse } from 'csv-parse/sync';
import { stringify } from 'yaml';
import type { Questionnaire } from '../domain/instruments/instrument.js';
import { assemble } from '../domain/instruments/import/assemble.js';
import { readConversion, type Row } from '../domain/instruments/import/conversion-table.js';
import { fromFhirQuestionnaire } from '../domain/instruments/import/fhir-questionnaire.js';
import type {
  FoundInstrument,
  ImportedInstrument,
} from '../domain/instruments/import/found-instrument.js';
import { fromRedcapDictionary } from '../domain/instruments/import/redcap-dictionary.js';
import { FileNotOfFormat } from './cli.errors.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { readText } from './read-file.js';

interface Options extends GlobalOptions {
  readonly from: 'fhir' | 'redcap';
  readonly form?: string;
  readonly improvement: 'lower' | 'higher';
  readonly licence: 'whole' | 'score-only';
  readonly missingAllowed: number;
  readonly prorate: boolean;
  readonly id?: string;
  readonly citation?: string;
  readonly reversed?: readonly string[];
  readonly without?: readonly string[];
  readonly conversion?: string;
}

/** `outturn instrument import FILE`: prints the YAML of an instrument, to be put into terms; nothing is saved. */
export const instrumentImport: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'import <file>')
    .description(
      'read an instrument from a FHIR Questionnaire or a REDCap data dictionary and print it for the terms',
    )
    .addOption(
      new Option('--from <format>', 'what the file is')
        .choices(['fhir', 'redcap'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--improvement <way>', 'which way a score moves when life gets better')
        .choices(['lower', 'higher'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--licence <status>', 'whether the wording may be kept')
        .choices(['whole', 'score-only'])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--missing-allowed <count>', 'how many answers may be missing')
        .argParser(wholeNumber)
        .makeOptionMandatory(),
    )
    .option('--prorate', 'stretch the rest to all items where answers are missing', false)
    .option('--form <name>', 'the form of the data dictionary')
    .option('--id <id>', 'the id of the instrument in the terms')
    .option('--citation <text>', 'where it was validated, and whose wording it is')
    .option('--reversed <items>', 'items scored the other way round, by commas', byCommas)
    .option('--without <items>', 'choices that are not scored, by commas', byCommas)
    .option('--conversion <file>', 'CSV with the columns raw and score, where sums are converted');
  made.action(async (file: string) => {
    const options = made.optsWithGlobals<Options>();
    const imported = assemble(await foundIn(file, options), {
      improvement: options.improvement,
      licence: options.licence,
      missingAllowed: options.missingAllowed,
      missingScore: options.prorate ? 'prorated' : 'sum',
      ...(options.id === undefined ? {} : { id: options.id }),
      ...(options.citation === undefined ? {} : { citation: options.citation }),
      ...(options.reversed === undefined ? {} : { reversed: options.reversed }),
      ...(options.conversion === undefined
        ? {}
        : { conversion: readConversion(await rowsOf(options.conversion)) }),
    });
    print(terminal, options.json, imported, () => inYaml(imported));
  });
};

async function foundIn(file: string, { from, form, without }: Options): Promise<FoundInstrument> {
  if (from === 'redcap') return fromRedcapDictionary(await rowsOf(file), form, without);
  return fromFhirQuestionnaire(jsonOf(file, await readText(file)), without);
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FileNotOfFormat(file, 'JSON');
  }
}

async function rowsOf(file: string): Promise<Row[]> {
  try {
    return parse(await readText(file), { bom: true, columns: true, skip_empty_lines: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('CSV_') !== true) throw error;
    throw new FileNotOfFormat(file, 'CSV');
  }
}

/** What was left out stands as comments above the definition, so that it is read where the terms are read. */
const inYaml = ({ instrument, remarks }: ImportedInstrument<Questionnaire>): string =>
  [
    ...remarks.map((remark) => `# ${remark}`),
    stringify({ instruments: [instrument] }, { aliasDuplicateObjects: false, lineWidth: 100 }),
  ]
    .join('\n')
    .trimEnd();

const byCommas = (text: string): string[] => text.split(',').map((name) => name.trim());

function wholeNumber(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('Write a whole number, such as 0.');
  return Number(text);
}
