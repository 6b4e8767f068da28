import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { BROWSER_ROUTE } from '../../platform/auth/door.js';
import { PageInterceptor } from './page.interceptor.js';

/** Marks a controller whose routes are pages: the door is the one for browsers, and answers become HTML. */
export const Pages = (): ClassDecorator =>
  applyDecorators(
    SetMetadata(BROWSER_ROUTE, true),
    UseInterceptors(PageInterceptor),
    ApiExcludeController(),
  );
