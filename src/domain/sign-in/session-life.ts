/** How long a browser session lasts. Both limits hold at once. */
export interface SessionLimits {
  /** A session that was not used for longer than this has ended. */
  readonly idleMinutes: number;
  /** A session ends after this many hours however much it is used. */
  readonly hours: number;
}

/** What of a session decides whether it is in force. */
export interface SessionTimes {
  readonly lastSeenAt: Date;
  readonly endsAt: Date;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Somebody between two steps of a sign-in has this long for the next one, in minutes. */
const STEP_MINUTES = 15;
/** Use is written down at most this often, so that reading pages does not write a row each time. */
const TOUCH_MS = MINUTE_MS;

/** The instant after which a session that starts now is over: the whole time once complete, a short one before. */
export function endOf(startedAt: Date, isComplete: boolean, { hours }: SessionLimits): Date {
  const lasts = isComplete ? hours * HOUR_MS : STEP_MINUTES * MINUTE_MS;
  return new Date(startedAt.getTime() + lasts);
}

/** Whether a session is in force. Both limits are exclusive: at the very instant of a limit the session has ended. */
export function isInForce(
  { lastSeenAt, endsAt }: SessionTimes,
  { idleMinutes }: SessionLimits,
  now: Date,
): boolean {
  const idleUntil = lastSeenAt.getTime() + idleMinutes * MINUTE_MS;
  return now.getTime() < idleUntil && now.getTime() < endsAt.getTime();
}

/** The last instant of use that a session in force can still have; those last used before it have ended. */
export const idleSince = ({ idleMinutes }: SessionLimits, now: Date): Date =>
  new Date(now.getTime() - idleMinutes * MINUTE_MS);

/** Whether the use of a session is worth writing down. */
export const isUseDue = (lastSeenAt: Date, now: Date): boolean =>
  now.getTime() - lastSeenAt.getTime() >= TOUCH_MS;
