import type { TermsDocument } from '../../contract-terms/terms.schema.js';
import { IDENTIFIER_WORDS } from '../../privacy/identifiers.js';
import { section, sentences, type Section } from '../sheet.js';

/** What may be held about who participants are. Nothing is said where nothing is allowed: references are pseudonyms. */
export const privacySection = ({ privacy }: TermsDocument): Section =>
  section(
    'Who participants are',
    sentences(
      ...(privacy === undefined
        ? []
        : [
            `The provider may hold, encrypted for each participant: ${privacy.identifiers.map((one) => IDENTIFIER_WORDS[one]).join(', ')}.`,
            keptInWords(privacy.retentionMonths),
            privacy.matchTokens
              ? 'Keyed tokens are made of them, so that the same person on another contract is noticed without saying who or where.'
              : 'They are not used to notice the same person on another contract.',
          ]),
    ),
  );

const keptInWords = (months: number): string =>
  months === 0
    ? 'They are erased at the end of a participant’s involvement.'
    : `They are erased ${months} month${months === 1 ? '' : 's'} after the end of a participant’s involvement: the exit, at the latest the end of the contract.`;
