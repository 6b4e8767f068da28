import { Inject, Injectable } from '@nestjs/common';
import { SERVICE_STREAM } from '../../domain/audit/entry.js';
import type { Actor } from '../../platform/auth/actor.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { AdministratorIsNoParty } from '../access.errors.js';
import { PeopleService } from '../people.service.js';
import { SessionsService } from '../sign-in/sessions.service.js';
import { RECORD_OF_ACCESS, type RecordOfAccess } from '../record-of-access.js';
import { AccessReviewsRepository } from './access-reviews.repository.js';
import { AffiliationExists, AffiliationUnknown, LastManager } from './organisations.errors.js';
import { OrganisationsRepository, type AffiliateRow } from './organisations.repository.js';
import { managingAs, type ManagingAs } from './standing.js';

/** Somebody who belongs, or belonged, to an organisation. */
export interface Affiliate {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly isManager: boolean;
  readonly since: string;
  /** null while they belong to it. */
  readonly endedAt: string | null;
}

export interface NewAffiliate {
  readonly email: string;
  readonly name: string;
  readonly isManager: boolean;
}

/** Who belongs to an organisation. Its managers and administrators look after it. */
@Injectable()
export class AffiliationsService {
  constructor(
    private readonly repository: OrganisationsRepository,
    private readonly reviews: AccessReviewsRepository,
    private readonly people: PeopleService,
    private readonly sessions: SessionsService,
    @Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess,
  ) {}

  /**
   * Lets somebody belong to an organisation, who is added if they are new to the service; whoever calls this sends them
   * the way in. The same again changes nothing but whether they manage. Refuses NotVisible, PermissionRefused,
   * PersonNotNamed, AdministratorIsNoParty,
   * AffiliationExists and LastManager.
   */
  async add(
    tx: Transaction,
    actor: Actor,
    organisationId: string,
    { email, name, isManager }: NewAffiliate,
  ): Promise<{ readonly personId: string; readonly isNew: boolean }> {
    const duty = await managingAs(tx, this.repository, actor, organisationId);
    const { person, isNew } = await this.people.findOrAdd(tx, actor, duty, { email, name });
    if (person.isAdministrator) throw new AdministratorIsNoParty();
    const personId = person.id;
    if (!isManager) await this.refuseLastManager(tx, organisationId, personId, duty);
    const to = { organisationId, personId, isManager, grantedBy: actor.personId };
    if (!(await this.repository.affiliate(tx, to))) throw new AffiliationExists();
    await this.record.append(tx, {
      stream: SERVICE_STREAM,
      type: 'affiliation.granted',
      actor,
      duty,
      payload: { organisationId, personId, isManager },
    });
    return { personId, isNew };
  }

  /** Everybody who belongs or belonged. Refuses NotVisible and PermissionRefused. */
  async list(tx: Transaction, actor: Actor, organisationId: string): Promise<Affiliate[]> {
    await managingAs(tx, this.repository, actor, organisationId);
    return (await this.repository.people(tx, organisationId)).map(affiliateOf);
  }

  /**
   * Ends a person's belonging, and with it, at once, every part they have in contracts for the organisation, and their
   * browser sessions. A manager may let in anybody who is no administrator, so their ending it signs nobody out who
   * acted for the organisation in nothing. What the person did stays. Refuses NotVisible, PermissionRefused, AffiliationUnknown and LastManager.
   */
  async end(
    tx: Transaction,
    actor: Actor,
    organisationId: string,
    personId: string,
  ): Promise<void> {
    const duty = await managingAs(tx, this.repository, actor, organisationId);
    await this.refuseLastManager(tx, organisationId, personId, duty);
    const ended = await this.reviews.endAll(tx, organisationId, personId);
    if (!(await this.repository.leave(tx, organisationId, personId)))
      throw new AffiliationUnknown();
    for (const { contract_id: stream, party, role } of ended)
      await this.record.append(tx, {
        stream,
        type: 'member.ended',
        actor,
        duty,
        payload: { personId, party, role },
      });
    await this.record.append(tx, {
      stream: SERVICE_STREAM,
      type: 'affiliation.ended',
      actor,
      duty,
      payload: { organisationId, personId },
    });
    if (duty === 'administrator' || ended.length > 0)
      await this.sessions.endAllOf(tx, actor, personId, 'access-ended');
  }

  /** Managers do not leave an organisation without one; an administrator may, who looks after it then. */
  private async refuseLastManager(
    tx: Transaction,
    organisationId: string,
    personId: string,
    duty: ManagingAs,
  ): Promise<void> {
    if (duty === 'administrator') return;
    const present = await this.repository.affiliation(tx, organisationId, personId);
    if (present?.isManager !== true) return;
    if ((await this.repository.otherManagers(tx, organisationId, personId)) === 0)
      throw new LastManager();
  }
}

const affiliateOf = (row: AffiliateRow): Affiliate => ({
  personId: row.person_id,
  email: row.email,
  name: row.name,
  isManager: row.is_manager,
  since: row.granted_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
});
