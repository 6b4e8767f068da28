import type { FormErrors } from './answer.js';

/** The errors of a form before anybody is asked: each condition that holds is said at its field, one per field. */
export function errorsWhere(
  ...conditions: readonly (readonly [field: string, isWrong: boolean, message: string])[]
): FormErrors {
  const errors: Record<string, string> = {};
  for (const [field, isWrong, message] of conditions)
    if (isWrong && !Object.hasOwn(errors, field)) errors[field] = message;
  return errors;
}
