import type { OpenContract } from '../contracts/contracts.service.js';
import type { Actor } from '../platform/auth/actor.js';

/** The part of an audit entry that says who acts, and in which capacity. */
export const whoActs = (actor: Actor, { id, standing }: OpenContract) => ({
  stream: id,
  actor,
  duty: standing?.role ?? 'administrator',
  party: standing?.party ?? null,
});
