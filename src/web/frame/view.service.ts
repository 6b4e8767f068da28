import { Injectable } from '@nestjs/common';
import nunjucks from 'nunjucks';
import { assetAddress, assetsVersion } from './assets.js';
import type { PageModel } from './answer.js';
import { addFilters } from './filters.js';
import type { Frame } from './frame.js';
import { macrosFolder, viewsFolder } from './places.js';

/** Makes HTML of a template and what it shows. Everything shown is escaped; only our own macros write HTML. */
@Injectable()
export class ViewService {
  private readonly templates: nunjucks.Environment;

  constructor() {
    const version = assetsVersion();
    this.templates = new nunjucks.Environment(
      new nunjucks.FileSystemLoader([viewsFolder, macrosFolder]),
      { autoescape: true, trimBlocks: true, lstripBlocks: true },
    );
    this.templates.addGlobal('asset', (name: string) => assetAddress(version, name));
    addFilters(this.templates);
  }

  render(template: string, frame: Frame, page: PageModel): string {
    return this.templates.render(template, { frame, page });
  }
}
