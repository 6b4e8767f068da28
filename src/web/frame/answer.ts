import type { SpooledFile, TextSink } from '../../platform/http/spooled-answer.js';

/** A template together with the type of what it shows; the two are tied here and nowhere else. */
export interface View<Model extends PageModel> {
  /** Path under src/web/views. */
  readonly template: string;
  /** Ties the type; there is no such value. */
  readonly shows?: (model: Model) => void;
}

export const view = <Model extends PageModel>(template: string): View<Model> => ({ template });

/** What every page has. */
export interface PageModel {
  /** The page's one h1, and the beginning of the title of its window. */
  readonly title: string;
  /** What is wrong with a form, by field, in the order of the fields; the page then begins with a summary of it. */
  readonly errors?: FormErrors;
  /** What has just been done, for the banner on top. */
  readonly notice?: string | null;
}

/** Messages by the name of the field; `form` is for what no single field is to blame for. */
export type FormErrors = Readonly<Record<string, string>>;

export const hasErrors = (errors: FormErrors = {}): boolean => Object.keys(errors).length > 0;

/** What becomes of the browser's cookies; their values are minted by services. */
export interface CookieChange {
  /** The session's new token; null ends it. */
  readonly session?: string | null;
  /** The visit at an organisation's own provider; null ends it. */
  readonly visit?: { readonly token: string; readonly expiresAt: Date } | null;
}

export interface AnswerOptions extends CookieChange {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a page's controller answers with; the PageInterceptor makes HTTP of it. */
export class PageAnswer {
  constructor(
    readonly template: string,
    readonly model: PageModel,
    readonly options: AnswerOptions,
  ) {}
}

export class RedirectAnswer {
  constructor(
    readonly to: string,
    readonly options: AnswerOptions,
  ) {}
}

/** For the scripts of the passkey pages. */
export class JsonAnswer {
  constructor(
    readonly body: object,
    readonly options: AnswerOptions,
  ) {}
}

/** A file to be taken away. */
export class FileAnswer {
  constructor(
    readonly file: SpooledFile,
    readonly write: (sink: TextSink) => Promise<void>,
    readonly options: AnswerOptions = {},
  ) {}
}

export type Answer = PageAnswer | RedirectAnswer | JsonAnswer | FileAnswer;

/** A page. One that shows what is wrong with a form goes out as 400 unless a status is given. */
export const page = <Model extends PageModel>(
  { template }: View<Model>,
  model: Model,
  options: AnswerOptions = {},
): PageAnswer => new PageAnswer(template, model, options);

/** Sends the browser on to another page, which it fetches with GET. */
export const redirect = (to: string, options: AnswerOptions = {}): RedirectAnswer =>
  new RedirectAnswer(to, options);

export const json = (body: object, options: AnswerOptions = {}): JsonAnswer =>
  new JsonAnswer(body, options);
