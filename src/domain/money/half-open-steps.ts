import type { Fault } from '../shared/domain-error.js';
import { DomainError } from '../shared/domain-error.js';
import { compare, formatFraction, parseFraction, type Fraction } from './fraction.js';

/** A step of a ladder as terms write it: from is inside, to is not; the last may leave to out and has no end. */
export interface StepTerms {
  readonly from: string;
  readonly to?: string | undefined;
}

/** A step with exact bounds; to is null where it has no end. */
export interface HalfOpenStep<T> {
  readonly from: Fraction;
  readonly to: Fraction | null;
  readonly terms: T;
}

/** Steps that have no fault, with exact bounds. */
export const readSteps = <T extends StepTerms>(steps: readonly T[]): HalfOpenStep<T>[] =>
  steps.map((terms) => ({
    from: parseFraction(terms.from),
    to: terms.to === undefined ? null : parseFraction(terms.to),
    terms,
  }));

/** The step that holds a value; null below the first. */
export const stepOf = <T>(
  steps: readonly HalfOpenStep<T>[],
  value: Fraction,
): HalfOpenStep<T> | null => steps.findLast(({ from }) => compare(from, value) <= 0) ?? null;

/**
 * What keeps steps from giving every value above the first bound exactly one place: a bound that is no number, a step that
 * ends before it begins, steps that overlap, leave a gap or stand out of order, and a last step that ends, so that the
 * best results would have no place.
 */
export function stepFaults(steps: readonly StepTerms[], at: string, what: string): Fault[] {
  const unreadable = steps.flatMap(({ from, to }, i) => [
    ...numberFaults(from, `${at}/${i}/from`),
    ...(to === undefined ? [] : numberFaults(to, `${at}/${i}/to`)),
  ]);
  if (unreadable.length > 0) return unreadable;
  const read = readSteps(steps);
  return read.flatMap(({ from, to }, i) => {
    const place = `${at}/${i}`;
    const refuse = (code: string, detail: string): Fault[] => [{ at: place, code, detail }];
    const name = `${what} ${i + 1}`;
    const isLast = i === read.length - 1;
    if (to !== null && compare(from, to) >= 0)
      return refuse(
        'STEP_BACKWARD',
        `${name} ends at ${formatFraction(to)}, which is not above its beginning ${formatFraction(from)}.`,
      );
    if (isLast && to !== null)
      return refuse(
        'STEPS_END',
        `${name} is the last and ends; a result above it would have no place. Leave out "to".`,
      );
    if (!isLast && to === null)
      return refuse(
        'STEPS_OVERLAP',
        `${name} has no end, so it overlaps the next. Say where it ends.`,
      );
    const before = read[i - 1];
    if (before === undefined || before.to === null) return [];
    const [ends, begins] = [formatFraction(before.to), formatFraction(from)];
    if (compare(from, before.from) <= 0)
      return refuse(
        'STEPS_OUT_OF_ORDER',
        `${name} begins at ${begins}, not above the one before it. List the lowest first.`,
      );
    if (compare(from, before.to) < 0)
      return refuse(
        'STEPS_OVERLAP',
        `${name} begins at ${begins}, before the one before it has ended at ${ends}.`,
      );
    if (compare(from, before.to) > 0)
      return refuse(
        'STEPS_GAP',
        `Nothing holds results from ${ends} up to ${begins}. Begin ${name.toLowerCase()} at ${ends}.`,
      );
    return [];
  });
}

/** What keeps a text from being an exact number. */
export function numberFaults(text: string, at: string): Fault[] {
  try {
    parseFraction(text);
    return [];
  } catch (error) {
    if (error instanceof DomainError) return [{ at, code: error.code, detail: error.message }];
    throw error;
  }
}
