import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { PUBLIC_ROUTE, REQUIRED_PERMISSION } from './access.decorators.js';
import { NotSignedIn } from './auth.errors.js';
import { AUTHENTICATOR, type Authenticator } from './authenticator.js';
import { rememberActor } from './request-actor.js';

const BEARER = /^Bearer +(\S+)$/i;

/** Demands a valid key on every route that is not public. A route that says nothing is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const permission = this.reflector.getAllAndOverride<unknown>(REQUIRED_PERMISSION, targets);
    const isPublic = this.reflector.getAllAndOverride<unknown>(PUBLIC_ROUTE, targets) === true;
    if (isPublic && permission === undefined) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const actor = key === undefined ? null : await this.authenticator.authenticate(key);
    if (!actor) throw new NotSignedIn();
    rememberActor(request, actor);
    return true;
  }
}
