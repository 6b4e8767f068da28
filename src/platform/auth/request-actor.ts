import type { Actor } from './actor.js';
import { NotSignedIn } from './auth.errors.js';

const ACTORS = new WeakMap<object, Actor>();

/** Remembers who a request is from; set once, by the guard. */
export const rememberActor = (request: object, actor: Actor): void => {
  ACTORS.set(request, actor);
};

/** Who a request is from; refuses when nobody signed in. */
export function actorOf(request: object): Actor {
  const actor = ACTORS.get(request);
  if (!actor) throw new NotSignedIn();
  return actor;
}

/** Who a request is from, for logs, where nobody is an answer. */
export const actorIfAny = (request: object): Actor | null => ACTORS.get(request) ?? null;
