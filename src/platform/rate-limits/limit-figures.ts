/** How much of a limit is left, in the terms of the RateLimit header fields. */
export interface LimitFigures {
  /** Names the limit in the header fields, such as `sign-in`. */
  readonly policy: string;
  /** Attempts within one window. */
  readonly quota: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  /** Whole seconds until the window starts anew. */
  readonly resetSeconds: number;
}

/** The header fields that say how much is left, ready to be set on an answer. */
export function rateLimitFields(
  limits: readonly LimitFigures[],
): Readonly<Record<'RateLimit' | 'RateLimit-Policy', string>> {
  return {
    'RateLimit-Policy': limits
      .map(({ policy, quota, windowSeconds }) => `"${policy}";q=${quota};w=${windowSeconds}`)
      .join(', '),
    RateLimit: limits
      .map(({ policy, remaining, resetSeconds }) => `"${policy}";r=${remaining};t=${resetSeconds}`)
      .join(', '),
  };
}
