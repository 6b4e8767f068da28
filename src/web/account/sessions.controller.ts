import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import { SessionsService, type SessionView } from '../../access/sign-in/sessions.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { page, redirect, view, type Answer, type PageModel } from '../frame/answer.js';
import { noticeOf, withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { SignedIn } from '../frame/visitor.js';
import { paths, pathTo } from '../paths.js';

interface SessionsPage extends PageModel {
  readonly sessions: readonly (SessionView & { readonly end: string })[];
  readonly endOthers: string;
  readonly back: string;
}

const SESSIONS = view<SessionsPage>('account/sessions.njk');

/** Where a person is signed in, and how to end it. */
@Requires('any')
@Pages()
@Controller()
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get(paths.sessions)
  async list(@SignedIn() session: BrowserSession, @Query('done') done: unknown): Promise<Answer> {
    const sessions = await this.sessions.list(session);
    return page(SESSIONS, {
      title: 'Where you are signed in',
      sessions: sessions.map((one) => ({
        ...one,
        end: pathTo(paths.sessionEnd, { sessionId: one.id }),
      })),
      endOthers: paths.otherSessionsEnd,
      back: paths.account,
      notice: noticeOf(done),
    });
  }

  @Post(paths.otherSessionsEnd)
  async endOthers(@SignedIn() session: BrowserSession, @Body() body: unknown): Promise<Answer> {
    readForm(body, []);
    await this.sessions.endOthers(session);
    return redirect(withNotice(paths.sessions, 'sessions-ended'));
  }

  @Post(paths.sessionEnd)
  async end(
    @SignedIn() session: BrowserSession,
    @Param('sessionId', IdInPath) sessionId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    await this.sessions.end(session, sessionId);
    return redirect(withNotice(paths.sessions, 'session-ended'));
  }
}
