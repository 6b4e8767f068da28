import { canBeMatched } from '../../privacy/match-inputs.js';
import { checkOf, fault, repeated } from './check.js';

/** Each identifier is allowed once, of people only, and tokens are made only of what singles a person out. */
export const privacy = checkOf(
  ['privacy', 'unitKind'],
  ({ privacy: { identifiers, matchTokens } = { identifiers: [] }, unitKind }) => [
    ...repeated(identifiers, (index) => `/privacy/identifiers/${index}`, 'The identifier'),
    ...(unitKind === 'person' || unitKind === 'household'
      ? []
      : [
          fault(
            '/privacy',
            'IDENTIFIERS_OF_NO_PERSON',
            'Participants are not people here, so there is nobody to identify. Leave this part out.',
          ),
        ]),
    ...(matchTokens && !canBeMatched(identifiers)
      ? [
          fault(
            '/privacy/matchTokens',
            'MATCH_NEEDS_IDENTIFIERS',
            'Tokens are made of the NHS number, or of name, date of birth and postcode together. Allow either, or make no tokens.',
          ),
        ]
      : []),
  ],
);
