import { formatFraction } from '../domain/money/fraction.js';
import { hasTotal, subscalesOf, type Instrument } from '../domain/instruments/instrument.js';
import { INSTRUMENTS } from '../domain/instruments/registry.js';
import { scaleOf, type Scale } from '../domain/instruments/scale.js';
import { print, table } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn instrument list`: the instruments that all terms may name. */
export const instrumentList: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'list').description(
    'list the instruments that are built in and that all terms may name',
  );
  made.action(() => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    const all: readonly Instrument[] = Object.values(INSTRUMENTS);
    print(terminal, json, all.map(summary), () =>
      table(
        ['Id', 'Instrument', 'Score', 'Better', 'Wording', 'Subscales'],
        all.map((one) => {
          const { id, name, score, improvement, licence, subscales } = summary(one);
          return [id, name, score, improvement, licence, subscales.join(', ')];
        }),
      ),
    );
  });
};

function summary(instrument: Instrument) {
  const total = scaleOf(instrument);
  return {
    id: instrument.id,
    version: instrument.version,
    name: instrument.name,
    score: total === undefined ? 'subscales only' : rangeOf(total),
    improvement: instrument.improvement,
    licence: instrument.kind === 'questionnaire' ? instrument.licence : 'whole',
    hasTotal: hasTotal(instrument),
    subscales: subscalesOf(instrument).map(({ id }) => id),
  };
}

/** "7 to 35 (2 decimals)". */
export function rangeOf({ min, max, decimals }: Scale): string {
  const range = `${formatFraction(min)} to ${formatFraction(max)}`;
  if (decimals === 0) return range;
  return `${range} (${decimals} ${decimals === 1 ? 'decimal' : 'decimals'})`;
}
