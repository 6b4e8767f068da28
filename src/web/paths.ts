import { PROVIDER_RETURN_PATH, SET_PASSWORD_PATH } from '../access/sign-in/paths.js';

/** Every address of the pages. Controllers, presenters and templates take them from here. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  signInCode: '/sign-in/code',
  signInRecoveryCode: '/sign-in/recovery-code',
  signInPasskey: '/sign-in/passkey',
  signInPasskeyOptions: '/sign-in/passkey/options',
  signInOrganisation: '/sign-in/organisation',
  signInReturn: PROVIDER_RETURN_PATH,
  firstFactor: '/sign-in/second-factor',
  firstAuthenticator: '/sign-in/second-factor/authenticator',
  firstPasskey: '/sign-in/second-factor/passkey',
  firstPasskeyOptions: '/sign-in/second-factor/passkey/options',
  signOut: '/sign-out',
  forgottenPassword: '/forgotten-password',
  passwordSent: '/forgotten-password/sent',
  setPassword: `${SET_PASSWORD_PATH}/:token`,
  confirm: '/confirm-it-is-you',
  confirmPasskey: '/confirm-it-is-you/passkey',
  confirmPasskeyOptions: '/confirm-it-is-you/passkey/options',

  account: '/account',
  password: '/account/password',
  authenticator: '/account/authenticator',
  passkey: '/account/passkey',
  passkeyOptions: '/account/passkey/options',
  identities: '/account/identities/new',
  identityRemoval: '/account/identities/:identityId/remove',
  factorRemoval: '/account/second-factors/:factorId/remove',
  recoveryCodes: '/account/recovery-codes',
  sessions: '/account/sessions',
  sessionEnd: '/account/sessions/:sessionId/end',
  otherSessionsEnd: '/account/sessions/end-others',

  people: '/people',
  newPerson: '/people/new',
  person: '/people/:personId',
  factorsReset: '/people/:personId/second-factors/reset',
  organisations: '/organisations',
  newOrganisation: '/organisations/new',
  organisation: '/organisations/:organisationId',
  newParty: '/organisations/:organisationId/parties/new',
  newAffiliate: '/organisations/:organisationId/people/new',
  affiliate: '/organisations/:organisationId/people/:personId',
  affiliateManager: '/organisations/:organisationId/people/:personId/manager',
  affiliateInvitation: '/organisations/:organisationId/people/:personId/invitation',
  affiliateWithdrawal: '/organisations/:organisationId/people/:personId/invitation/withdraw',
  affiliateEnd: '/organisations/:organisationId/people/:personId/end',
  newOrganisationRole: '/organisations/:organisationId/roles/new',
  organisationRoleEnd: '/organisations/:organisationId/roles/:code/:personId/:role/end',
  accessReview: '/organisations/:organisationId/access-review',
  members: '/contracts/:code/people',
  newMember: '/contracts/:code/people/new',
  memberEnd: '/contracts/:code/people/:personId/:role/end',

  activity: '/contracts/:code/activity',
  activityFile: '/contracts/:code/activity/export',
  record: '/contracts/:code/activity/:seq',
  recordProof: '/contracts/:code/activity/:seq/proof',

  signInProviders: '/sign-in-providers',
  newSignInProvider: '/sign-in-providers/new',
  signInProviderRemoval: '/sign-in-providers/:providerId/remove',

  accessibility: '/accessibility',
  privacy: '/privacy',
} as const;

type Names<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** A path with its parts filled in. */
export const pathTo = <Path extends string>(
  path: Path,
  parts: Readonly<Record<Names<Path>, string>>,
): string => path.replace(/:(\w+)/g, (_, name: Names<Path>) => encodeURIComponent(parts[name]));

/** A path with a query; what is null or empty is left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
