import { isIP } from 'node:net';
import { networksIn } from './networks.js';

/**
 * Addresses that are not of the public internet, by the registries of special-purpose addresses of IANA: this machine, this
 * link, private networks, those of carriers, documentation, benchmarks, multicast, and IPv6 forms that carry an IPv4 address
 * (translated, tunnelled), because what they lead to cannot be told from here.
 */
const INSIDE = networksIn([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])!;

/** Everything in IPv6 that is public today begins so; what is excepted below lies within. */
const GLOBAL_UNICAST = networksIn(['2000::/3'])!;
const NOT_PUBLIC = networksIn(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])!;

/** Whether an address must not be called for somebody who only named it. What is no address counts as inside. */
export function isInside(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return INSIDE.has(address);
  return version !== 6 || !GLOBAL_UNICAST.has(address) || NOT_PUBLIC.has(address);
}
