import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionsService } from '../../access/sign-in/sessions.service.js';
import type { Actor } from '../../platform/auth/actor.js';
import type { BrowserDoor } from '../../platform/auth/door.js';
import { Cookies } from './cookies.js';
import { FORM_TOKEN, isBrowserSecret, isFormToken, newBrowserSecret } from './form-token.js';
import { WebOrigin } from './origin.js';
import { madeByOwnPage } from './own-pages-only.js';
import { rememberVisitor, type Visitor } from './visitor.js';
import { NotFromOwnPage, NotOurHost } from './web.errors.js';

const READING = new Set(['GET', 'HEAD']);

/** Lets browsers in by the session of their cookie, and lets only pages of this service change anything. */
@Injectable()
export class CookieDoor implements BrowserDoor {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookies: Cookies,
    private readonly origin: WebOrigin,
  ) {}

  async admit(request: FastifyRequest, reply: FastifyReply): Promise<Actor | null> {
    if (!this.origin.isOwnHost(request.headers.host)) throw new NotOurHost(this.origin.address);
    const visitor = await this.visitorOf(request, reply);
    rememberVisitor(request, visitor);
    if (!READING.has(request.method)) this.refuseForeign(request, visitor);
    return visitor.session?.actor ?? null;
  }

  private async visitorOf(request: FastifyRequest, reply: FastifyReply): Promise<Visitor> {
    const token = this.cookies.read(request, 'session');
    if (isBrowserSecret(token)) {
      const session = await this.sessions.find(token);
      if (session) return { session, secret: token };
    }
    const kept = this.cookies.read(request, 'form');
    if (isBrowserSecret(kept)) return { session: null, secret: kept };
    const secret = newBrowserSecret();
    this.cookies.write(reply, 'form', secret);
    return { session: null, secret };
  }

  private refuseForeign(request: FastifyRequest, { secret }: Visitor): void {
    const made = madeByOwnPage(request.headers, this.origin.isOwnOrigin);
    if (made === 'yes') return;
    if (made === 'unsaid' && isFormToken(tokenIn(request.body), secret)) return;
    throw new NotFromOwnPage();
  }
}

const tokenIn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && FORM_TOKEN in body ? body[FORM_TOKEN] : undefined;
