import type { EffectMetric, RateMetric } from '../../outcomes/metric.js';
import type { Fault } from '../../shared/domain-error.js';
import type { Party, TermsDocument } from '../terms.schema.js';
import { allOf, checkOf, fault, repeated } from './check.js';

/**
 * Metrics about the contract as a whole can be recorded as the terms say: the definitions of a rate follow one another,
 * rates that complete one another are counted alike, and a verifier signs each external result.
 */
export const recordMetrics = allOf(
  checkOf(['metrics'], ({ metrics }) =>
    metrics.flatMap((metric, i) =>
      metric.kind === 'rate' ? rateFaults(metric, metrics, `/metrics/${i}`) : [],
    ),
  ),
  checkOf(['metrics', 'periods', 'effective'], ({ metrics, periods, effective: { from, to } }) => {
    const first = periods.type === 'list' ? periods.periods[0]!.from : from;
    const end = periods.type === 'list' ? periods.periods.at(-1)!.to : to;
    return metrics.flatMap((metric, i) =>
      metric.kind === 'rate' ? neverFaults(metric, first, end, `/metrics/${i}`) : [],
    );
  }),
  checkOf(['metrics', 'parties'], ({ metrics, parties }) =>
    metrics.flatMap((metric, i) =>
      metric.kind === 'effect' ? evaluatorFaults(metric, parties, `/metrics/${i}/evaluator`) : [],
    ),
  ),
);

function rateFaults(rate: RateMetric, metrics: TermsDocument['metrics'], at: string): Fault[] {
  const { definitions, groups, completes } = rate;
  const versions = definitions.map(({ version }) => version);
  return [
    ...repeated(versions, (d) => `${at}/definitions/${d}/version`, 'Definition'),
    ...repeated(groups, (g) => `${at}/groups/${g}`, 'Group'),
    ...repeated(completes, (c) => `${at}/completes/${c}`, 'Rate'),
    ...definitions.flatMap(({ version, from }, d) => {
      const before = definitions[d - 1];
      const detail = `Definition "${version}" stands after "${before?.version}", but does not come into use later.`;
      return before === undefined || before.from < from
        ? []
        : [fault(`${at}/definitions/${d}/from`, 'DEFINITIONS_OUT_OF_ORDER', detail)];
    }),
    ...completes.flatMap((id, c) => {
      const why = whyNotCompleted(rate, id, metrics);
      return why === null ? [] : [fault(`${at}/completes/${c}`, 'RATES_NOT_ALIKE', why)];
    }),
  ];
}

/**
 * A figure falls into the period of its span's last day, which is the last day of a month. It never falls into one where
 * no month ends before the last period does, and never counts where its first definition comes into use only later.
 */
function neverFaults(
  { label, definitions }: RateMetric,
  first: string,
  end: string,
  at: string,
): Fault[] {
  if (first >= end) return []; // told elsewhere
  const lastMonth = `${end.slice(0, 7)}-01`; // the month before it is the last to end
  if (lastMonth <= first) {
    const detail = `${label} is counted over spans that end with a month, and none ends between ${first} and ${end}, so no figure can fall into a period.`;
    return [fault(at, 'FIGURES_NEVER_FALL', detail)];
  }
  const { version, from } = definitions[0]!;
  if (from < lastMonth) return [];
  const detail = `Definition "${version}" of ${label} comes into use on ${from}, when no further figure can fall into a period: the last ends before ${lastMonth}.`;
  return [fault(`${at}/definitions/0/from`, 'FIGURES_NEVER_FALL', detail)];
}

/** Numerators can only be summed where the same groups are counted over the same spans. */
function whyNotCompleted(
  rate: RateMetric,
  id: string,
  metrics: TermsDocument['metrics'],
): string | null {
  if (id === rate.id) return `"${id}" completes itself. Name the other rates only.`;
  const other = metrics.find((metric) => metric.id === id);
  if (other?.kind !== 'rate') return `There is no rate "${id}" that "${rate.id}" could complete.`;
  if (other.grain !== rate.grain)
    return `"${id}" is counted by ${other.grain} and "${rate.id}" by ${rate.grain}. Count both alike.`;
  const groups = (one: RateMetric) => [...one.groups].sort().join(', ');
  return groups(other) === groups(rate)
    ? null
    : `"${id}" has other groups (${groups(other)}) than "${rate.id}" (${groups(rate)}). Count both alike.`;
}

function evaluatorFaults({ id, evaluator }: EffectMetric, parties: readonly Party[], at: string) {
  const party = parties.find((one) => one.id === evaluator);
  if (party?.role === 'verifier') return [];
  const why =
    party === undefined
      ? `There is no party "${evaluator}" to sign "${id}".`
      : `"${evaluator}" is a ${party.role}, but results such as "${id}" are signed by a verifier.`;
  return [fault(at, 'EVALUATOR_NOT_A_VERIFIER', `${why} Name a party with the role verifier.`)];
}
