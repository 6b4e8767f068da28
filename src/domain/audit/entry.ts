import { createHash } from 'node:crypto';
import { canonical, type Canonical } from '../shared/canonical.js';
import type { AuditPayloads, AuditType } from './entry-types.js';

/** The trail of acts that belong to no contract, such as adding a person. Every other stream is a contract's id. */
export const SERVICE_STREAM = 'service';

/** Format of the hashed bytes. A new format gets a new number; entries of the old one stay as they are. */
export const AUDIT_FORMAT = 1;

/** What stands before the first entry of a stream. */
export const NO_HASH: Uint8Array = new Uint8Array(32);

/** One act, as it is hashed: who did what, in which capacity, when, and in which place of which stream. */
export interface AuditAct<Type extends AuditType = AuditType> {
  readonly stream: string;
  /** 1 for the first entry of a stream, then without gaps. */
  readonly seq: bigint;
  readonly type: Type;
  /** null when the service itself acted. */
  readonly personId: string | null;
  /** The capacity in which the person acted: a role, administrator, or service. */
  readonly duty: string;
  readonly party: string | null;
  /** When the act was recorded: an instant in UTC with milliseconds. */
  readonly recordedAt: string;
  /** The civil date from which the act is true, where it has one. */
  readonly effectiveOn: string | null;
  readonly payload: AuditPayloads[Type];
}

/** The canonical text of an act: exactly these bytes are hashed, and the same text is stored. */
export const encodeAct = (act: AuditAct): string =>
  canonical({
    duty: act.duty,
    effectiveOn: act.effectiveOn,
    format: AUDIT_FORMAT,
    party: act.party,
    payload: act.payload as unknown as Canonical,
    personId: act.personId,
    recordedAt: act.recordedAt,
    seq: act.seq,
    stream: act.stream,
    type: act.type,
  });

/**
 * What somebody outside notes of an entry: it commits to the entry and all before it, and tells nothing of them. The hash alone
 * would: whoever has that of the entry before can try out what the act may have been, and about whom.
 */
export const noteHash = (salt: Uint8Array, hash: Uint8Array): Uint8Array =>
  createHash('sha256').update(salt).update(hash).digest();

/** The hash step: SHA-256 over the 32 bytes of the previous hash followed by the UTF-8 bytes of the body. */
export const chainHash = (previousHash: Uint8Array, body: string): Uint8Array =>
  createHash('sha256').update(previousHash).update(body, 'utf8').digest();
