import type { Actor } from '../../platform/auth/actor.js';
import type { BrowserSession } from './browser-session.js';
import type { SessionRow } from './sessions.repository.js';
import { WrongStage } from './sign-in.errors.js';

/** A row as the session that it is; only a complete one has an actor. */
export function browserSessionOf(row: SessionRow): BrowserSession {
  const actor: Actor = {
    personId: row.person_id,
    name: row.name,
    isAdministrator: row.is_administrator,
    via: 'web',
    session: { id: row.id, authenticatedAt: row.authenticated_at },
  };
  return {
    id: row.id,
    personId: row.person_id,
    email: row.email,
    name: row.name,
    stage: row.stage,
    actor: row.stage === 'complete' ? actor : null,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    endsAt: row.ends_at,
    authenticatedAt: row.authenticated_at,
  };
}

/** Who acts in a complete session. Refuses WrongStage for any other. */
export function actorOfComplete(session: BrowserSession): Actor {
  if (session.stage !== 'complete' || session.actor === null) throw new WrongStage();
  return session.actor;
}
