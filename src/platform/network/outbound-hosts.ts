import { isIP } from 'node:net';
import { isInside } from './inside-addresses.js';

/** Which hosts may be called for somebody who only named them. */
export interface OutboundHosts {
  /** Names, and `*.` before one for every host below it. */
  readonly hosts: readonly string[];
  /** Names of hosts that may be called at an address of an inside network as well. */
  readonly inside: readonly string[];
}

/** Thrown when a host is not to be called, or leads where nothing may be called. The reason is for the log. */
export class OutboundRefused extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'OutboundRefused';
  }
}

/** Whether a host may be called at all, and if so only at public addresses. */
export type HostStanding = 'refused' | 'public' | 'inside';

/** How a host stands, as `URL.hostname` writes it. An address of an inside network has to be listed as one. */
export function standingOf(hostname: string, { hosts, inside }: OutboundHosts): HostStanding {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (inside.includes(host)) return 'inside';
  const isListed = hosts.some((listed) =>
    listed.startsWith('*.') ? host.endsWith(listed.slice(1)) : host === listed,
  );
  if (!isListed) return 'refused';
  const bare = host.replace(/^\[|\]$/g, '');
  return isIP(bare) !== 0 && isInside(bare) ? 'refused' : 'public';
}
