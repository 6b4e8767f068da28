import type { SignInStep } from '../../access/sign-in/sign-in.service.js';
import { redirect, type RedirectAnswer } from '../frame/answer.js';
import { limitHeaders } from '../frame/limit-headers.js';
import { returnPathOf } from '../frame/return-path.js';
import { paths, withQuery } from '../paths.js';

/** On to what a sign-in still needs, or to the page that was asked for; the browser gets the session's new token. */
export function nextStep({ issued, limits }: SignInStep, returnTo: string | null): RedirectAnswer {
  return redirect(placeOf(issued.session.stage, returnTo), {
    session: issued.token,
    headers: limitHeaders({ limits }),
  });
}

function placeOf(stage: SignInStep['issued']['session']['stage'], returnTo: string | null): string {
  switch (stage) {
    case 'second-factor':
      return withQuery(paths.signInCode, { return: returnTo });
    case 'enrolment':
      return paths.firstFactor;
    case 'complete':
      return returnTo ?? paths.home;
  }
}

/** The page to return to, as a form or an address names it; null for the home page, which needs no mention. */
export function returnToOf(given: unknown): string | null {
  const path = returnPathOf(given);
  return path === paths.home ? null : path;
}
