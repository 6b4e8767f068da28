import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';

/** A person as signing in sees them. */
export interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly is_administrator: boolean;
  readonly is_disabled: boolean;
  /** null for somebody who has no password (yet). */
  readonly hash: string | null;
}

/** How far an invitation of somebody has come. */
export interface InvitationRow {
  readonly person_id: string;
  /** null where no link is kept. */
  readonly expires_at: Date | null;
  readonly is_taken_up: boolean;
}

const ACCOUNT = `select p.id, p.email, p.name, p.is_administrator, p.disabled_at is not null as is_disabled, w.hash
  from person p left join person_password w on w.person_id = p.id`;

/** People with their passwords, links to set one, and failures under an address. */
@Injectable()
export class AccountsRepository {
  /** Served by person_email_once. */
  async byEmail(tx: Transaction, email: string): Promise<AccountRow | null> {
    const [row] = await tx.query<AccountRow>(`${ACCOUNT} where p.email = $1`, [email]);
    return row ?? null;
  }

  async byId(tx: Transaction, personId: string): Promise<AccountRow | null> {
    const [row] = await tx.query<AccountRow>(`${ACCOUNT} where p.id = $1`, [personId]);
    return row ?? null;
  }

  /** Changes of one person's factors take turns. */
  async lock(tx: Transaction, personId: string): Promise<void> {
    await tx.query('select id from person where id = $1 for no key update', [personId]);
  }

  /** Whether the person was not disabled before. */
  async disable(tx: Transaction, personId: string, at: Date): Promise<boolean> {
    const rows = await tx.query(
      'update person set disabled_at = $2 where id = $1 and disabled_at is null returning id',
      [personId, at],
    );
    return rows.length === 1;
  }

  /** Whether the person was disabled. */
  async enable(tx: Transaction, personId: string): Promise<boolean> {
    const rows = await tx.query(
      'update person set disabled_at = null where id = $1 and disabled_at is not null returning id',
      [personId],
    );
    return rows.length === 1;
  }

  async setPassword(tx: Transaction, personId: string, hash: string, at: Date): Promise<void> {
    await tx.query(
      `insert into person_password (person_id, hash, changed_at) values ($1, $2, $3)
       on conflict (person_id) do update set hash = excluded.hash, changed_at = excluded.changed_at`,
      [personId, hash, at],
    );
  }

  /** A link; an earlier one of the person is void. */
  async insertLink(
    tx: Transaction,
    link: { tokenHash: Buffer; personId: string; purpose: string; expiresAt: Date },
  ): Promise<void> {
    await tx.query(
      `insert into password_link (token_hash, person_id, purpose, expires_at) values ($1, $2, $3, $4)
       on conflict (person_id) do update
         set token_hash = excluded.token_hash, purpose = excluded.purpose, expires_at = excluded.expires_at`,
      [link.tokenHash, link.personId, link.purpose, link.expiresAt],
    );
  }

  /** A link in force and whose it is; nobody's who is disabled. */
  async link(
    tx: Transaction,
    tokenHash: Buffer,
    now: Date,
  ): Promise<{ person_id: string; purpose: string } | null> {
    const [row] = await tx.query<{ person_id: string; purpose: string }>(
      `select l.person_id, l.purpose from password_link l join person p on p.id = l.person_id
        where l.token_hash = $1 and l.expires_at > $2 and p.disabled_at is null`,
      [tokenHash, now],
    );
    return row ?? null;
  }

  /** Uses a link up; false when somebody else has in the meantime. */
  async takeLink(tx: Transaction, tokenHash: Buffer): Promise<boolean> {
    const rows = await tx.query(
      'delete from password_link where token_hash = $1 returning person_id',
      [tokenHash],
    );
    return rows.length === 1;
  }

  /**
   * Makes the link of an invitation void, unless an organisation still waits for the person; whether there was one. Whoever
   * looks after the person may.
   */
  async withdrawInvitation(tx: Transaction, personId: string): Promise<boolean> {
    const rows = await tx.query(
      `delete from password_link
        where person_id = $1 and purpose = 'invitation' and not belongs_anywhere($1) returning person_id`,
      [personId],
    );
    return rows.length === 1;
  }

  /** Of people, whether they have a way to sign in at a browser, and until when an invitation is open to them. */
  invitationsOf(tx: Transaction, personIds: readonly string[]): Promise<InvitationRow[]> {
    return tx.query<InvitationRow>(
      `select p.id as person_id, l.expires_at,
              exists (select 1 from person_password w where w.person_id = p.id)
              or exists (select 1 from provider_identity i where i.person_id = p.id and i.unlinked_at is null)
              or exists (select 1 from second_factor f where f.person_id = p.id and f.confirmed_at is not null)
                as is_taken_up
         from person p left join password_link l on l.person_id = p.id and l.purpose = 'invitation'
        where p.id = any($1)`,
      [personIds],
    );
  }

  /** Whether the person can begin to sign in at all: with a password, at a provider, or with a passkey alone. */
  async hasWayIn(tx: Transaction, personId: string): Promise<boolean> {
    const [row] = await tx.query<{ has_one: boolean }>(
      `select exists (select 1 from person_password where person_id = $1)
           or exists (select 1 from provider_identity where person_id = $1 and unlinked_at is null)
           or exists (select 1 from second_factor
                       where person_id = $1 and kind = 'passkey' and confirmed_at is not null) as has_one`,
      [personId],
    );
    return row!.has_one;
  }

  async removeLinks(tx: Transaction, personId: string): Promise<void> {
    await tx.query('delete from password_link where person_id = $1', [personId]);
  }

  /** The same statement whether the address is anybody's or not. */
  async countFailure(tx: Transaction, emailDigest: Buffer, at: Date): Promise<void> {
    await tx.query(
      `insert into failed_sign_in as f (email_digest, failures, last_at) values ($1, 1, $2)
       on conflict (email_digest) do update set failures = least(f.failures + 1, 1000000), last_at = excluded.last_at`,
      [emailDigest, at],
    );
  }

  /** How many failures there were since the last sign-in; from here on they are counted anew. */
  async takeFailures(tx: Transaction, emailDigest: Buffer): Promise<number> {
    const [row] = await tx.query<{ failures: number }>(
      'delete from failed_sign_in where email_digest = $1 returning failures',
      [emailDigest],
    );
    return row?.failures ?? 0;
  }

  /** Removes what has expired: links, and counts that nobody added to for a while. */
  async removeExpired(tx: Transaction, now: Date, failuresBefore: Date): Promise<void> {
    await tx.query('delete from password_link where expires_at <= $1', [now]);
    await tx.query('delete from failed_sign_in where last_at <= $1', [failuresBefore]);
    await tx.query('delete from sign_in_attempt where expire <= $1', [now.getTime()]);
  }
}
