import type { EditionView } from '../../contracts/contract-view.js';
import { ROLES, type Role } from '../../access/permissions.js';
import { roleName } from '../frame/roles.js';

/** A part that the terms of a contract have: a party in its role. */
export interface ContractPart {
  readonly party: string;
  readonly role: Role;
  /** For a form: both in one. */
  readonly value: string;
  /** "Worcestershire County Council, commissioner" */
  readonly text: string;
}

/** The parts that the terms name; a draft may not have come to them yet. */
export function partsOf({ terms }: EditionView): ContractPart[] {
  const parties: unknown = (terms as { parties?: unknown } | null)?.parties;
  return Array.isArray(parties) ? parties.flatMap(partOf) : [];
}

function partOf(party: unknown): ContractPart[] {
  const { id, name, role } = (party ?? {}) as Readonly<Record<string, unknown>>;
  const known = ROLES.find((each) => each === role);
  if (typeof id !== 'string' || known === undefined) return [];
  const called = typeof name === 'string' ? name : id;
  return [
    {
      party: id,
      role: known,
      value: `${known} ${id}`,
      text: `${called}, ${roleName(known).toLowerCase()}`,
    },
  ];
}
