import {
  Inject,
  Injectable,
  Optional,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PUBLIC_ROUTE, REQUIRED_PERMISSION } from './access.decorators.js';
import type { Actor } from './actor.js';
import { NotSignedIn } from './auth.errors.js';
import { AUTHENTICATOR, type Authenticator } from './authenticator.js';
import { BROWSER_DOOR, BROWSER_ROUTE, type BrowserDoor } from './door.js';
import { CallLimits } from '../rate-limits/call-limits.js';
import { rateLimitFields } from '../rate-limits/limit-figures.js';
import { rememberActor } from './request-actor.js';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Demands a valid key, or on a page a session, on every route that is not public. A route that says nothing is closed. Whoever
 * is known may call so often and no more, and each answer says how often still.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    private readonly limits: CallLimits,
    @Optional() @Inject(BROWSER_DOOR) private readonly browserDoor?: BrowserDoor,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const says = (key: string) =>
      this.reflector.getAllAndOverride<unknown>(key, [context.getHandler(), context.getClass()]);
    const isPublic = says(PUBLIC_ROUTE) === true && says(REQUIRED_PERMISSION) === undefined;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (says(BROWSER_ROUTE) === true) {
      const actor = (await this.browserDoor?.admit(request, reply)) ?? null;
      return this.admit(request, reply, actor, isPublic);
    }
    return isPublic || this.admit(request, reply, await this.holderOfKey(request), false);
  }

  private async holderOfKey(request: FastifyRequest): Promise<Actor | null> {
    const key = BEARER.exec(request.headers.authorization ?? '')?.[1];
    return key === undefined ? null : this.authenticator.authenticate(key);
  }

  private async admit(
    request: FastifyRequest,
    reply: FastifyReply,
    actor: Actor | null,
    isPublic: boolean,
  ): Promise<boolean> {
    if (actor) {
      rememberActor(request, actor);
      const { figures, refusal } = await this.limits.count(actor);
      void reply.headers(rateLimitFields([figures]));
      if (refusal) {
        void reply.header('Retry-After', refusal.retryAfterSeconds);
        throw refusal;
      }
    } else if (!isPublic) throw new NotSignedIn();
    return true;
  }
}
