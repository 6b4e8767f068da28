import { Controller, Get } from '@nestjs/common';
import { Public } from '../../platform/auth/access.decorators.js';
import { page, view, type Answer } from '../frame/answer.js';
import { Pages } from '../frame/pages.decorator.js';
import { paths } from '../paths.js';

/** Pages about the service itself. */
@Public()
@Pages()
@Controller()
export class InformationController {
  @Get(paths.accessibility)
  accessibility(): Answer {
    return page(view('information/accessibility.njk'), { title: 'Accessibility' });
  }

  @Get(paths.privacy)
  privacy(): Answer {
    return page(view('information/privacy.njk'), { title: 'Privacy and cookies' });
  }
}
