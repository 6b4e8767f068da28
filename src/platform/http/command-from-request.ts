import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { assert } from '../../domain/shared/assert.js';
import { actorOf } from '../auth/request-actor.js';
import type { Command } from '../database/command-runner.js';
import { IdempotencyKeyMalformed, IdempotencyKeyMissing } from './malformed-request.js';

const KEY = /^[\x21-\x7e]{1,200}$/;

/** The Idempotency-Key of a request; refuses IdempotencyKeyMissing and IdempotencyKeyMalformed. */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (key === undefined || key === '') throw new IdempotencyKeyMissing();
  if (typeof key !== 'string' || !KEY.test(key)) throw new IdempotencyKeyMalformed();
  return key;
}

/**
 * The command a request asks for: who, under which key, and a hash of method, address and content. A body that is a
 * stream is not hashed here; give the digest of what it held as contentSha256 once it has been read.
 */
export function commandFromRequest(request: FastifyRequest, contentSha256?: string): Command {
  assert(
    contentSha256 !== undefined || !(request.body instanceof Readable),
    'the digest of a streamed body must be given',
  );
  const content = contentSha256 ?? stableJson(request.body ?? null);
  const hash = createHash('sha256').update(`${request.method}\n${request.url}\n${content}`, 'utf8');
  return {
    actor: actorOf(request),
    idempotencyKey: idempotencyKeyOf(request),
    requestHash: hash.digest('hex'),
  };
}

/** The command of a request whose JSON body has been read, as a parameter of a controller's method. */
export const CommandOfRequest = createParamDecorator(
  (_: unknown, context: ExecutionContext): Command =>
    commandFromRequest(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** Documents that the route needs an Idempotency-Key; CommandOfRequest and commandFromRequest demand it. */
export const IdempotencyKey = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description:
        'A text of your own, new for each new request. A repetition with the same key and content gives the first result again and changes nothing; the same key with other content is refused.',
    }),
  );

/** JSON with its keys in order, so that the same content hashes alike however it was written. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
