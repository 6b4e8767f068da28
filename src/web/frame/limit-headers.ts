import { rateLimitFields, type LimitFigures } from '../../platform/rate-limits/limit-figures.js';

/** The header fields of an answer that says how many attempts are left, and when to come back. */
export const limitHeaders = (limited: {
  readonly limits: readonly LimitFigures[];
  readonly retryAfterSeconds?: number;
}): Readonly<Record<string, string>> => ({
  ...(limited.limits.length > 0 ? rateLimitFields(limited.limits) : {}),
  ...(limited.retryAfterSeconds === undefined
    ? {}
    : { 'Retry-After': String(limited.retryAfterSeconds) }),
});
