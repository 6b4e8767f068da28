import type { Fault } from '../../shared/domain-error.js';
import type { TermsDocument } from '../terms.schema.js';

/** One group of contradictions that activation looks for in whole terms. */
export type ActivationCheck = (terms: TermsDocument) => readonly Fault[];

export const fault = (at: string, code: string, detail: string): Fault => ({ at, code, detail });

/** A fault for every value that stands more than once. */
export function repeated(
  values: readonly string[],
  at: (index: number) => string,
  what: string,
): Fault[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) === index
      ? []
      : [
          fault(
            at(index),
            'NAMED_TWICE',
            `${what} "${value}" stands twice. Give each its own name.`,
          ),
        ],
  );
}
