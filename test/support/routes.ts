// Every route of the service, from what it says about itself: a new one is under test without being named here.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { describeApi } from '../../src/platform/http/documentation.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface Route {
  readonly method: Method;
  /** With its parts in braces: `/v1/contracts/{code}`. */
  readonly template: string;
  readonly isPublic: boolean;
  /** The content type of its body; null for none. */
  readonly accepts: string | null;
}

interface Operation {
  readonly security?: readonly object[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, unknown>> };
}

export function routesOf(app: NestFastifyApplication): readonly Route[] {
  const { paths } = describeApi(app);
  return Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations as Record<Method, Operation>).map(([method, operation]) => ({
      method: method as Method,
      template,
      isPublic: !operation.security?.length,
      accepts: Object.keys(operation.requestBody?.content ?? {})[0] ?? null,
    })),
  );
}

/** A route's address with each part filled in. */
export const addressOf = ({ template }: Route, part: (name: string) => string): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => part(name));
