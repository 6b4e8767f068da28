const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;
const SITE_GROUPS = 3;
const SUBSCRIBER_GROUPS = 4;

/**
 * The network an address belongs to, as it is shown and compared: the first three parts of an IPv4 address
 * ("192.0.2.x"), the first three groups of an IPv6 address ("2001:db8:1::"). One subscriber of an IPv6 network has a
 * whole block of addresses, so single ones tell nobody apart. Whatever is no address is "unknown", which is a network of
 * its own.
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '');
  const four = IPV4.exec(MAPPED.exec(bare)?.[1] ?? bare);
  if (four) {
    const parts = four.slice(1);
    return parts.every((part) => Number(part) <= 255)
      ? `${parts.slice(0, SITE_GROUPS).map(Number).join('.')}.x`
      : 'unknown';
  }
  const groups = groupsOf(bare.toLowerCase());
  return groups === null ? 'unknown' : `${groups.slice(0, SITE_GROUPS).join(':')}::`;
}

/**
 * Who an address stands for when attempts are counted: an IPv4 address by itself, the first four groups of an IPv6 address,
 * because one subscriber has all addresses that begin so. Whatever is no address is "unknown".
 */
export function subscriberOf(address: string): string {
  const bare = address.replace(/%.*$/, '');
  const four = MAPPED.exec(bare)?.[1] ?? bare;
  if (IPV4.test(four)) return networkOf(four) === 'unknown' ? 'unknown' : four;
  const groups = groupsOf(bare.toLowerCase());
  return groups === null ? 'unknown' : `${groups.slice(0, SUBSCRIBER_GROUPS).join(':')}::`;
}

/** The eight groups of an IPv6 address without leading zeros; null when it is not one. */
function groupsOf(address: string): readonly string[] | null {
  const halves = address.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = [...head!, ...(tail ?? [])];
  const missing = GROUPS - given.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  if (!given.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  const filled = [...head!, ...new Array<string>(missing).fill('0'), ...(tail ?? [])];
  return filled.map((group) => group.replace(/^0+(?=.)/, ''));
}
