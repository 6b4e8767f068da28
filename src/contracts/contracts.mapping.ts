import { civilDate } from '../domain/calendar/civil-date.js';
import { parseDraft, parseTerms } from '../domain/contract-terms/parse.js';
import type { Edition } from '../domain/contract-terms/edition-hash.js';
import type { TermsInForce } from '../domain/contract-terms/terms-in-force.js';
import type { TermsDraft } from '../domain/contract-terms/terms.schema.js';
import type { EditionInForce, TermsVersionEntity } from './terms-version.entity.js';

/** An active edition as the engine takes it. A row that cannot be read names itself. */
export function toTermsInForce(row: EditionInForce): TermsInForce {
  if (row.effectiveFrom === null || row.recordedSeq === null)
    throw new Error(`Edition ${row.number} of contract ${row.contractId} is not in force`);
  return {
    number: row.number,
    effectiveFrom: civilDate(row.effectiveFrom),
    terms: readable(row, parseTerms),
    recordedSeq: BigInt(row.recordedSeq),
  };
}

/** The document of any edition, draft or active. */
export const toDraft = (row: TermsVersionEntity): TermsDraft => readable(row, parseDraft);

/** All that the parties consented to in an edition. */
export const editionOf = (row: TermsVersionEntity): Edition => ({
  number: row.number,
  effectiveFrom: row.number === 1 ? null : row.effectiveFrom,
  reason: row.reason,
  terms: toDraft(row),
});

function readable<T>(row: EditionInForce, parse: (document: unknown) => T): T {
  try {
    return parse(row.document);
  } catch (cause) {
    throw new Error(`Edition ${row.number} of contract ${row.contractId} cannot be read`, {
      cause,
    });
  }
}
