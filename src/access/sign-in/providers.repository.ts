import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../../platform/database/constraint.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { DomainTaken, IdentityTaken } from './sign-in.errors.js';

export interface ProviderRow {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret_name: string;
  readonly domains: string[];
}

export interface IdentityRow {
  readonly id: string;
  readonly person_id: string;
  readonly provider_id: string;
  readonly provider_name: string;
  readonly linked_at: Date;
}

export interface VisitRow {
  readonly provider_id: string;
  readonly session_id: string | null;
  readonly sealed_checks: Buffer;
}

const PROVIDER = `select p.id, p.name, p.issuer, p.client_id, p.client_secret_name,
    coalesce(array_agg(d.domain order by d.domain) filter (where d.domain is not null), '{}') as domains
  from sign_in_provider p left join sign_in_provider_domain d on d.provider_id = p.id`;
const IDENTITY = `select i.id, i.person_id, i.provider_id, p.name as provider_name, i.linked_at
  from provider_identity i join sign_in_provider p on p.id = i.provider_id`;

/** Organisations' own sign-in providers, visits to them, and who is who there. */
@Injectable()
export class ProvidersRepository {
  /** Refuses DomainTaken. */
  async insert(tx: Transaction, provider: ProviderRow, at: Date): Promise<void> {
    await tx.query(
      `insert into sign_in_provider (id, name, issuer, client_id, client_secret_name, added_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        provider.id,
        provider.name,
        provider.issuer,
        provider.client_id,
        provider.client_secret_name,
        at,
      ],
    );
    await tx
      .query(
        'insert into sign_in_provider_domain (domain, provider_id) select unnest($2::text[]), $1',
        [provider.id, provider.domains],
      )
      .catch((error: unknown) =>
        refuseOnConstraint(error, { sign_in_provider_domain_pkey: () => new DomainTaken() }),
      );
  }

  /** Removes a provider and frees its domains; gives its issuer, or null when there was none. */
  async remove(tx: Transaction, id: string, at: Date): Promise<string | null> {
    await tx.query('delete from sign_in_provider_domain where provider_id = $1', [id]);
    const [row] = await tx.query<{ issuer: string }>(
      'update sign_in_provider set removed_at = $2 where id = $1 and removed_at is null returning issuer',
      [id, at],
    );
    return row?.issuer ?? null;
  }

  all(tx: Transaction): Promise<ProviderRow[]> {
    return tx.query<ProviderRow>(
      `${PROVIDER} where p.removed_at is null group by p.id order by p.name, p.id`,
    );
  }

  async byId(tx: Transaction, id: string): Promise<ProviderRow | null> {
    const [row] = await tx.query<ProviderRow>(
      `${PROVIDER} where p.id = $1 and p.removed_at is null group by p.id`,
      [id],
    );
    return row ?? null;
  }

  async byDomain(tx: Transaction, domain: string): Promise<{ id: string; name: string } | null> {
    const [row] = await tx.query<{ id: string; name: string }>(
      `select p.id, p.name from sign_in_provider_domain d join sign_in_provider p on p.id = d.provider_id
        where d.domain = $1 and p.removed_at is null`,
      [domain],
    );
    return row ?? null;
  }

  async insertVisit(
    tx: Transaction,
    visit: VisitRow & { tokenHash: Buffer; expiresAt: Date },
  ): Promise<void> {
    await tx.query(
      `insert into provider_visit (token_hash, provider_id, session_id, sealed_checks, expires_at)
       values ($1, $2, $3, $4, $5)`,
      [visit.tokenHash, visit.provider_id, visit.session_id, visit.sealed_checks, visit.expiresAt],
    );
  }

  /** A visit in force, which is used up. */
  async takeVisit(tx: Transaction, tokenHash: Buffer, now: Date): Promise<VisitRow | null> {
    const [row] = await tx.query<VisitRow>(
      `delete from provider_visit where token_hash = $1 and expires_at > $2
       returning provider_id, session_id, sealed_checks`,
      [tokenHash, now],
    );
    return row ?? null;
  }

  /** In force. Served by provider_identity_once. */
  async identity(tx: Transaction, issuer: string, subject: string): Promise<IdentityRow | null> {
    const [row] = await tx.query<IdentityRow>(
      `${IDENTITY} where i.issuer = $1 and i.subject = $2 and i.unlinked_at is null`,
      [issuer, subject],
    );
    return row ?? null;
  }

  /** Everybody to whom a subject is or was linked. Served by provider_identity_by_subject. */
  async holdersOf(tx: Transaction, issuer: string, subject: string): Promise<string[]> {
    const rows = await tx.query<{ person_id: string }>(
      `select distinct person_id from provider_identity where issuer = $1 and subject = $2 order by person_id`,
      [issuer, subject],
    );
    return rows.map((row) => row.person_id);
  }

  /** Whether the person is or was known at an issuer, under whichever subject. */
  async hasIdentityAt(tx: Transaction, personId: string, issuer: string): Promise<boolean> {
    const rows = await tx.query(
      'select 1 from provider_identity where person_id = $1 and issuer = $2 limit 1',
      [personId, issuer],
    );
    return rows.length === 1;
  }

  /** In force, the oldest first. */
  identities(tx: Transaction, personId: string): Promise<IdentityRow[]> {
    return tx.query<IdentityRow>(
      `${IDENTITY} where i.person_id = $1 and i.unlinked_at is null order by i.linked_at, i.id`,
      [personId],
    );
  }

  /** Refuses IdentityTaken. */
  async link(
    tx: Transaction,
    identity: {
      id: string;
      personId: string;
      providerId: string;
      issuer: string;
      subject: string;
      at: Date;
    },
  ): Promise<void> {
    await tx
      .query(
        `insert into provider_identity (id, person_id, provider_id, issuer, subject, linked_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [
          identity.id,
          identity.personId,
          identity.providerId,
          identity.issuer,
          identity.subject,
          identity.at,
        ],
      )
      .catch((error: unknown) =>
        refuseOnConstraint(error, { provider_identity_once: () => new IdentityTaken() }),
      );
  }

  /** Takes an identity of the person out of force and says at which provider; null when there was none. */
  async unlink(tx: Transaction, personId: string, id: string, at: Date): Promise<string | null> {
    const [row] = await tx.query<{ provider_id: string }>(
      `update provider_identity set unlinked_at = $3
        where id = $1 and person_id = $2 and unlinked_at is null returning provider_id`,
      [id, personId, at],
    );
    return row?.provider_id ?? null;
  }

  async removeExpiredVisits(tx: Transaction, now: Date): Promise<void> {
    await tx.query('delete from provider_visit where expires_at <= $1', [now]);
  }
}
