import type { Period } from '../calendar/period.js';
import { assert } from '../shared/assert.js';
import type { TermsInForce } from './terms-in-force.js';

/** The edition in force when a period ended: its plan, caps and names are the ones shown with the period's figures. */
export function editionAtEnd(versions: readonly TermsInForce[], period: Period): TermsInForce {
  const edition =
    versions.findLast(({ effectiveFrom }) => effectiveFrom < period.to) ?? versions[0];
  assert(edition !== undefined, 'a period with figures has terms in force');
  return edition;
}
