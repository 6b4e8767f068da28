import { execFileSync } from 'node:child_process';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of this machine: CHROMIUM, or one found on PATH. */
function executable(): string {
  const named = process.env['CHROMIUM'];
  if (named) return named;
  for (const name of NAMES) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // the next one
    }
  }
  throw new Error(
    `No browser was found (${NAMES.join(', ')}). Install one, for example with "apt-get install chromium", or name it in CHROMIUM.`,
  );
}

export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });

/** The widths at which every page is looked at: a small phone and a desk. */
export const WIDTHS = { phone: 375, desk: 1280 } as const;

/** What a browser complained about on its console: a policy that was broken, a file that is missing, a script that failed. */
export class Complaints {
  private readonly said: string[] = [];

  constructor(context: BrowserContext) {
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.said.push(message.text());
    });
    context.on('weberror', (error) => this.said.push(String(error.error())));
  }

  /** Answers of 4xx to a page that was asked for on purpose are no complaint. */
  get all(): string[] {
    return this.said.filter((text) => !/^Failed to load resource: .* 4\d\d /.test(text));
  }
}

/** What axe finds against WCAG 2.2 AA and its own good practice. */
export async function barriersOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Whether the page has to be moved sideways to be read. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
