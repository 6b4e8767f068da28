import { instrumentFaults } from '../../instruments/faults/instrument-faults.js';
import { hasTotal, subscalesOf } from '../../instruments/instrument.js';
import { instrumentsBy, isBuiltIn } from '../../instruments/registry.js';
import { excerpt } from '../../shared/excerpt.js';
import type { ScoreMetric } from '../../outcomes/metric.js';
import type { Fault } from '../../shared/domain-error.js';
import type { TermsDraft } from '../terms.schema.js';
import { allOf, checkOf, fault, repeated, type ActivationCheck } from './check.js';

/** Instruments that the terms bring are sound and have names of their own. */
const own = checkOf(['instruments'], ({ instruments = [] }) => [
  ...repeated(
    instruments.map(({ id }) => id),
    (i) => `/instruments/${i}/id`,
    'Instrument',
  ),
  ...instruments.flatMap((instrument, i) => [
    ...(isBuiltIn(instrument.id)
      ? [
          fault(
            `/instruments/${i}/id`,
            'INSTRUMENT_BUILT_IN',
            `"${instrument.id}" is a built-in instrument. Use it as it is, or give this one another id.`,
          ),
        ]
      : []),
    ...instrumentFaults(instrument).map((found) => ({
      ...found,
      at: `/instruments/${i}${found.at}`,
    })),
  ]),
]);

/** Every score metric names an instrument that there is, and what of it is measured. */
const named: ActivationCheck = ({ metrics = [], instruments }: TermsDraft) => {
  const known = instrumentsBy(instruments);
  return metrics.flatMap((metric, m) =>
    metric.kind === 'score' ? nameFaults(metric, known, `/metrics/${m}`) : [],
  );
};

function nameFaults(
  metric: ScoreMetric,
  known: ReturnType<typeof instrumentsBy>,
  at: string,
): Fault[] {
  const instrument = known.get(metric.instrument);
  if (instrument === undefined)
    return [
      fault(
        `${at}/instrument`,
        'INSTRUMENT_UNKNOWN',
        `There is no instrument "${excerpt(metric.instrument)}". Known: ${[...known.keys()].join(', ')}. Bring another under "instruments".`,
      ),
    ];
  const subscales = subscalesOf(instrument).map(({ id }) => id);
  const choice = subscales.length === 0 ? 'It has none.' : `It has: ${subscales.join(', ')}.`;
  if (metric.subscale === undefined)
    return hasTotal(instrument)
      ? []
      : [
          fault(
            `${at}/subscale`,
            'SUBSCALE_MISSING',
            `${instrument.name} has no total: say which subscale is measured. ${choice}`,
          ),
        ];
  return subscales.includes(metric.subscale)
    ? []
    : [
        fault(
          `${at}/subscale`,
          'SUBSCALE_UNKNOWN',
          `${instrument.name} has no subscale "${excerpt(metric.subscale)}". ${choice}`,
        ),
      ];
}

export const instruments = allOf(own, named);
