/** What has just been done, as the next page says it. Only these codes are known; anything else in an address is ignored. */
const NOTICES = {
  'signed-out': 'You have signed out.',
  'password-set': 'Your password is set. Sign in with it.',
  'password-changed': 'Your password is changed. Every other session of yours has ended.',
  'factor-added': 'Your second factor is added.',
  'factor-removed': 'The second factor is removed.',
  'session-ended': 'The session has ended.',
  'sessions-ended': 'Every other session of yours has ended.',
  'person-added': 'The person is added. They have been sent a link to set their password.',
  'factors-reset': 'The second factors are gone, and every session has ended.',
  'organisation-added': 'The organisation is added.',
  'party-named': 'The organisation is this party now.',
  invited:
    'The person belongs to the organisation now, and has been sent a link to set their password.',
  'invited-without-letter':
    'The person belongs to the organisation now. No letter went out: this service is not set up to send any.',
  'person-belongs': 'The person belongs to the organisation now. They had an account already.',
  'invitation-sent': 'A new link is on its way. The one before is void.',
  'letter-not-sent': 'No letter went out: this service is not set up to send any.',
  'invitation-withdrawn': 'The invitation is taken back.',
  'manager-made': 'The person looks after the organisation now.',
  'manager-unmade': 'The person does not look after the organisation any more.',
  'person-left': 'The person has left the organisation, and their access for it has ended.',
  'access-reviewed': 'The review is recorded. What you did not keep has ended.',
  'identity-linked': 'Your organisation’s account is linked. You can sign in with it.',
  'identity-unlinked': 'Your organisation’s account is not linked any more.',
  'provider-added': 'The sign-in provider is added.',
  'provider-removed': 'The sign-in provider is removed. Nobody signs in there any more.',
  'member-added': 'The person has the role now.',
  'member-ended': 'The role has ended. What the person did in it stays on record.',
} as const;

export type Notice = keyof typeof NOTICES;

export const noticeOf = (code: unknown): string | null =>
  typeof code === 'string' && Object.hasOwn(NOTICES, code) ? NOTICES[code as Notice] : null;

/** Adds a notice to the address of the page that shows it. */
export const withNotice = (path: string, notice: Notice): string => `${path}?done=${notice}`;
