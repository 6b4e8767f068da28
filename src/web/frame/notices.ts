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
  'member-added': 'The person has the role now.',
  'member-ended': 'The role has ended. What the person did in it stays on record.',
} as const;

export type Notice = keyof typeof NOTICES;

export const noticeOf = (code: unknown): string | null =>
  typeof code === 'string' && Object.hasOwn(NOTICES, code) ? NOTICES[code as Notice] : null;

/** Adds a notice to the address of the page that shows it. */
export const withNotice = (path: string, notice: Notice): string => `${path}?done=${notice}`;
