import type { ContractKeys } from '../cohorts/keys/contract-keys.js';
import type { PersonalKey } from '../cohorts/keys/personal-key.js';
import type { RecordedActs } from '../domain/replay/recorded-acts.js';
import { DomainError } from '../domain/shared/domain-error.js';

/** The key that opens a commitment about a participant, or why it cannot be opened. */
export type KeyOrWhy =
  | { readonly key: PersonalKey }
  | { readonly isOpen: true; readonly why: string }
  | { readonly isOpen: false; readonly why: string };

/**
 * The keys of participants for a replay. A key is gone because its participant was erased, which the trail says; where the
 * trail does not say so, that it is gone is a difference.
 */
export class ParticipantsKeys {
  constructor(
    private readonly keys: ContractKeys,
    private readonly acts: RecordedActs,
  ) {}

  of(reference: string): KeyOrWhy {
    if (this.acts.erased.has(reference)) return { isOpen: true, why: ERASED };
    try {
      const key = this.keys.find(reference);
      return key === null ? { isOpen: false, why: GONE } : { key };
    } catch (error) {
      if (error instanceof DomainError) return { isOpen: true, why: CLOSED };
      throw error;
    }
  }
}

/** Whether contents, opened under the key, are what the entry commits to; what was altered while sealed does not open. */
export function isCommitted(
  key: PersonalKey,
  contents: () => readonly (readonly [content: string, commitment: string])[],
): boolean {
  try {
    return contents().every(([content, commitment]) => key.commitment(content) === commitment);
  } catch {
    return false;
  }
}

const ERASED =
  'about somebody who was erased since: what the entry commits to went with their key, and what was paid is checked with the computations';
const CLOSED =
  'under a key that the service as it is set up here cannot open (OUTTURN_SECRET_KEY), so the commitment was not compared';
const GONE = 'the key that opens the commitment is gone, although nobody was erased';
