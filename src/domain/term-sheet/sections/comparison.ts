import { dateInWords } from '../../calendar/date-in-words.js';
import type { TermsDocument } from '../../contract-terms/terms.schema.js';
import { labelOf, timePointsInWords } from '../../outcomes/wording.js';
import { section, sentences, table, type Section } from '../sheet.js';

const METHOD_IN_WORDS: Readonly<Record<TermsDocument['comparison']['method'], string>> = {
  'own-baseline': 'Each participant is compared with their own baseline.',
  'historic-baseline': 'Results are compared with those of earlier years.',
  'external-benchmark': 'Results are compared with an outside series.',
  'matched-control': 'Results are compared with those of matched people who were not served.',
  projection: 'Results are compared with what was projected.',
  'signed-external-effect': 'An independent evaluator works out the effect and signs it.',
  'none-for-events': 'What happened is paid for; it is compared with nothing.',
};

/** What a result is compared with, and how much would have happened anyway. */
export const comparisonSection = ({ comparison, metrics }: TermsDocument): Section => {
  const { method, deadweightPercent, benchmark, note } = comparison;
  const known = new Map(metrics.map((metric) => [metric.id, metric]));
  return section(
    'Comparison',
    sentences(
      METHOD_IN_WORDS[method],
      `Deadweight, what would have happened anyway: ${deadweightPercent}.`,
      benchmark
        ? `Benchmark: ${benchmark.source}, ${benchmark.use === 'deducted' ? 'deducted from the result' : 'shown beside the result and not deducted'}.`
        : null,
      note ?? null,
    ),
    table(
      ['Metric', 'Time point', 'From', 'Improvement to be expected'],
      (benchmark?.figures ?? []).map(({ metric, timePoint, from, improvement }) => [
        labelOf(metric, known),
        timePointsInWords(metric, [timePoint], known),
        dateInWords(from),
        improvement,
      ]),
    ),
  );
};
