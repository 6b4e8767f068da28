import { types } from 'node:util';

const { isNativeError } = types;

/** The fields of a PostgreSQL error that we rely on. */
interface PostgresError {
  readonly code: string;
  readonly constraint?: string;
  readonly message: string;
  readonly hint?: string;
}

const RAISED_BY_OURSELVES = 'P0001';

/** An error that TypeORM wrapped carries the driver's own; any other may carry a cause. */
function postgresErrorOf(error: unknown): PostgresError | null {
  for (let at = error; isNativeError(at); at = at.cause ?? driverErrorOf(at)) {
    if ('code' in at && typeof at.code === 'string') return at as Error & PostgresError;
  }
  return null;
}

const driverErrorOf = (error: Error): unknown =>
  'driverError' in error ? error.driverError : undefined;

/** The SQLSTATE, or the code of the socket error, behind an error; null when it has none. */
export const sqlStateOf = (error: unknown): string | null => postgresErrorOf(error)?.code ?? null;

/** What a statement of our own refuses, and what it says helps; null where it was refused by anything else. */
export function raisedWithHint(error: unknown): { message: string; hint: string } | null {
  const { code, message = '', hint } = postgresErrorOf(error) ?? {};
  return code === RAISED_BY_OURSELVES && hint !== undefined ? { message, hint } : null;
}

/**
 * Turns the violation of a named constraint into the refusal that it means, and rethrows everything else untouched.
 * Used around an insert: `await tx.query(...).catch((e) => refuseOnConstraint(e, { contract_code_once: () => new ... }))`.
 */
export function refuseOnConstraint(
  error: unknown,
  refusals: Readonly<Record<string, () => Error>>,
): never {
  const constraint = postgresErrorOf(error)?.constraint;
  const refusal =
    constraint !== undefined && Object.hasOwn(refusals, constraint)
      ? refusals[constraint]
      : undefined;
  throw refusal ? refusal() : error;
}
