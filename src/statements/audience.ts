import type { Role } from '../access/permissions.js';

/** Whoever works with participants' own records: they read exact figures of their contract. */
const READS_EXACT: readonly Role[] = ['provider', 'commissioner', 'verifier'];

/**
 * Whether a role reads exact figures. Every other role, and any that is added, reads issued statements only, in which
 * small counts are protected.
 */
export const readsExact = (role: Role | undefined): boolean =>
  role !== undefined && READS_EXACT.includes(role);
