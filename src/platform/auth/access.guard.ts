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
import { rememberActor } from './request-actor.js';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Demands a valid key, or on a page a session, on every route that is not public. A route that says nothing is closed.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Optional() @Inject(BROWSER_DOOR) private readonly browserDoor?: BrowserDoor,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const says = (key: string) =>
      this.reflector.getAllAndOverride<unknown>(key, [context.getHandler(), context.getClass()]);
    const isPublic = says(PUBLIC_ROUTE) === true && says(REQUIRED_PERMISSION) === undefined;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (says(BROWSER_ROUTE) === true) {
      const reply = context.switchToHttp().getResponse<FastifyReply>();
      const actor = (await this.browserDoor?.admit(request, reply)) ?? null;
      return this.admit(request, actor, isPublic);
    }
    return isPublic || this.admit(request, await this.holderOfKey(request), false);
  }

  private async holderOfKey(request: FastifyRequest): Promise<Actor | null> {
    const key = BEARER.exec(request.headers.authorization ?? '')?.[1];
    return key === undefined ? null : this.authenticator.authenticate(key);
  }

  private admit(request: FastifyRequest, actor: Actor | null, isPublic: boolean): boolean {
    if (actor) rememberActor(request, actor);
    else if (!isPublic) throw new NotSignedIn();
    return true;
  }
}
