import {
  TooManyAttempts,
  CodeRefused,
  CredentialsRefused,
} from '../../access/sign-in/sign-in.errors.js';
import { DomainError } from '../../domain/shared/domain-error.js';
import type { AnswerOptions, FormErrors } from './answer.js';
import { limitHeaders } from './limit-headers.js';

type Refusal = abstract new (...facts: never[]) => DomainError;

/** A refusal that the form can say: at which field, and how the answer goes out. */
export interface ShownRefusal {
  readonly errors: FormErrors;
  readonly options: AnswerOptions;
}

/**
 * What a service refused, as the errors of the form that asked for it: each refusal at the field that it is about.
 * Anything else is not the form's to say, and is thrown on.
 */
export function refusalAt(
  error: unknown,
  fields: readonly (readonly [refusal: Refusal, field: string])[],
): ShownRefusal {
  const found = fields.find(([refusal]) => error instanceof refusal);
  if (!found || !(error instanceof DomainError)) throw error;
  return { errors: { [found[1]]: error.message }, options: optionsOf(error) };
}

function optionsOf(error: DomainError): AnswerOptions {
  if (error instanceof TooManyAttempts) return { status: 429, headers: limitHeaders(error) };
  if (error instanceof CodeRefused || error instanceof CredentialsRefused)
    return { headers: limitHeaders({ limits: error.limits }) };
  return {};
}
