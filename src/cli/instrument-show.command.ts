import {
  itemsOf,
  subscalesOf,
  type Instrument,
  type Item,
  type MissingRule,
} from '../domain/instruments/instrument.js';
import { INSTRUMENTS, instrumentOf } from '../domain/instruments/registry.js';
import { scaleOf, type Scale } from '../domain/instruments/scale.js';
import { InstrumentUnknown } from './cli.errors.js';
import { rangeOf } from './instrument-list.command.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn instrument show ID`: how a built-in instrument is scored. */
export const instrumentShow: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'show <id>').description(
    'show how a built-in instrument is scored: items, bounds, missing answers, conversion, licence',
  );
  made.action((id: string) => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    const instrument = instrumentOf(undefined, id);
    if (instrument === undefined) throw new InstrumentUnknown(id, Object.keys(INSTRUMENTS));
    print(terminal, json, instrument, () => instrumentInWords(instrument));
  });
};

/** The definition as a page to read: what the score is, then how answers come to it. */
export function instrumentInWords(instrument: Instrument): string {
  const total = scaleOf(instrument);
  return [
    `${instrument.name} (${instrument.id}, version ${instrument.version})`,
    '',
    ...(total === undefined ? ['  There is no total.'] : scaleInWords('Score', total)),
    ...subscalesOf(instrument).flatMap(({ id }) =>
      scaleInWords(`Subscale ${id}`, scaleOf(instrument, id)!),
    ),
    ...aboutInWords(instrument),
    ...itemsOf(instrument).flatMap(itemInWords),
    ...(total?.conversion == null
      ? []
      : [
          '',
          'The sum of the answers stands for this score:',
          ...total.conversion.map(({ raw, score }) => `  ${raw}  ${score}`),
        ]),
  ].join('\n');
}

const better = { lower: 'lower is better', higher: 'higher is better' } as const;

function scaleInWords(what: string, scale: Scale): string[] {
  const missing = scale.items.length === 0 ? '' : `; ${missingInWords(scale.missing)}`;
  return [`  ${what}: ${rangeOf(scale)}, ${better[scale.improvement]}${missing}`];
}

const missingInWords = ({ allowed, score }: MissingRule): string =>
  allowed === 0
    ? 'every answer is needed'
    : `${allowed} may be missing, and the rest is ${score === 'sum' ? 'summed' : 'prorated'}`;

function aboutInWords(instrument: Instrument): string[] {
  if (instrument.kind === 'scale') return [`  Unit: ${instrument.unit}`];
  const { respondents, modes, language, citation, licence, loinc } = instrument;
  return [
    `  Answered by: ${respondents.join(', ')}; taken: ${modes.join(', ')}; language: ${language}`,
    `  Source: ${citation}`,
    `  Wording: ${licence === 'whole' ? 'kept here whole' : 'not kept here; scores only'}`,
    ...(loinc === undefined ? [] : [`  LOINC: ${loinc}`]),
  ];
}

function itemInWords({ id, text, options, reversed }: Item): string[] {
  const answers = options.map(({ value, scores, text: label }) =>
    [
      String(value),
      ...(label === undefined ? [] : [label]),
      ...(scores === undefined ? [] : [`counts ${scores}`]),
    ].join(' '),
  );
  return [
    '',
    `  item:${id}${text === undefined ? '' : `  ${text}`}${reversed === true ? ' (reversed)' : ''}`,
    `    ${answers.join(' | ')}`,
  ];
}
