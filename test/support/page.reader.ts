/** What a person finds on a page, read from its HTML: by words and labels, never by class names of the looks. */
export class PageReader {
  constructor(readonly html: string) {}

  get title(): string {
    return textOf(/<title>([\s\S]*?)<\/title>/.exec(this.html)?.[1] ?? '');
  }

  /** The one h1; every page is held to having exactly one. */
  get heading(): string {
    const all = [...this.html.matchAll(/<h1[^>]*>([\s\S]*?)<\/h1>/g)];
    expect(all).toHaveLength(1);
    return textOf(all[0]![1]!);
  }

  /** The messages of the error summary, by the field that each leads to. */
  get errors(): Record<string, string> {
    const summary = /data-module="govuk-error-summary"[\s\S]*?<ul[^>]*>([\s\S]*?)<\/ul>/.exec(
      this.html,
    )?.[1];
    const items = [...(summary ?? '').matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item]) => item!);
    return Object.fromEntries(
      items.map((item) => [/href="#([^"]+)"/.exec(item)?.[1] ?? 'form', textOf(item)]),
    );
  }

  /** The banner that says what has been done. */
  get notice(): string | null {
    const banner = /notification-banner__heading">([\s\S]*?)<\/p>/.exec(this.html)?.[1];
    return banner === undefined ? null : textOf(banner);
  }

  /** The text of the page's main part. */
  get text(): string {
    return textOf(/<main[\s\S]*?<\/main>/.exec(this.html)?.[0] ?? '');
  }

  /** The form that is sent to an address, with its fields as they stand. */
  form(action: string): { readonly action: string; readonly fields: Record<string, string> } {
    const forms = [...this.html.matchAll(/<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/g)];
    const found = forms.find(([, to]) => to === action);
    if (!found) throw new Error(`There is no form to ${action} on "${this.title}": ${this.text}`);
    const fields: Record<string, string> = {};
    for (const [input] of found[2]!.matchAll(/<input[^>]*>/g)) {
      const name = attributeOf(input, 'name');
      const isOff = /type="(radio|checkbox)"/.test(input) && !/ checked/.test(input);
      if (name !== null && !isOff) fields[name] = attributeOf(input, 'value') ?? '';
    }
    return { action, fields };
  }

  /** The address of a link, by its words. */
  link(words: string): string {
    const links = [...this.html.matchAll(/<a[^>]*href="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)];
    const found = links.find(([, , text]) => textOf(text!) === words);
    if (!found) throw new Error(`There is no link "${words}" on "${this.title}": ${this.text}`);
    return unescaped(found[1]!);
  }

  /** Codes that are shown to be copied. */
  get codes(): string[] {
    return [...this.html.matchAll(/class="outturn-code"[^>]*>([\s\S]*?)</g)].map(([, code]) =>
      textOf(code!),
    );
  }
}

const attributeOf = (tag: string, name: string): string | null => {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : unescaped(found);
};

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const textOf = (html: string): string =>
  unescaped(html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).trim();
