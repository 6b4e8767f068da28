import type { Fault } from '../../shared/domain-error.js';
import type { TermsDocument, TermsDraft } from '../terms.schema.js';

/** One group of contradictions that activation looks for in a draft. */
export type ActivationCheck = (draft: TermsDraft) => readonly Fault[];

/** A check of some parts of the terms. Where a draft lacks one of them, that it is missing is fault enough. */
export const checkOf =
  <Part extends keyof TermsDocument>(
    parts: readonly Part[],
    find: (terms: Pick<TermsDocument, Part>) => readonly Fault[],
  ): ActivationCheck =>
  (draft) =>
    parts.every((part) => draft[part] !== undefined)
      ? find(draft as Pick<TermsDocument, Part>)
      : [];

/** Several checks as one, in their order. */
export const allOf =
  (...checks: readonly ActivationCheck[]): ActivationCheck =>
  (draft) =>
    checks.flatMap((check) => check(draft));

export const fault = (at: string, code: string, detail: string): Fault => ({ at, code, detail });

/** A fault for every value that stands more than once. */
export function repeated(
  values: readonly string[],
  at: (index: number) => string,
  what: string,
): Fault[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [
      fault(at(index), 'NAMED_TWICE', `${what} "${value}" stands twice. Give each its own name.`),
    ];
  });
}
