import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { BrowserSession, SessionStage } from '../../access/sign-in/browser-session.js';
import type { Client } from '../../access/sign-in/client.js';
import { NotSignedIn } from '../../platform/auth/auth.errors.js';

/** What the door found out about a browser. */
export interface Visitor {
  /** At any stage of signing in; null for a browser without one. */
  readonly session: BrowserSession | null;
  /** What the tokens of its forms are made from: the session's token, or a secret of its own before that. */
  readonly secret: string;
}

const VISITORS = new WeakMap<object, Visitor>();

export const rememberVisitor = (request: object, visitor: Visitor): void => {
  VISITORS.set(request, visitor);
};

export const visitorOf = (request: object): Visitor | undefined => VISITORS.get(request);

/** The session of the browser at whatever stage; null when there is none. */
export const AnySession = createParamDecorator(
  (_: unknown, context: ExecutionContext): BrowserSession | null =>
    visitorOf(context.switchToHttp().getRequest())?.session ?? null,
);

/** The session, which must have come to one of the stages; anybody else begins at the sign-in page. */
export const SessionAt = createParamDecorator(
  (stages: readonly SessionStage[], context: ExecutionContext): BrowserSession => {
    const session = visitorOf(context.switchToHttp().getRequest())?.session;
    if (!session || !stages.includes(session.stage)) throw new NotSignedIn();
    return session;
  },
);

/** The session of somebody who has signed in. */
export const SignedIn = (): ParameterDecorator => SessionAt(['complete']);

/** The browser at the other end, for limits and for its owner's list of sessions. */
export const ClientOfRequest = createParamDecorator(
  (_: unknown, context: ExecutionContext): Client => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return { address: request.ip, userAgent: request.headers['user-agent'] ?? null };
  },
);
