import { paths } from '../paths.js';

const ANY_HOST = 'http://host.invalid';

/**
 * Where to go on after signing in: a path of this service that was asked for, else the home page. Whatever a browser
 * would take for another site's address ("//evil.example", "/\evil.example") is not one, nor is a step of signing in: whoever
 * has signed in would be sent from there to sign in, and back, without end.
 */
export function returnPathOf(given: unknown): string {
  if (typeof given !== 'string' || given.length > 500) return paths.home;
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(given) || given.includes('\\')) return paths.home;
  const url = URL.canParse(given, ANY_HOST) ? new URL(given, ANY_HOST) : null;
  if (url?.origin !== ANY_HOST) return paths.home;
  const isOnTheWayIn = url.pathname === paths.signIn || url.pathname.startsWith(`${paths.signIn}/`);
  // what is left of "/.//evil.example" once its steps are walked
  const leavesThisSite = url.pathname.startsWith('//');
  return isOnTheWayIn || leavesThisSite ? paths.home : url.pathname + url.search;
}
