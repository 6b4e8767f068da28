import { HttpException } from '@nestjs/common';
import { DomainError, type Fault, type RefusalKind } from '../../domain/shared/domain-error.js';
import { assertNever } from '../../domain/shared/assert.js';
import { RequestRefused } from './http.errors.js';
import { MalformedRequest } from './malformed-request.js';

/** The answer to a request that was refused or failed (RFC 9457). */
export interface Problem {
  /** Names the code; it is not an address. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What happened and what would put it right. */
  readonly detail: string;
  /** Stable: programs decide on this. */
  readonly code: string;
  /** To be quoted when asking for help. */
  readonly requestId: string;
  readonly faults?: readonly Fault[];
}

type Answer = Pick<Problem, 'status' | 'code' | 'detail'> & { readonly faults?: readonly Fault[] };

/** Every kind of refusal has one status; a new kind does not compile until it has one too. */
export function statusOf(kind: RefusalKind): number {
  switch (kind) {
    case 'invalid':
      return 422;
    case 'not-signed-in':
      return 401;
    case 'forbidden':
      return 403;
    case 'not-found':
      return 404;
    case 'conflict':
      return 409;
    case 'stale':
      return 412;
    case 'precondition-missing':
      return 428;
    case 'too-large':
      return 413;
    case 'too-many':
      return 429;
    case 'unavailable':
      return 503;
    default:
      return assertNever(kind);
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not a thing that can be done here',
  408: 'The request took too long to arrive',
  409: 'It contradicts what is recorded',
  412: 'It has changed in the meantime',
  413: 'Too large',
  414: 'The address is too long',
  415: 'Not a format that is read here',
  422: 'It breaks a rule',
  428: 'The version must be named',
  429: 'Too often',
  431: 'The headers are too large',
  500: 'Something went wrong',
  503: 'Not available at the moment',
};

const OF_THE_SERVER: Readonly<Record<string, Pick<Answer, 'code' | 'detail'>>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    code: 'BODY_TOO_LARGE',
    detail: 'The body is larger than is accepted here. Send less at a time.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'Send "Content-Type: application/json", or "text/csv" where a file is uploaded.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'BODY_CUT_OFF',
    detail: 'The body is not as long as its Content-Length says. Send it again.',
  },
  FST_ERR_BAD_URL: {
    code: 'MALFORMED_ADDRESS',
    detail: 'The address has an escape that cannot be read.',
  },
};

const OF_STATUS: Readonly<Record<number, Pick<Answer, 'code' | 'detail'>>> = {
  400: {
    code: 'MALFORMED_REQUEST',
    detail: 'Part of the address, the headers or the body cannot be read. /docs shows their form.',
  },
  404: {
    code: 'UNKNOWN_ROUTE',
    detail: 'There is nothing at this address. /docs lists every address and its method.',
  },
  408: {
    code: 'REQUEST_TOO_SLOW',
    detail: 'The request did not arrive in time. Nothing was recorded; send it again.',
  },
  413: OF_THE_SERVER.FST_ERR_CTP_BODY_TOO_LARGE!,
  415: OF_THE_SERVER.FST_ERR_CTP_INVALID_MEDIA_TYPE!,
  431: {
    code: 'HEADERS_TOO_LARGE',
    detail: 'The headers of the request are too large. Send shorter or fewer ones.',
  },
};

const UNEXPECTED: Answer = {
  status: 500,
  code: 'UNEXPECTED',
  detail:
    'Something went wrong that is not your doing, and nothing was recorded. Quote the request id when you report it.',
};

/** What to answer to an error; anything that was not foreseen says nothing about the inside of the service. */
export function problemOf(error: unknown, requestId: string): Problem {
  const { faults, ...answer } = answerTo(error);
  return {
    type: `urn:outturn:problem:${answer.code.toLowerCase().replaceAll('_', '-')}`,
    title: TITLES[answer.status] ?? 'Refused',
    ...answer,
    requestId,
    ...(faults && faults.length > 0 ? { faults } : {}),
  };
}

function answerTo(error: unknown): Answer {
  if (error instanceof DomainError) {
    const { code, message: detail, faults } = error;
    return { status: statusOfRefusal(error), code, detail, faults };
  }
  const status = clientStatusOf(error);
  if (status === null) return UNEXPECTED;
  const known = OF_THE_SERVER[codeOf(error)] ?? OF_STATUS[status];
  return { status, ...(known ?? { code: 'REFUSED', detail: 'The request was refused.' }) };
}

function statusOfRefusal(error: DomainError): number {
  if (error instanceof RequestRefused) return error.status;
  return error instanceof MalformedRequest ? 400 : statusOf(error.kind);
}

/** The 4xx status that Nest or Fastify gave an error; null for anything else. */
function clientStatusOf(error: unknown): number | null {
  const status = error instanceof HttpException ? error.getStatus() : statusField(error);
  return status !== null && status >= 400 && status < 500 ? status : null;
}

function statusField(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
