/** The browser at the other end, as far as a request tells. */
export interface Client {
  /** The address the request came from, after trusted proxies were taken off. */
  readonly address: string;
  /** The User-Agent header; null when there is none. It is shown to its owner and decides nothing. */
  readonly userAgent: string | null;
}
