import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';
import type { SessionStage } from './browser-session.js';

/** With which factor a sign-in began. */
export type FirstFactor = 'password' | 'passkey' | 'provider';

export interface SessionRow {
  readonly id: string;
  readonly person_id: string;
  readonly email: string;
  readonly name: string;
  readonly is_administrator: boolean;
  readonly stage: SessionStage;
  readonly first_factor: FirstFactor;
  readonly device: string;
  readonly network: string;
  readonly started_at: Date;
  readonly last_seen_at: Date;
  readonly ends_at: Date;
  readonly authenticated_at: Date;
}

export interface NewSessionRow {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly personId: string;
  readonly stage: SessionStage;
  readonly firstFactor: FirstFactor;
  readonly device: string;
  readonly network: string;
  readonly startedAt: Date;
  readonly endsAt: Date;
}

/** What changes of a session when it gets a new token. */
export interface SessionAdvance {
  readonly id: string;
  readonly from: SessionStage;
  readonly to: SessionStage;
  readonly tokenHash: Buffer;
  readonly at: Date;
  readonly endsAt: Date;
  readonly authenticatedAt: Date;
}

const SESSION = `s.id, s.person_id, p.email, p.name, p.is_administrator, s.stage, s.first_factor, s.device, s.network,
  s.started_at, s.last_seen_at, s.ends_at, s.authenticated_at`;

/** Browser sessions. A session that ended is a row that is gone; the audit trail says how. */
@Injectable()
export class SessionsRepository {
  async insert(tx: Transaction, session: NewSessionRow): Promise<void> {
    await tx.query(
      `insert into browser_session (id, token_hash, person_id, stage, first_factor, device, network, started_at,
         last_seen_at, ends_at, authenticated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $8)`,
      [
        session.id,
        session.tokenHash,
        session.personId,
        session.stage,
        session.firstFactor,
        session.device,
        session.network,
        session.startedAt,
        session.endsAt,
      ],
    );
  }

  /** The session with a token, of a person who is not disabled. Served by browser_session_token_once. */
  async byTokenHash(tx: Transaction, tokenHash: Buffer): Promise<SessionRow | null> {
    const [row] = await tx.query<SessionRow>(
      `select ${SESSION} from browser_session s join person p on p.id = s.person_id
        where s.token_hash = $1 and p.disabled_at is null`,
      [tokenHash],
    );
    return row ?? null;
  }

  async byId(tx: Transaction, id: string): Promise<SessionRow | null> {
    const [row] = await tx.query<SessionRow>(
      `select ${SESSION} from browser_session s join person p on p.id = s.person_id
        where s.id = $1 and p.disabled_at is null`,
      [id],
    );
    return row ?? null;
  }

  /** Never backwards: two requests may be under way at once. */
  async touch(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query(
      'update browser_session set last_seen_at = greatest(last_seen_at, $2) where id = $1',
      [id, at],
    );
  }

  /** Gives a session a new token and stage; false when it has ended or is at another stage by now. */
  async advance(tx: Transaction, to: SessionAdvance): Promise<boolean> {
    const rows = await tx.query(
      `update browser_session
          set token_hash = $4, stage = $3, last_seen_at = $5, ends_at = $6, authenticated_at = $7
        where id = $1 and stage = $2 and ends_at > $5 returning id`,
      [to.id, to.from, to.to, to.tokenHash, to.at, to.endsAt, to.authenticatedAt],
    );
    return rows.length === 1;
  }

  /** Complete sessions of a person used since an instant, the latest used first. Served by browser_session_by_person. */
  complete(
    tx: Transaction,
    personId: string,
    usedSince: Date,
    now: Date,
  ): Promise<readonly SessionRow[]> {
    return tx.query<SessionRow>(
      `select ${SESSION} from browser_session s join person p on p.id = s.person_id
        where s.person_id = $1 and s.stage = 'complete' and s.last_seen_at > $2 and s.ends_at > $3
        order by s.last_seen_at desc, s.id`,
      [personId, usedSince, now],
    );
  }

  /** Whether there was such a session of the person. */
  async end(tx: Transaction, personId: string, id: string): Promise<boolean> {
    const rows = await tx.query(
      'delete from browser_session where id = $1 and person_id = $2 returning id',
      [id, personId],
    );
    return rows.length === 1;
  }

  /** Ends every session of a person but one, and says how many there were; null spares none. */
  async endAll(tx: Transaction, personId: string, except: string | null): Promise<number> {
    const rows = await tx.query(
      `delete from browser_session
        where person_id = $1 and ($2::uuid is null or id <> $2) returning id`,
      [personId, except],
    );
    return rows.length;
  }

  /** Removes sessions that are over. Served by browser_session_by_end for the absolute limit. */
  async removeExpired(tx: Transaction, usedSince: Date, now: Date): Promise<number> {
    const rows = await tx.query(
      'delete from browser_session where ends_at <= $2 or last_seen_at <= $1 returning id',
      [usedSince, now],
    );
    return rows.length;
  }
}
