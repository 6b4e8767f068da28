import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { IfMatchMissing, VersionStale } from './http.errors.js';

/** The strong entity tag of one version of a thing: `"claim-<id>-3"` says all that it depends on. */
export const etagOf = (...parts: readonly (string | number | bigint)[]): string =>
  `"${parts.join('.')}"`;

/** Refuses VersionStale unless the header names the tag in force (or is `*`, any version). */
export function requireMatch(ifMatch: string, tagInForce: string): void {
  const named = ifMatch.split(',').map((tag) => tag.trim());
  if (!named.includes('*') && !named.includes(tagInForce)) throw new VersionStale();
}

/** The If-Match header of a change; refuses IfMatchMissing when there is none. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, unknown> }>();
  const header = headers['if-match'];
  if (typeof header !== 'string' || header.trim() === '') throw new IfMatchMissing();
  return header;
});
