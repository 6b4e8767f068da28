// Follows every link of the pages and fills in every form with markup, as somebody would who looks for a place that takes it
// for its own.
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { BROWSER_ROUTE } from '../../src/platform/auth/door.js';
import type { TestApp } from './service.js';
import type { Visit, WebBrowser } from './web-browser.js';

/** Breaks out of a text, an attribute in either quotes, a script and a template, wherever one of them is not escaped. */
export const MARKUP = `zq" zqa="1" zqb='1'><zqx onzq=1></zqx></title></script>{{ 7919 * 7907 }}`;
const SUM = '62615533';
/** How it looks where it is taken for the text that it is. */
const ESCAPED = '&lt;zqx';

/** What of a page was taken for markup of its own; null when nothing was. */
export function markupIn(html: string): string | null {
  if (/<zqx|<\/zqx/i.test(html)) return 'a tag';
  if (html.includes(SUM)) return 'an expression of a template';
  const tags = html.match(/<[a-z][^\s>]*(?:"[^"]*"|'[^']*'|[^>])*>/gi) ?? [];
  const names = tags.map((tag) => tag.replace(/"[^"]*"|'[^']*'/g, ''));
  return names.some((tag) => /zq/i.test(tag)) ? 'an attribute' : null;
}

/** Whether a browser is told to save it, and that it is nothing else than it says: not a page. */
const isFile = (headers: Visit['headers']): boolean =>
  /^attachment;/.test(headers['content-disposition'] ?? '') &&
  headers['x-content-type-options'] === 'nosniff' &&
  !/html|xml/.test(headers['content-type'] ?? 'html');

export const showsMarkup = (html: string): boolean => html.includes(ESCAPED);

/** The templates of all pages that are asked for with GET: `/people/:personId`. */
export function pageTemplates(service: TestApp): string[] {
  const scanner = new MetadataScanner();
  return service
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype }) => {
      const controller = metatype as unknown as { prototype: Record<string, object> };
      if (Reflect.getMetadata(BROWSER_ROUTE, controller) !== true) return [];
      return scanner.getAllMethodNames(controller.prototype).flatMap((name) => {
        const handler = controller.prototype[name]!;
        if (Reflect.getMetadata('method', handler) !== RequestMethod.GET) return [];
        const parts = [
          Reflect.getMetadata('path', controller),
          Reflect.getMetadata('path', handler),
        ];
        return [`/${parts.flat().join('/').split('/').filter(Boolean).join('/')}`];
      });
    });
}

/** A form as somebody fills it in: markup in every field that takes a text, and all else as it stands. */
interface FilledForm {
  readonly action: string;
  readonly isPost: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? null;
const NOT_TEXT = ['hidden', 'radio', 'checkbox', 'submit', 'button'];

function formsOf({ page: { html }, path }: Visit): FilledForm[] {
  return [...html.matchAll(/(<form[^>]*>)([\s\S]*?)<\/form>/g)].flatMap(([, form, inner]) => {
    const fields: Record<string, string> = {};
    let texts = 0;
    for (const [tag, kind] of inner!.matchAll(/<(input|textarea|select)[^>]*>/g)) {
      const name = attribute(tag, 'name');
      const type = attribute(tag, 'type') ?? 'text';
      if (name === null) continue;
      const isText = kind !== 'input' || !NOT_TEXT.includes(type);
      if (isText) texts += 1;
      if (isText) fields[name] = MARKUP;
      else if (type === 'hidden' || !(name in fields)) fields[name] = attribute(tag, 'value') ?? '';
    }
    const action = attribute(form!, 'action') ?? path;
    return texts === 0 ? [] : [{ action, isPost: /method="post"/i.test(form!), fields }];
  });
}

export class Crawler {
  /** Addresses without their query, and what was shown there. */
  readonly opened: string[] = [];
  readonly faults: string[] = [];
  /** Pages that showed markup as the text that it is. */
  readonly shown = new Set<string>();
  /** Forms that were sent. */
  readonly sent = new Set<string>();

  constructor(
    private readonly who: string,
    private readonly browser: WebBrowser,
  ) {}

  /** Everything that can be reached by links from here, each address once. */
  async follow(...from: readonly string[]): Promise<readonly Visit[]> {
    const waiting = [...from];
    const known = new Set(waiting);
    const visits: Visit[] = [];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const visit = await this.open(path);
      visits.push(visit);
      for (const [, link] of visit.page.html.matchAll(/<a[^>]*\shref="(\/[^"#]*)/g)) {
        const next = link!.replaceAll('&amp;', '&');
        if (known.has(next) || next.startsWith('/assets/')) continue;
        known.add(next);
        waiting.push(next);
      }
    }
    return visits;
  }

  async open(path: string): Promise<Visit> {
    const visit = await this.browser.open(path);
    this.look(path, visit);
    return visit;
  }

  /** Sends every form of these pages that takes a text. */
  async fillIn(visits: readonly Visit[]): Promise<void> {
    for (const visit of visits)
      for (const { action, isPost, fields } of formsOf(visit)) {
        if (this.sent.has(action)) continue;
        this.sent.add(action);
        const query = new URLSearchParams(fields).toString();
        const answer = isPost
          ? await this.browser.post(action, fields)
          : await this.browser.open(`${action}?${query}`);
        this.look(`the form to ${action}`, answer);
      }
  }

  private look(where: string, { status, headers, page: { html } }: Visit): void {
    this.opened.push(where.split('?', 1)[0]!);
    if (isFile(headers)) return; // a browser keeps it and never takes it for a page
    const taken = markupIn(html);
    if (taken !== null) this.faults.push(`${where} as ${this.who}: ${taken}`);
    if (status >= 500) this.faults.push(`${where} as ${this.who}: ${status}`);
    if (showsMarkup(html)) this.shown.add(where);
  }
}
