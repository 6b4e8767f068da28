import type { Actor } from './actor.js';

/**
 * The parts of the service that act for nobody, each with the few rows it needs: the authenticator knows people by their
 * keys; the relay carries the outbox to the queue, the carrier letters to the mail server; the sweeper and the worker find work that waits; the sealer takes
 * entries into the audit log; health asks whether all is well; the stranger has not signed in and sees what is public; the
 * operator is whoever runs the command line of the service on its own machine, without a key; the eraser erases identifiers
 * whose period is over; the rewrapper wraps the keys of participants under a new key of the service; the replayer erases
 * again whoever a restored database has forgotten to be erased.
 */
const PARTS = [
  'authenticator',
  'relay',
  'carrier',
  'sweeper',
  'worker',
  'sealer',
  'health',
  'stranger',
  'operator',
  'eraser',
  'rewrapper',
  'replayer',
] as const;
type Part = (typeof PARTS)[number];

/** A part of the service that acts for nobody. */
export interface ServicePart {
  readonly part: Part;
}

/**
 * A part of the service that does what a person asked for, with that person's rights and on that one contract: a worker
 * that computes, or an auditor that reads a whole trail and tells only whether it is as it was written.
 */
export interface OnBehalf {
  readonly part: 'worker' | 'auditor';
  readonly personId: string;
  readonly contractId: string;
}

/** Who acts in a transaction. Every row that it sees or writes is theirs to see or write. */
export type Acting = Actor | ServicePart | OnBehalf;

/** The parts of the service, by name. */
export const SERVICE = Object.freeze(
  Object.fromEntries(PARTS.map((part) => [part, Object.freeze({ part })])),
) as Readonly<Record<Part, ServicePart>>;

/** A worker on a contract, with the rights of whoever asked for the work. */
export const onBehalfOf = (personId: string, contractId: string): OnBehalf => ({
  part: 'worker',
  personId,
  contractId,
});

/** An auditor of one contract's trail, for a person who may have it verified and need not be able to read it. */
export const auditorFor = (personId: string, contractId: string): OnBehalf => ({
  part: 'auditor',
  personId,
  contractId,
});

/** Who acts, in the words of the database's settings. An empty text is "nobody" or "everywhere". */
export interface ActingSettings {
  readonly principal: string;
  readonly personId: string;
  readonly party: string;
  readonly contractIds: string;
}

export function settingsOf(acting: Acting): ActingSettings {
  if (!('part' in acting)) {
    const { personId, party = '', scope } = acting;
    return { principal: 'person', personId, party, contractIds: listOf(scope?.contractIds) };
  }
  const { part: principal } = acting;
  const settings = { principal, personId: '', party: '', contractIds: '' };
  if (!('personId' in acting)) return settings;
  return { ...settings, personId: acting.personId, contractIds: listOf([acting.contractId]) };
}

const listOf = (contractIds: readonly string[] | null | undefined): string =>
  contractIds == null ? '' : `{${contractIds.join(',')}}`;
