import { types } from 'node:util';
import { DomainError } from '../../domain/shared/domain-error.js';

/** What a log says about an error. */
export interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

const DATA_EXCEPTION = /^22...$/;
const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/**
 * An error as it may be logged: never the parameters or the values of a statement, which hold what was recorded about
 * people. PostgreSQL quotes the value in the message of a data exception (class 22), so that message is left out.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!types.isNativeError(error)) return { name: typeof error, message: 'not an Error' };
  const fields = error as Error & { code?: unknown; constraint?: unknown };
  const code = text(fields.code);
  const constraint = text(fields.constraint);
  const holdsValue = code !== undefined && DATA_EXCEPTION.test(code);
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  return {
    name: error.name,
    message: holdsValue ? 'a value does not suit its column' : error.message,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(frames && !(error instanceof DomainError) ? { stack: frames.join('\n') } : {}),
    ...(types.isNativeError(error.cause) && depth < 3
      ? { cause: describeError(error.cause, depth + 1) }
      : {}),
  };
}
