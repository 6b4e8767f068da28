import type { INestApplication } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from './problem.js';

/** Injection token of whoever shows refusals to people. */
export const ERROR_PAGES = Symbol('ErrorPages');

/** Shows what was refused, or failed, to somebody at a browser. */
export interface ErrorPages {
  /** Whether a page was asked for. */
  isFor(request: FastifyRequest): boolean;
  send(problem: Problem, request: FastifyRequest, reply: FastifyReply, error?: unknown): void;
}

/** The pages of a service that has any. */
export function errorPagesOf(app: INestApplication): ErrorPages | null {
  try {
    return app.get<ErrorPages>(ERROR_PAGES, { strict: false });
  } catch {
    return null; // a worker answers operators only
  }
}
