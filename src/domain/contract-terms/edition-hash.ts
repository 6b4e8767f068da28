import { createHash } from 'node:crypto';
import { canonical, type Canonical } from '../shared/canonical.js';
import type { TermsDraft } from './terms.schema.js';

/** All that the parties consent to in one edition: the document, and from when and why it holds. */
export interface Edition {
  readonly number: number;
  /** null in the first edition, which says itself from when it holds. */
  readonly effectiveFrom: string | null;
  readonly reason: string;
  readonly terms: TermsDraft;
}

/** An edition as its canonical text. */
export const editionText = ({ number, effectiveFrom, reason, terms }: Edition): string =>
  canonical({ number, effectiveFrom, reason, terms: terms as unknown as Canonical });

/** What identifies an edition: a consent names this hash, so that a change of date is as visible as a change of price. */
export const editionHash = (edition: Edition): Buffer =>
  createHash('sha256').update(editionText(edition)).digest();
