import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TooManyAttempts } from '../../access/sign-in/sign-in.errors.js';
import { AuthenticationNotRecent, NotSignedIn } from '../../platform/auth/auth.errors.js';
import type { ErrorPages } from '../../platform/http/error-pages.js';
import { isPageAddress } from '../../platform/http/page-address.js';
import type { Problem } from '../../platform/http/problem.js';
import { paths, withQuery } from '../paths.js';
import { view, type PageModel } from './answer.js';
import { Frames, pathOf } from './frames.js';
import { limitHeaders } from './limit-headers.js';
import { NotOurHost } from './web.errors.js';
import { ViewService } from './view.service.js';

interface ErrorModel extends PageModel {
  readonly detail: string;
  readonly requestId: string | null;
}

const ERROR = view<ErrorModel>('errors/error.njk');

/** Shows refusals as pages. Whoever is not signed in, or must confirm who they are, is led to where that is done. */
@Injectable()
export class WebErrorPages implements ErrorPages {
  constructor(
    private readonly views: ViewService,
    private readonly frames: Frames,
  ) {}

  isFor(request: FastifyRequest): boolean {
    if (!isPageAddress(request.url)) return false;
    return !request.is404 || (request.headers.accept ?? '').includes('text/html');
  }

  send(problem: Problem, request: FastifyRequest, reply: FastifyReply, error?: unknown): void {
    void reply.header('Cache-Control', 'no-store').header('X-Request-Id', problem.requestId);
    const detour = detourFor(error, request);
    if (detour !== null) {
      void reply.status(303).header('Location', detour).send('');
      return;
    }
    if (error instanceof TooManyAttempts) void reply.headers(limitHeaders(error));
    if (problem.status === 503) void reply.header('Retry-After', '5');
    void reply
      .status(problem.status)
      .type('text/html; charset=utf-8')
      .send(this.views.render(ERROR.template, this.frames.frameOf(request), modelOf(problem)));
  }
}

/** Where to go instead: to the service's own host, or to prove who one is, and back from there to the page that shows the form, which has the same address as its POST. */
function detourFor(error: unknown, request: FastifyRequest): string | null {
  if (error instanceof NotOurHost && request.method === 'GET') return error.address + request.url;
  const back = request.method === 'GET' ? request.url : pathOf(request);
  if (error instanceof NotSignedIn)
    return withQuery(paths.signIn, { return: back === paths.home ? null : back });
  if (error instanceof AuthenticationNotRecent) return withQuery(paths.confirm, { return: back });
  return null;
}

const TITLES: Readonly<Record<number, string>> = {
  403: 'You cannot do this',
  404: 'Page not found',
  429: 'Too many attempts',
  500: 'Sorry, something went wrong',
  503: 'Sorry, this is not available at the moment',
};

const DETAILS: Readonly<Record<string, string>> = {
  UNKNOWN_ROUTE:
    'There is no page at this address. Check it if you typed it, or go to the home page.',
  PERMISSION_REFUSED: 'Your role does not include this. Ask an administrator if you need it.',
  MALFORMED_REQUEST: 'Part of the address or of the form cannot be read. Go back and try again.',
};

const modelOf = ({ status, title, code, detail, requestId }: Problem): ErrorModel => ({
  title: TITLES[status] ?? title,
  detail: DETAILS[code] ?? detail,
  requestId: status >= 500 ? requestId : null,
});
