import { DomainError } from '../shared/domain-error.js';
import { parseVkey, type NoteKey, type SignatureType } from './note-key.js';

/** A log or a witness that a policy names. */
export interface PolicyKey {
  readonly key: NoteKey;
  /** Where it can be asked; null where the policy does not say. */
  readonly url: string | null;
}

/** Whoever has to cosign: one witness, or so many of a group. */
export type Quorum =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly name: string; readonly key: NoteKey }
  | { readonly kind: 'group'; readonly needed: number; readonly members: readonly Quorum[] };

/** Which logs somebody accepts, which witnesses they trust, and whose cosignatures they ask for (C2SP tlog-policy). */
export interface LogPolicy {
  readonly logs: readonly PolicyKey[];
  /** Witnesses by the names that the policy gives them. */
  readonly witnesses: ReadonlyMap<string, PolicyKey>;
  readonly quorum: Quorum;
}

/** Thrown when a policy file cannot be used: names the line. */
export class PolicyMalformed extends DomainError {
  constructor(line: number, because: string) {
    super({
      code: 'LOG_POLICY_MALFORMED',
      kind: 'invalid',
      detail: `Line ${line} of the policy cannot be used: ${because}.`,
    });
  }
}

/** Whether the cosignatures of these keys (by name and id) are enough. */
export function isQuorum(quorum: Quorum, hasCosigned: (key: NoteKey) => boolean): boolean {
  if (quorum.kind === 'none') return true;
  if (quorum.kind === 'witness') return hasCosigned(quorum.key);
  const there = quorum.members.filter((member) => isQuorum(member, hasCosigned));
  return there.length >= quorum.needed;
}

/** Reads a policy file. */
export function parsePolicy(text: string): LogPolicy {
  const reader = new PolicyReader();
  const lines = text.split('\n');
  lines.forEach((line, index) => reader.read(index + 1, line));
  return reader.policy(lines.length);
}

class PolicyReader {
  private readonly logs: PolicyKey[] = [];
  private readonly witnesses = new Map<string, PolicyKey>();
  private readonly names = new Map<string, Quorum>();
  private readonly grouped = new Set<string>();
  private quorum: Quorum | null = null;
  private line = 0;

  read(line: number, text: string): void {
    this.line = line;
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text))
      throw this.refusal('it has a control character');
    const [keyword, ...items] = text.split(/[ \t]+/).filter((item) => item !== '');
    if (keyword === undefined || keyword.startsWith('#')) return;
    if (keyword === 'log') this.log(items);
    else if (keyword === 'witness') this.witness(items);
    else if (keyword === 'group') this.group(items);
    else if (keyword === 'quorum') this.setQuorum(items);
    else
      throw this.refusal(`it begins with "${keyword}" and not with log, witness, group or quorum`);
  }

  policy(lines: number): LogPolicy {
    if (this.quorum === null) throw new PolicyMalformed(lines, 'no line above says "quorum"');
    return { logs: this.logs, witnesses: this.witnesses, quorum: this.quorum };
  }

  private log([vkey, url, ...more]: string[]): void {
    if (!vkey || more.length > 0)
      throw this.refusal('write log, its verifier key and maybe its URL');
    this.logs.push({ key: this.keyOf(vkey, 'log', this.logs), url: url ?? null });
  }

  private witness([name, vkey, url, ...more]: string[]): void {
    if (!name || !vkey || more.length > 0)
      throw this.refusal('write witness, a name for it, its verifier key and maybe its URL');
    const key = this.keyOf(vkey, 'witness', [...this.witnesses.values()]);
    this.define(name, { kind: 'witness', name, key });
    this.witnesses.set(name, { key, url: url ?? null });
  }

  private group([name, count, ...members]: string[]): void {
    if (!name || !count || members.length === 0)
      throw this.refusal('write group, a name for it, all, any or a number, and its members');
    const needed = count === 'any' ? 1 : count === 'all' ? members.length : Number(count);
    const isCount = count === 'any' || count === 'all' || /^[1-9][0-9]{0,5}$/.test(count);
    if (!isCount || needed > members.length)
      throw this.refusal(`"${count}" of ${members.length} members cannot be asked for`);
    const found = members.map((member) => {
      if (this.grouped.has(member)) throw this.refusal(`"${member}" is in a group already`);
      this.grouped.add(member);
      return this.find(member);
    });
    this.define(name, { kind: 'group', needed, members: found });
  }

  private setQuorum([name, ...more]: string[]): void {
    if (!name || more.length > 0) throw this.refusal('write quorum and one name');
    if (this.quorum !== null) throw this.refusal('there is a quorum already');
    this.quorum = name === 'none' ? { kind: 'none' } : this.find(name);
  }

  private define(name: string, quorum: Quorum): void {
    if (name === 'none' || this.names.has(name))
      throw this.refusal(`"${name}" has a meaning already`);
    this.names.set(name, quorum);
  }

  private find(name: string): Quorum {
    const found = this.names.get(name);
    if (!found) throw this.refusal(`no line above defines "${name}"`);
    return found;
  }

  private keyOf(vkey: string, type: SignatureType, others: readonly PolicyKey[]): NoteKey {
    const key = this.parse(vkey);
    if (key.type !== type) throw this.refusal(`that key is no key of a ${type}`);
    if (others.some((other) => Buffer.compare(other.key.publicKey, key.publicKey) === 0))
      throw this.refusal('that key is named above already');
    return key;
  }

  private parse(vkey: string): NoteKey {
    try {
      return parseVkey(vkey);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw this.refusal(error.message.replace(/\.$/, ''));
    }
  }

  private refusal(because: string): PolicyMalformed {
    return new PolicyMalformed(this.line, because);
  }
}
