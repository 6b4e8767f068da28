import { Inject, Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { SERVICE_STREAM } from '../../domain/audit/entry.js';
import { reviewDue, type ReviewDue } from '../../domain/access-review/review-due.js';
import { londonDateOf } from '../../domain/calendar/civil-date.js';
import type { Clock } from '../../domain/calendar/clock.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { AccessService } from '../access.service.js';
import { RECORD_OF_ACCESS, type RecordOfAccess } from '../record-of-access.js';
import { PartyHasOthers } from './organisations.errors.js';
import { OrganisationsRepository, type OrganisationRow } from './organisations.repository.js';
import { NotVisible } from '../access.errors.js';
import { managingAs } from './standing.js';

/** An organisation as it is seen by whoever belongs to it. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  /** What only whoever looks after it sees; null for everybody else. */
  readonly managed: ManagedOrganisation | null;
}

export interface ManagedOrganisation extends ReviewDue {
  /** How many people belong to it at present. */
  readonly people: number;
}

/** A party of a contract that an organisation is. */
export interface OwnParty {
  readonly contractId: string;
  readonly contract: string;
  readonly title: string;
  readonly party: string;
}

/** Organisations, and which parties of contracts they are. */
@Injectable()
export class OrganisationsService {
  constructor(
    private readonly repository: OrganisationsRepository,
    private readonly access: AccessService,
    @Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Adds an organisation. Refuses PermissionRefused and OrganisationExists. */
  async create(tx: Transaction, actor: Actor, name: string): Promise<Organisation> {
    this.access.authoriseService(actor, 'organisation:manage');
    const id = v7();
    await this.repository.insert(tx, id, name, actor.personId);
    await this.record.append(tx, {
      stream: SERVICE_STREAM,
      type: 'organisation.created',
      actor,
      duty: 'administrator',
      payload: { organisationId: id },
    });
    return { id, name, managed: { people: 0, dueOn: null, isOverdue: false } };
  }

  /** All organisations for an administrator; for everybody else those they belong to. */
  async list(tx: Transaction, actor: Actor): Promise<Organisation[]> {
    const rows = await this.repository.list(tx, actor.isAdministrator ? null : actor.personId);
    return rows.map((row) => this.organisationOf(row));
  }

  /** One that somebody looks after, with the parties that it is. Refuses NotVisible and PermissionRefused. */
  async managed(
    tx: Transaction,
    actor: Actor,
    id: string,
  ): Promise<Organisation & { readonly parties: readonly OwnParty[] }> {
    await managingAs(tx, this.repository, actor, id);
    const row = await this.repository.byId(tx, id);
    if (!row) throw new NotVisible('organisation');
    const parties = await this.repository.parties(tx, id);
    return {
      ...this.organisationOf(row),
      parties: parties.map(({ contract_id: contractId, ...party }) => ({ contractId, ...party })),
    };
  }

  /**
   * Says which organisation a party of a contract is: from then on only its people can act for the party. Refuses
   * NotVisible, PermissionRefused, PartyIsNamed, and PartyHasOthers while others act for it.
   */
  async nameParty(
    tx: Transaction,
    actor: Actor,
    contractCode: string,
    party: string,
    organisationId: string,
  ): Promise<void> {
    const { contractId } = await this.access.authoriseByCode(
      tx,
      actor,
      'member:manage',
      contractCode,
    );
    if (!(await this.repository.exists(tx, organisationId))) throw new NotVisible('organisation');
    await this.repository.nameParty(tx, {
      contractId,
      party,
      organisationId,
      namedBy: actor.personId,
    });
    if (await this.repository.hasOthers(tx, contractId, party, organisationId))
      throw new PartyHasOthers();
    await this.record.append(tx, {
      stream: contractId,
      type: 'party.named',
      actor,
      duty: 'administrator',
      payload: { party, organisationId },
    });
  }

  private organisationOf(row: OrganisationRow): Organisation {
    const { id, name, people, last_reviewed_at: lastReviewedAt, access_since: accessSince } = row;
    const due = reviewDue({ lastReviewedAt, accessSince }, londonDateOf(this.clock.now()));
    return { id, name, managed: row.is_managed ? { people, ...due } : null };
  }
}
