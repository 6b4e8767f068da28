import type { Figure, ReckonedWorking } from './figure.js';
import type { Place } from './source-place.schema.js';
import type { Reckoned } from './reckon.js';
import { arithmetic, printedSentence } from './sentences.js';
import type { ValueCase } from './value-case.schema.js';

/** A place where the source prints something else than its own arithmetic gives. */
export interface Difference {
  readonly figure: Figure;
  /** Rounded: the same once rounded as declared. Slip: it cannot be got that way. */
  readonly grade: 'rounded' | 'slip';
  readonly place: Place;
  readonly sentence: string;
  /** Other reckonings that do come to what is printed. */
  readonly explanations: readonly string[];
}

export function differencesOf({ benefits, workings }: Reckoned, of: ValueCase): Difference[] {
  const explanationsOf = (id: string) =>
    workings
      .filter(({ working }) => working.explains === id)
      .map((one) => explanationInWords(one, of));
  return [
    ...benefits.map((figure) => ({ figure, from: figure.benefit, explanations: [] })),
    ...workings.map((figure) => ({
      figure,
      from: figure.working,
      explanations: explanationsOf(figure.id),
    })),
  ].flatMap(({ figure, from, explanations }): Difference[] =>
    from.printed !== undefined && (figure.agreement === 'rounded' || figure.agreement === 'slip')
      ? [
          {
            figure,
            grade: figure.agreement,
            place: from.printed.source,
            sentence: [
              `${figure.label}: ${printedSentence(figure, of.currency)}`,
              ...(figure.note === null ? [] : [figure.note]),
            ].join(' '),
            explanations,
          },
        ]
      : [],
  );
}

const explanationInWords = (figure: ReckonedWorking, { currency }: ValueCase): string =>
  `It comes out as printed in another way. ${figure.label}: ${arithmetic(figure, currency)}.`;
