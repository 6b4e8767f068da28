import { BlockList, isIP } from 'node:net';

const BITS = { 4: 32, 6: 128 } as const;

/** A set of networks, asked for single addresses. An IPv4 address that is written as IPv6 (::ffff:…) is the same address. */
export class Networks {
  readonly #list = new BlockList();
  /** As they were given. */
  readonly texts: string[] = [];

  get isEmpty(): boolean {
    return this.texts.length === 0;
  }

  /** False where the text is no address or network, or means everybody. */
  add(text: string): boolean {
    const [address = '', prefix, more] = text.split('/');
    const version = isIP(address);
    if (version === 0 || address.includes('%') || more !== undefined) return false;
    const bits = BITS[version as 4 | 6];
    const length = prefix === undefined ? bits : Number(prefix);
    if (prefix !== undefined && !/^(0|[1-9][0-9]{0,2})$/.test(prefix)) return false;
    if (length === 0 || length > bits) return false;
    this.#list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6');
    this.texts.push(text);
    return true;
  }

  has(address: string): boolean {
    const bare = address.replace(/%.*$/, '');
    const version = isIP(bare);
    return version !== 0 && this.#list.check(bare, version === 4 ? 'ipv4' : 'ipv6');
  }
}

/** The networks that are listed; null where one of them is none. */
export function networksIn(texts: readonly string[]): Networks | null {
  const networks = new Networks();
  return texts.every((text) => networks.add(text)) ? networks : null;
}
