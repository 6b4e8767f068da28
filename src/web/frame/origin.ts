import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * The one address at which browsers reach the service. Where PUBLIC_URL says none, that is any loopback address of this
 * machine and nothing else, so that a service which others can reach has to be told.
 */
@Injectable()
export class WebOrigin {
  private readonly configured: URL | null;

  constructor(@Inject(CONFIG) { publicUrl, port }: Config) {
    this.configured = publicUrl === null ? null : new URL(publicUrl);
    this.address = this.configured?.origin ?? `http://localhost:${port}`;
  }

  /** As it is shown to people. */
  readonly address: string;

  /** Whether cookies can be kept to encrypted connections. */
  get isSecure(): boolean {
    return this.configured?.protocol === 'https:';
  }

  isOwnHost(host: string | undefined): boolean {
    if (host === undefined) return false;
    return this.configured ? host === this.configured.host : LOOPBACK.test(host);
  }

  /** Whether an Origin header names this service, as it was addressed by the request. */
  isOwnOrigin(origin: string, host: string | undefined): boolean {
    return this.configured
      ? origin === this.configured.origin
      : this.isOwnHost(host) && origin === `http://${host}`;
  }
}
