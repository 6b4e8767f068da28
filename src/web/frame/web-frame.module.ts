import { Global, Module } from '@nestjs/common';
import { AccessModule } from '../../access/access.module.js';
import { BROWSER_DOOR } from '../../platform/auth/door.js';
import { ERROR_PAGES } from '../../platform/http/error-pages.js';
import { CookieDoor } from './browser-door.js';
import { Cookies } from './cookies.js';
import { WebErrorPages } from './error-pages.service.js';
import { Frames } from './frames.js';
import { WebOrigin } from './origin.js';
import { PageInterceptor } from './page.interceptor.js';
import { ViewService } from './view.service.js';

/** What every page rests on. Global, because the guard and the filter of all routes ask it about pages. */
@Global()
@Module({
  imports: [AccessModule],
  providers: [
    WebOrigin,
    Cookies,
    Frames,
    ViewService,
    PageInterceptor,
    { provide: BROWSER_DOOR, useClass: CookieDoor },
    { provide: ERROR_PAGES, useClass: WebErrorPages },
  ],
  exports: [WebOrigin, Cookies, Frames, ViewService, PageInterceptor, BROWSER_DOOR, ERROR_PAGES],
})
export class WebFrameModule {}
