import { Injectable } from '@nestjs/common';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieChange } from './answer.js';
import { WebOrigin } from './origin.js';

/** `session` says who is signed in; `form` is the secret of forms before that; `visit` binds a visit at a provider. */
type CookieKind = 'session' | 'form' | 'visit';

/**
 * The cookies of a browser. Over HTTPS their names begin with __Host-, so that no other host, not even a neighbour under
 * the same domain, can set them; only plain HTTP on this machine itself does without.
 */
@Injectable()
export class Cookies {
  constructor(private readonly origin: WebOrigin) {}

  read(request: FastifyRequest, kind: CookieKind): string | undefined {
    return request.cookies[this.nameOf(kind)];
  }

  write(reply: FastifyReply, kind: CookieKind, value: string, expires?: Date): void {
    void reply.setCookie(this.nameOf(kind), value, {
      ...this.attributes(),
      ...(expires && { expires }),
    });
  }

  clear(reply: FastifyReply, kind: CookieKind): void {
    void reply.clearCookie(this.nameOf(kind), this.attributes());
  }

  apply(reply: FastifyReply, { session, visit }: CookieChange): void {
    if (session === null) this.clear(reply, 'session');
    else if (session !== undefined) this.write(reply, 'session', session);
    if (visit === null) this.clear(reply, 'visit');
    else if (visit !== undefined) this.write(reply, 'visit', visit.token, visit.expiresAt);
  }

  private nameOf(kind: CookieKind): string {
    return this.origin.isSecure ? `__Host-outturn-${kind}` : `outturn-${kind}`;
  }

  /** No domain: the cookie belongs to this host alone. Lax, because links in e-mails and a provider lead here. */
  private attributes(): CookieSerializeOptions {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.origin.isSecure };
  }
}
