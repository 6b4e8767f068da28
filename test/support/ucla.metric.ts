import type { ScoreMetric } from '../../src/domain/outcomes/metric.js';

/** UCLA at the start, 6 and 18 months: what rules on scores are tried on. */
export const UCLA: ScoreMetric = {
  id: 'ucla',
  kind: 'score',
  label: 'UCLA',
  paid: true,
  instrument: 'ucla-3',
  baseline: 'baseline',
  timePoints: [
    { id: 'baseline', label: 'Baseline', months: 0, opensDays: -28, closesDays: 14 },
    { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 },
    { id: '18m', label: '18 months', months: 18, opensDays: -45, closesDays: 45 },
  ],
  choose: 'first',
  outsideWindow: 'refuse',
};
