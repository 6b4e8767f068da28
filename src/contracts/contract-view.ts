import type { Fault } from '../domain/shared/domain-error.js';
import type { ConsentDuty } from './contracts.repository.js';

/** What a person does on a contract: their role, and the party they act for; null for an administrator. */
export interface Part {
  readonly role: string;
  readonly party: string;
}

/** A contract in a list. */
export interface ContractSummary {
  readonly code: string;
  readonly title: string;
  readonly state: string;
  readonly you: Part | null;
}

/** One edition in the history of a contract's terms. */
export interface EditionSummary {
  readonly number: number;
  readonly state: 'draft' | 'active';
  readonly effectiveFrom: string | null;
  readonly reason: string;
  readonly documentHash: string;
  readonly writtenAt: string;
  readonly activatedAt: string | null;
}

/** The open draft: what it changes, who has consented to it, and what still keeps it from coming into force. */
export interface DraftView {
  readonly number: number;
  /** What a consent names. */
  readonly documentHash: string;
  /** The difference to the edition before, in words; empty in a first edition. */
  readonly changes: readonly string[];
  readonly consents: readonly { duty: ConsentDuty; by: string; givenAt: string }[];
  readonly problems: readonly Fault[];
}

/** A contract as a person with a part in it sees it. */
export interface ContractView extends ContractSummary {
  readonly revision: number;
  /** Whether the terms are a real contract's or illustrative (shown on every output); null while a draft leaves it open. */
  readonly standing: 'real' | 'illustrative' | null;
  /** The number of the latest edition in force; null before activation. */
  readonly inForce: number | null;
  readonly editions: readonly EditionSummary[];
  readonly draft: DraftView | null;
}

/** One edition with its document. */
export interface EditionView extends EditionSummary {
  readonly terms: unknown;
  /** As its author wrote it. */
  readonly source: string;
  /** What it changed in the edition before, in words. */
  readonly changes: readonly string[];
}

/** What drafting, amending and consenting answer. */
export interface DraftOutcome {
  readonly code: string;
  readonly number: number;
  readonly documentHash: string;
  readonly revision: number;
  readonly state: 'draft' | 'active';
  /** Of terms that came into force: the log's signed promise that this act will be in it; null where no log is kept. */
  readonly receipt?: string | null;
}
