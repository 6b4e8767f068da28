import { counted, type Sentences } from './words.js';

type AccessType =
  | `person.${'created' | 'recognised' | 'disabled' | 'enabled'}`
  | `api-key.${'issued' | 'revoked'}`
  | `client.${'created' | 'revoked'}`
  | 'organisation.created'
  | `affiliation.${'granted' | 'ended'}`
  | 'party.named'
  | 'access.reviewed'
  | `member.${'added' | 'ended'}`
  | `sign-in.${'completed' | 'confirmed'}`
  | 'sessions.ended'
  | `password.${'link-issued' | 'link-withdrawn' | 'set'}`
  | `second-factor.${'added' | 'removed'}`
  | 'second-factors.reset'
  | 'recovery-codes.issued'
  | `identity.${'linked' | 'unlinked'}`
  | `sign-in-provider.${'added' | 'removed'}`
  | 'log.key-declared';

const FACTORS: Readonly<Record<string, string>> = {
  authenticator: 'an authenticator app',
  passkey: 'a passkey',
};
const factor = (kind: string): string => FACTORS[kind] ?? `a second factor (${kind})`;

/** Who may act, and how they show who they are. */
export const ACCESS_SENTENCES: Sentences<AccessType> = {
  'person.created': ({ personId, isAdministrator }, { name }) =>
    `added ${name(personId)}${isAdministrator ? ' as an administrator' : ''}`,
  'person.recognised': ({ personId, sameAs, because }, { name }) =>
    `recognised ${name(personId)} as the same human as ${name(sameAs)}, because: ${because}`,
  'person.disabled': ({ personId }, { whose }) => `disabled ${whose(personId)} account`,
  'person.enabled': ({ personId }, { whose }) => `enabled ${whose(personId)} account`,
  'api-key.issued': ({ personId, prefix }, { whose }) =>
    `issued an API key in ${whose(personId)} name (it begins with ${prefix})`,
  'api-key.revoked': ({ personId }, { whose }) => `revoked an API key in ${whose(personId)} name`,
  'client.created': ({ personId }, { whose }) =>
    `made a machine client that acts in ${whose(personId)} name`,
  'client.revoked': ({ personId }, { whose }) =>
    `revoked a machine client that acted in ${whose(personId)} name`,
  'organisation.created': ({ organisationId }) => `added organisation ${organisationId}`,
  'affiliation.granted': ({ organisationId, personId, isManager }, { name }) =>
    `let ${name(personId)} into organisation ${organisationId}${isManager ? ' as a manager' : ''}`,
  'affiliation.ended': ({ organisationId, personId }, { whose }) =>
    `ended ${whose(personId)} place in organisation ${organisationId}`,
  'party.named': ({ party, organisationId }) =>
    `said that party ${party} is organisation ${organisationId}`,
  'access.reviewed': ({ organisationId, kept, ended }) =>
    `reviewed who acts for organisation ${organisationId}: ${counted(kept, 'role')} kept, ${counted(ended, 'role')} ended`,
  'member.added': ({ personId, party, role }, { name }) =>
    `gave ${name(personId)} the role of ${role}, for party ${party}`,
  'member.ended': ({ personId, party, role }, { whose }) =>
    `ended ${whose(personId)} role of ${role}, for party ${party}`,
  'sign-in.completed': ({ first, second, failedAttempts }) =>
    `signed in by ${first}${second === 'none' ? '' : ` and ${second}`}${
      failedAttempts === 0 ? '' : `, after ${counted(failedAttempts, 'failed attempt')}`
    }`,
  'sign-in.confirmed': ({ with: factors }) => `confirmed who they are, with ${factors}`,
  'sessions.ended': ({ personId, sessions, why }, { whose }) =>
    `ended ${counted(sessions, 'session')} in ${whose(personId)} name (${why})`,
  'password.link-withdrawn': ({ personId, purpose }, { whose }) =>
    `withdrew the link to set ${whose(personId)} password (${purpose})`,
  'password.link-issued': ({ personId, purpose }, { whose }) =>
    `issued a link to set ${whose(personId)} password (${purpose})`,
  'password.set': ({ personId, by }, { whose }) => `set ${whose(personId)} password (by ${by})`,
  'second-factor.added': ({ personId, kind }, { whose }) =>
    `added ${factor(kind)} to ${whose(personId)} account`,
  'second-factor.removed': ({ personId, kind }, { whose }) =>
    `removed ${factor(kind)} from ${whose(personId)} account`,
  'second-factors.reset': ({ personId, factors }, { whose }) =>
    `took ${counted(factors, 'second factor')} from ${whose(personId)} account`,
  'recovery-codes.issued': ({ personId, codes }, { whose }) =>
    `issued ${counted(codes, 'recovery code')} for ${whose(personId)} account`,
  'identity.linked': ({ personId, providerId }, { whose }) =>
    `linked ${whose(personId)} account to sign-in provider ${providerId}`,
  'identity.unlinked': ({ personId, providerId }, { whose }) =>
    `unlinked ${whose(personId)} account from sign-in provider ${providerId}`,
  'sign-in-provider.added': ({ issuer }) => `added the sign-in provider ${issuer}`,
  'sign-in-provider.removed': ({ issuer }) => `removed the sign-in provider ${issuer}`,
  'log.key-declared': ({ origin, vkey }) =>
    `declared the key that the audit log ${origin} signs with from here on: ${vkey}`,
};
