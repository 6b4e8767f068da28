import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../../platform/database/constraint.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { OrganisationExists, PartyIsNamed } from './organisations.errors.js';

export interface OrganisationRow {
  readonly id: string;
  readonly name: string;
  /** Whether the acting person looks after it; whoever does not sees only themselves in it. */
  readonly is_managed: boolean;
  readonly people: number;
  readonly last_reviewed_at: Date | null;
  readonly access_since: Date | null;
}

/** A party of a contract that an organisation is. */
export interface PartyRow {
  readonly contract_id: string;
  readonly contract: string;
  readonly title: string;
  readonly party: string;
}

const ORGANISATION = `select o.id, o.name, o.id = any((select organisations_managed())::uuid[]) as is_managed,
    (select count(*)::int from affiliation a where a.organisation_id = o.id and a.ended_at is null) as people,
    (select max(r.reviewed_at) from access_review r where r.organisation_id = o.id) as last_reviewed_at,
    (select min(m.granted_at) from contract_party cp
       join membership m on m.contract_id = cp.contract_id and m.party = cp.party and m.ended_at is null
      where cp.organisation_id = o.id) as access_since
  from organisation o`;

export interface AffiliateRow {
  readonly person_id: string;
  readonly email: string;
  readonly name: string;
  readonly is_manager: boolean;
  readonly granted_at: Date;
  readonly ended_at: Date | null;
}

/** Organisations, who belongs to them, and which parties of contracts they are. */
@Injectable()
export class OrganisationsRepository {
  /** Refuses OrganisationExists. */
  async insert(tx: Transaction, id: string, name: string, createdBy: string): Promise<void> {
    await tx
      .query('insert into organisation (id, name, created_by) values ($1, $2, $3)', [
        id,
        name,
        createdBy,
      ])
      .catch((error: unknown) =>
        refuseOnConstraint(error, { organisation_name_once: () => new OrganisationExists() }),
      );
  }

  /** All organisations, or those that a person belongs to, by name. */
  list(tx: Transaction, ofPerson: string | null): Promise<OrganisationRow[]> {
    return tx.query<OrganisationRow>(
      `${ORGANISATION}
        where $1::uuid is null or exists (select 1 from affiliation a where a.organisation_id = o.id
                                             and a.person_id = $1 and a.ended_at is null)
        order by lower(o.name)`,
      [ofPerson],
    );
  }

  async byId(tx: Transaction, id: string): Promise<OrganisationRow | null> {
    const [row] = await tx.query<OrganisationRow>(`${ORGANISATION} where o.id = $1`, [id]);
    return row ?? null;
  }

  /** The parties that an organisation is, by contract and party. Served by contract_party_by_organisation. */
  parties(tx: Transaction, id: string): Promise<PartyRow[]> {
    return tx.query<PartyRow>(
      `select c.id as contract_id, c.code as contract, c.title, cp.party
         from contract_party cp join contract c on c.id = cp.contract_id
        where cp.organisation_id = $1 order by c.code, cp.party`,
      [id],
    );
  }

  async exists(tx: Transaction, id: string): Promise<boolean> {
    return (await tx.query('select 1 from organisation where id = $1', [id])).length === 1;
  }

  /** Whether a person belongs to the organisation at present, and as its manager. */
  async affiliation(
    tx: Transaction,
    organisationId: string,
    personId: string,
  ): Promise<{ readonly isManager: boolean } | null> {
    const [row] = await tx.query<{ is_manager: boolean }>(
      `select is_manager from affiliation
        where organisation_id = $1 and person_id = $2 and ended_at is null`,
      [organisationId, personId],
    );
    return row === undefined ? null : { isManager: row.is_manager };
  }

  /** Everybody who belongs or belonged, by e-mail address. */
  people(tx: Transaction, organisationId: string): Promise<AffiliateRow[]> {
    return tx.query<AffiliateRow>(
      `select a.person_id, p.email, p.name, a.is_manager, a.granted_at, a.ended_at
         from affiliation a join person p on p.id = a.person_id
        where a.organisation_id = $1 order by p.email`,
      [organisationId],
    );
  }

  /** Lets a person belong, again if they had left, or changes whether they manage; false when nothing would change. */
  async affiliate(
    tx: Transaction,
    to: { organisationId: string; personId: string; isManager: boolean; grantedBy: string },
  ): Promise<boolean> {
    const rows = await tx.query(
      `insert into affiliation as a (organisation_id, person_id, is_manager, granted_by) values ($1, $2, $3, $4)
       on conflict (organisation_id, person_id) do update
          set is_manager = excluded.is_manager, granted_by = excluded.granted_by, granted_at = now(), ended_at = null
        where a.ended_at is not null or a.is_manager <> excluded.is_manager
       returning person_id`,
      [to.organisationId, to.personId, to.isManager, to.grantedBy],
    );
    return rows.length === 1;
  }

  /** How many managers there are besides one person. Takes them for this transaction, so that two cannot leave at once. */
  async otherManagers(tx: Transaction, organisationId: string, personId: string): Promise<number> {
    const rows = await tx.query<{ person_id: string }>(
      `select person_id from affiliation
        where organisation_id = $1 and is_manager and ended_at is null order by person_id for update`,
      [organisationId],
    );
    return rows.filter((row) => row.person_id !== personId).length;
  }

  /** Whether the person belonged until now. */
  async leave(tx: Transaction, organisationId: string, personId: string): Promise<boolean> {
    const rows = await tx.query(
      `update affiliation set ended_at = now()
        where organisation_id = $1 and person_id = $2 and ended_at is null returning person_id`,
      [organisationId, personId],
    );
    return rows.length === 1;
  }

  /** Says which organisation a party is. Refuses PartyIsNamed. */
  async nameParty(
    tx: Transaction,
    named: { contractId: string; party: string; organisationId: string; namedBy: string },
  ): Promise<void> {
    await tx
      .query(
        `insert into contract_party (contract_id, party, organisation_id, named_by) values ($1, $2, $3, $4)`,
        [named.contractId, named.party, named.organisationId, named.namedBy],
      )
      .catch((error: unknown) =>
        refuseOnConstraint(error, { contract_party_pkey: () => new PartyIsNamed() }),
      );
  }

  /** Whether people act for a party who do not belong to an organisation. */
  async hasOthers(
    tx: Transaction,
    contractId: string,
    party: string,
    organisationId: string,
  ): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from membership m
        where m.contract_id = $1 and m.party = $2 and m.ended_at is null
          and not exists (select 1 from affiliation a
                           where a.organisation_id = $3 and a.person_id = m.person_id and a.ended_at is null)
        limit 1`,
      [contractId, party, organisationId],
    );
    return rows.length === 1;
  }
}
