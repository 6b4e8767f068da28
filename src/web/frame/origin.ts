import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';

/** The one address at which browsers reach the service. */
@Injectable()
export class WebOrigin {
  private readonly url: URL;

  constructor(@Inject(CONFIG) { publicUrl }: Config) {
    this.url = new URL(publicUrl);
  }

  /** As it is shown to people. */
  get address(): string {
    return this.url.origin;
  }

  /** Whether cookies can be kept to encrypted connections; the configuration allows HTTP on this machine itself only. */
  get isSecure(): boolean {
    return this.url.protocol === 'https:';
  }

  isOwnHost = (host: string | undefined): boolean => host === this.url.host;

  isOwnOrigin = (origin: string): boolean => origin === this.url.origin;
}
