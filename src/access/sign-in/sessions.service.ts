import { Inject, Injectable } from '@nestjs/common';
import { validate } from 'uuid';
import type { Clock } from '../../domain/calendar/clock.js';
import { idleSince, isInForce, isUseDue } from '../../domain/sign-in/session-life.js';
import { SERVICE } from '../../platform/auth/acting.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { AccountRecord } from './account-record.js';
import type { BrowserSession } from './browser-session.js';
import { actorOfComplete, browserSessionOf } from './session.mapping.js';
import { SessionsRepository } from './sessions.repository.js';
import { NotYours } from './sign-in.errors.js';
import { tokenHashOf } from './token.js';

/** A session as its owner sees it in a list. */
export interface SessionView {
  readonly id: string;
  /** "Firefox on Windows"; from what the browser says of itself, which anybody can make up. */
  readonly device: string;
  /** The network the session began on, never the whole address: "192.0.2.x" or "2001:db8:1::". */
  readonly network: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly endsAt: Date;
  readonly isThis: boolean;
}

/** Why a session ended. */
export type SessionEnd =
  | 'signed-out'
  | 'revoked'
  | 'password-changed'
  | 'factors-reset'
  | 'person-disabled'
  | 'access-ended';

/** Browser sessions: rows on the server, known by a hash of their token. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly repository: SessionsRepository,
    private readonly record: AccountRecord,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The session in force with a token; null when the token is unknown, the session ended, expired, or its person is
   * disabled. Counts as use of the session, which is written down once a minute at most.
   */
  async find(token: string): Promise<BrowserSession | null> {
    const tokenHash = tokenHashOf(token);
    if (!tokenHash) return null;
    const now = this.clock.now();
    return this.transactions.run(SERVICE.authenticator, async (tx) => {
      const row = await this.repository.byTokenHash(tx, tokenHash);
      if (!row) return null;
      const session = browserSessionOf(row);
      if (!isInForce(session, this.config.session, now)) return null;
      if (isUseDue(session.lastSeenAt, now)) await this.repository.touch(tx, session.id, now);
      return session;
    });
  }

  /** Every complete session in force of the same person, the latest used first. Refuses WrongStage. */
  async list(session: BrowserSession): Promise<readonly SessionView[]> {
    actorOfComplete(session);
    const now = this.clock.now();
    const since = idleSince(this.config.session, now);
    const rows = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.repository.complete(tx, session.personId, since, now),
    );
    return rows.map((row) => ({
      id: row.id,
      device: row.device,
      network: row.network,
      startedAt: row.started_at,
      lastSeenAt: row.last_seen_at,
      endsAt: row.ends_at,
      isThis: row.id === session.id,
    }));
  }

  /** Ends the session at hand, at any stage. Ending one that is over already is no fault. */
  async signOut(session: BrowserSession): Promise<void> {
    await this.transactions.run(SERVICE.authenticator, async (tx) => {
      if (!(await this.repository.end(tx, session.personId, session.id))) return;
      // a sign-in that was given up halfway was nobody's act
      if (session.actor) await this.recordEnd(tx, session.actor, session.personId, 1, 'signed-out');
    });
  }

  /** Ends one session of the same person, which may be the one at hand. Refuses WrongStage and NotYours. */
  async end(session: BrowserSession, sessionId: string): Promise<void> {
    const actor = actorOfComplete(session);
    if (!validate(sessionId)) throw new NotYours('session');
    await this.transactions.run(SERVICE.authenticator, async (tx) => {
      if (!(await this.repository.end(tx, session.personId, sessionId)))
        throw new NotYours('session');
      await this.recordEnd(tx, actor, session.personId, 1, 'revoked');
    });
  }

  /** Ends every other session of the same person and says how many there were. Refuses WrongStage. */
  async endOthers(session: BrowserSession): Promise<number> {
    const actor = actorOfComplete(session);
    return this.transactions.run(SERVICE.authenticator, (tx) =>
      this.endAllBut(tx, actor, session.personId, session.id, 'revoked'),
    );
  }

  /**
   * Ends every session of a person at once, for whoever disables them or takes access away; the caller has authorised the
   * actor, and null is the service itself.
   */
  async endAllOf(
    tx: Transaction,
    actor: Actor | null,
    personId: string,
    why: SessionEnd,
  ): Promise<void> {
    await this.endAllBut(tx, actor, personId, null, why);
  }

  /** As endAllOf, but one session stays; says how many ended. */
  async endAllBut(
    tx: Transaction,
    actor: Actor | null,
    personId: string,
    except: string | null,
    why: SessionEnd,
  ): Promise<number> {
    const ended = await this.repository.endAll(tx, personId, except);
    if (ended > 0) await this.recordEnd(tx, actor, personId, ended, why);
    return ended;
  }

  private async recordEnd(
    tx: Transaction,
    actor: Actor | null,
    personId: string,
    sessions: number,
    why: SessionEnd,
  ): Promise<void> {
    const payload = { personId, sessions, why };
    await this.record.append(tx, actor, personId, 'sessions.ended', payload);
  }
}
