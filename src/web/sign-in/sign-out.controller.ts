import { Body, Controller, Post } from '@nestjs/common';
import type { BrowserSession } from '../../access/sign-in/browser-session.js';
import { SessionsService } from '../../access/sign-in/sessions.service.js';
import { Public } from '../../platform/auth/access.decorators.js';
import { redirect, type Answer } from '../frame/answer.js';
import { withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { AnySession } from '../frame/visitor.js';
import { paths } from '../paths.js';

/** Ends the session, on the server and in the browser; whoever has none is signed out already. */
@Public()
@Pages()
@Controller(paths.signOut)
export class SignOutController {
  constructor(private readonly sessions: SessionsService) {}

  @Post()
  async leave(
    @AnySession() session: BrowserSession | null,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    if (session) await this.sessions.signOut(session);
    return redirect(withNotice(paths.signIn, 'signed-out'), {
      session: null,
      headers: { 'Clear-Site-Data': '"cache", "storage"' },
    });
  }
}
