/** What is tried first: passwords of samples and of images, and names of users. */
const TRIED_FIRST = new Set([
  'admin',
  'change-me',
  'changeme',
  'default',
  'example',
  'outturn',
  'pass',
  'password',
  'postgres',
  'redis',
  'root',
  'secret',
  'test',
]);

/**
 * Why a service in production cannot start with the password in a URL; null when it can. A URL without one is for servers
 * that know the caller otherwise, by a certificate or by the socket.
 */
export function defaultPasswordFault(name: string, url: string | null): string | null {
  if (url === null) return null;
  const { username, password } = new URL(url);
  return isTriedFirst(username, password)
    ? `${name} has a password that is tried first: make one with "openssl rand -hex 24"`
    : null;
}

/** Whether somebody who tries passwords would begin with this one. */
export const isTriedFirst = (user: string, password: string): boolean =>
  TRIED_FIRST.has(password.toLowerCase()) || (password !== '' && password === user);
