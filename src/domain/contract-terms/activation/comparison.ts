import { equals, parseFraction, ZERO } from '../../money/fraction.js';
import { DomainError } from '../../shared/domain-error.js';
import { allOf, checkOf, fault } from './check.js';

/** The comparison fits the clauses, and nothing is promised that no clause carries out. */
export const comparison = allOf(
  checkOf(['comparison'], ({ comparison: { deadweightPercent, benchmark } }) => {
    const faults = [];
    try {
      if (!equals(parseFraction(deadweightPercent), ZERO))
        faults.push(
          fault(
            '/comparison/deadweightPercent',
            'DEADWEIGHT_UNSUPPORTED',
            'A deadweight deduction is not carried out by any clause. Write "0%", or price it into the tariff.',
          ),
        );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.push(fault('/comparison/deadweightPercent', error.code, error.message));
    }
    if (benchmark?.use === 'deducted')
      faults.push(
        fault(
          '/comparison/benchmark/use',
          'BENCHMARK_UNSUPPORTED',
          'A benchmark that is deducted is not carried out by any clause. Only "shown" is supported.',
        ),
      );
    return faults;
  }),

  checkOf(['comparison', 'metrics'], ({ comparison: { method }, metrics }) =>
    method === 'none-for-events' && metrics.some((metric) => metric.kind === 'score' && metric.paid)
      ? [
          fault(
            '/comparison/method',
            'COMPARISON_MISSING',
            'A clause pays for a change in a score: say what the change is compared with.',
          ),
        ]
      : [],
  ),
);
