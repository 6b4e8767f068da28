import { figureEvidence, type Figure } from '../outcomes/contract-record.js';
import { decidedOn } from '../outcomes/figures.js';
import { ALL_COHORTS } from '../outcomes/outcome.js';
import type { MeasuredValue } from './measure.js';

/** What every value read from a figure has in common. */
export const fromFigure = (figure: Figure) =>
  ({
    cohort: ALL_COHORTS,
    occurrence: figure.from as string,
    outcomeOn: decidedOn(figure),
    n: figure.denominator.numerator / figure.denominator.denominator,
    low: null,
    followUp: null,
    evidence: [figureEvidence(figure)],
  }) satisfies Partial<MeasuredValue>;
