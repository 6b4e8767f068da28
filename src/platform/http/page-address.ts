/** What is not for browsers: the JSON interface, its documentation, and what operators ask. */
const NOT_PAGES = ['/v1', '/oauth', '/docs', '/health', '/metrics', '/assets'];

/** Whether an address is one of the pages, so that refusals are shown as pages there. */
export function isPageAddress(url: string): boolean {
  const path = url.split(/[?#]/, 1)[0]!;
  return !NOT_PAGES.some((part) => path === part || path.startsWith(`${part}/`));
}
