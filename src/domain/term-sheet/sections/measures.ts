import { dateInWords } from '../../calendar/date-in-words.js';
import type { TermsDocument } from '../../contract-terms/terms.schema.js';
import { instrumentsBy } from '../../instruments/registry.js';
import { scaleOf } from '../../instruments/scale.js';
import type { Instrument } from '../../instruments/instrument.js';
import { formatFraction } from '../../money/fraction.js';
import { lengthInWords } from '../../outcomes/length.js';
import type { Metric, ScoreMetric } from '../../outcomes/metric.js';
import type { TimePoint } from '../../outcomes/time-point.js';
import { section, sentences, table, type Block, type Section } from '../sheet.js';

/** What is measured, and on which days a measurement counts. */
export function measuresSection({ metrics, instruments }: TermsDocument): Section {
  const known = instrumentsBy(instruments);
  return section('What is measured', ...metrics.flatMap((metric) => blocksOf(metric, known)));
}

function blocksOf(metric: Metric, instruments: ReadonlyMap<string, Instrument>): Block[] {
  const use = metric.paid ? '' : ' It is tracked and not paid for.';
  switch (metric.kind) {
    case 'score':
      return scoreBlocks(metric, instruments, use);
    case 'event':
      return [
        sentences(
          `${metric.label} (${metric.id}), an event: ${ended(metric.definition)} Evidence: ${metric.evidence.join('; ')}.${use}`,
        ),
      ];
    case 'spell':
      return [
        sentences(
          `${metric.label} (${metric.id}), a spell from one day to another: ${ended(metric.definition)} Evidence: ${metric.evidence.join('; ')}.${use}`,
        ),
      ];
    case 'rate':
      return [
        sentences(
          `${metric.label} (${metric.id}), a rate submitted for each ${metric.grain}${metric.groups.length > 1 ? `, apart for ${metric.groups.join(', ')}` : ''}.${use}`,
          ...metric.definitions.map(
            ({ version, from, numerator, denominator }) =>
              `Definition ${version}, from ${dateInWords(from)}: ${unended(numerator)}, of ${unended(denominator)}.`,
          ),
        ),
      ];
    case 'effect':
      return [
        sentences(
          `${metric.label} (${metric.id}), a result that ${metric.evaluator} works out and signs: ${ended(metric.method)}${use}`,
        ),
      ];
  }
}

function scoreBlocks(
  metric: ScoreMetric,
  instruments: ReadonlyMap<string, Instrument>,
  use: string,
): Block[] {
  const scale = scaleOf(instruments.get(metric.instrument)!, metric.subscale)!;
  const better = scale.improvement === 'lower' ? 'lower is better' : 'higher is better';
  const chosen = {
    first: 'the first counts',
    last: 'the last counts',
    nearest: 'the one nearest to the target day counts',
  }[metric.choose];
  return [
    sentences(
      `${metric.label} (${metric.id}): ${scale.name}, ${formatFraction(scale.min)} to ${formatFraction(scale.max)}, ${better}.${use}`,
      `Others are compared with ${metric.baseline}. Where a window holds more than one measurement, ${chosen}. ` +
        (metric.outsideWindow === 'pay'
          ? 'A measurement outside its window is flagged and counts all the same.'
          : 'A measurement outside its window is kept and does not count.'),
    ),
    table(
      ['Time point', 'Target', 'Window'],
      metric.timePoints.map((point) => [point.label, targetOf(point), windowOf(point)]),
    ),
  ];
}

/** Authors end what they write with a full stop or not; sentences have one. */
const unended = (text: string): string => text.replace(/\.\s*$/, '');
const ended = (text: string): string => `${unended(text)}.`;

const targetOf = ({ months }: TimePoint): string =>
  months === 0 ? 'the start' : `${lengthInWords({ months })} after the start`;

function windowOf({ opensDays, closesDays }: TimePoint): string {
  const day = (days: number) =>
    days === 0
      ? 'the day itself'
      : `${lengthInWords({ days: Math.abs(days) })} ${days < 0 ? 'before' : 'after'}`;
  return `${day(opensDays)} to ${day(closesDays)}`;
}
