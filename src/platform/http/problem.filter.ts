import {
  Catch,
  Inject,
  Logger,
  Optional,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_PAGES, type ErrorPages } from './error-pages.js';
import { problemOf, type Problem } from './problem.js';

/** Turns every error of every route into a problem document, or a page for a browser; expected refusals are information, surprises are errors. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(@Optional() @Inject(ERROR_PAGES) private readonly pages: ErrorPages | null = null) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error, String(request.id));
    this.record(problem, error);
    answerWith(problem, request, reply, this.pages, error);
  }

  private record({ status, code }: Problem, error: unknown): void {
    if (status === 500) this.logger.error('A request failed', { code }, error as Error);
    else if (status === 503)
      this.logger.warn('A request met a service that is down', error as Error);
    else this.logger.log('A request was refused', { code, status });
  }
}

/** Answers a browser with a page, and anybody else with a problem document. */
export function answerWith(
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
  pages: ErrorPages | null,
  error?: unknown,
): void {
  const isToStart = !reply.sent && !reply.raw.headersSent;
  if (isToStart && pages?.isFor(request)) pages.send(problem, request, reply, error);
  else sendProblem(reply, problem);
}

/** Answers with a problem, unless the answer has already begun: then all that is left is to end it. */
export function sendProblem(reply: FastifyReply, problem: Problem): void {
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
  if (problem.status === 503) void reply.header('Retry-After', '5');
  // what was refused is not read to its end, so its connection cannot be used again
  const isCutShort = isUpload(reply) || problem.status === 408;
  if (!reply.request.raw.readableEnded && problem.status >= 400 && isCutShort) {
    void reply.header('Connection', 'close');
  }
  void reply
    .status(problem.status)
    .header('Content-Type', 'application/problem+json; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .header('X-Request-Id', problem.requestId)
    .send(JSON.stringify(problem));
}

const isUpload = (reply: FastifyReply): boolean =>
  reply.request.headers['content-type']?.startsWith('text/csv') ?? false;
