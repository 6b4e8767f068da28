import type { Fault } from '../shared/domain-error.js';
import { MOST_PARTICIPANTS, type Trial } from './example.schema.js';
import type { Clause, TermsDocument } from './terms.schema.js';

/** As many steps as are taken for one answer, because examples come from anybody who has signed in: about a second. */
export const MOST_STEPS = 200_000;
/** As many figures and signed results as one example may have. */
export const MOST_FIGURES = 1_000;

const commas = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** What makes an example too large to be worked through, with paths below the example. */
export function sizeFaults(terms: TermsDocument, example: Trial): Fault[] {
  const tooLarge = (at: string, detail: string): Fault[] => [
    { at, code: 'EXAMPLE_TOO_LARGE', detail: `${detail} Make it smaller.` },
  ];
  const count = (example.participants ?? []).reduce((sum, { times }) => sum + times, 0);
  if (count > MOST_PARTICIPANTS)
    return tooLarge(
      '/participants',
      `The example has ${commas(count)} participants; at most ${commas(MOST_PARTICIPANTS)} are worked through.`,
    );
  const figures = example.figures.length + example.effects.length;
  if (figures > MOST_FIGURES)
    return tooLarge(
      '/figures',
      `The example has ${commas(figures)} figures and results; at most ${commas(MOST_FIGURES)} are worked through.`,
    );
  const steps = stepsOf(terms, example);
  return steps <= MOST_STEPS ? [] : tooLarge('', `The example takes ${stepsInWords(steps)}.`);
}

/** "400,000 steps (for each participant what is recorded, for each clause), and at most 200,000 are taken". */
export const stepsInWords = (steps: number): string =>
  `${commas(steps)} steps (for each clause and modifier, whatever is recorded of each participant), and at most ` +
  `${commas(MOST_STEPS)} are taken`;

/** How many steps an example takes: every clause, with its modifiers and time points, looks at everything recorded. */
export function stepsOf({ clauses }: TermsDocument, example: Trial): number {
  const recorded = (example.participants ?? []).reduce(
    (sum, { times, observations }) => sum + times * (1 + observations.length),
    1 + (example.observations?.length ?? 0),
  );
  return recorded * clauses.reduce((sum, clause) => sum + weightOf(clause), 0);
}

function weightOf({ rule, modifiers }: Clause): number {
  const timePoints = 'timePoints' in rule ? rule.timePoints.length : 0;
  return 1 + modifiers.length + timePoints;
}
