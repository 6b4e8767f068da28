import { createHash } from 'node:crypto';
import { canonical } from '../shared/canonical.js';
import type { TermsDraft } from './terms.schema.js';

/** What identifies a document: SHA-256 of its canonical bytes, so that both parties consent to exactly the same terms. */
export const termsHash = (terms: TermsDraft): Buffer =>
  createHash('sha256').update(canonical(terms)).digest();
