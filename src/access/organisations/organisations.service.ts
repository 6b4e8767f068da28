import { Inject, Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { SERVICE_STREAM } from '../../domain/audit/entry.js';
import type { Actor } from '../../platform/auth/actor.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { AccessService } from '../access.service.js';
import { RECORD_OF_ACCESS, type RecordOfAccess } from '../record-of-access.js';
import { PartyHasOthers } from './organisations.errors.js';
import { OrganisationsRepository, type OrganisationRow } from './organisations.repository.js';
import { NotVisible } from '../access.errors.js';

/** Organisations, and which parties of contracts they are. */
@Injectable()
export class OrganisationsService {
  constructor(
    private readonly repository: OrganisationsRepository,
    private readonly access: AccessService,
    @Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess,
  ) {}

  /** Adds an organisation. Refuses PermissionRefused and OrganisationExists. */
  async create(tx: Transaction, actor: Actor, name: string): Promise<OrganisationRow> {
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
    return { id, name, people: 0 };
  }

  /** All organisations for an administrator; for everybody else those they belong to. */
  list(tx: Transaction, actor: Actor): Promise<OrganisationRow[]> {
    return this.repository.list(tx, actor.isAdministrator ? null : actor.personId);
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
}
