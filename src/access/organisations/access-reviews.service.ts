import { Inject, Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { SERVICE_STREAM } from '../../domain/audit/entry.js';
import { reviewDue, type ReviewDue } from '../../domain/access-review/review-due.js';
import { londonDateOf } from '../../domain/calendar/civil-date.js';
import type { Clock } from '../../domain/calendar/clock.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { MembersRepository } from '../members.repository.js';
import type { Role } from '../permissions.js';
import { SessionsService } from '../sign-in/sessions.service.js';
import { RECORD_OF_ACCESS, type RecordOfAccess } from '../record-of-access.js';
import { AccessReviewsRepository, type AccessRow } from './access-reviews.repository.js';
import { ReviewIncomplete } from './organisations.errors.js';
import { OrganisationsRepository } from './organisations.repository.js';
import { managingAs } from './standing.js';

/** What one person may do for the organisation in one contract. */
export interface ReviewedAccess {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly contract: string;
  readonly party: string;
  readonly role: Role;
  readonly grantedAt: string;
  /** When they last did anything in the contract that is recorded; null when they never did. */
  readonly lastActAt: string | null;
}

export interface AccessToReview extends ReviewDue {
  /** null when it was never reviewed. */
  readonly lastReviewedAt: string | null;
  readonly access: readonly ReviewedAccess[];
}

/** Whether one access stays. */
export interface ReviewDecision {
  readonly personId: string;
  readonly contract: string;
  readonly role: Role;
  readonly keep: boolean;
}

/** Reviews of who may do what for an organisation: each access is kept or ended by name, none by silence. */
@Injectable()
export class AccessReviewsService {
  constructor(
    private readonly organisations: OrganisationsRepository,
    private readonly repository: AccessReviewsRepository,
    private readonly members: MembersRepository,
    private readonly sessions: SessionsService,
    @Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** All that is to be reviewed. Refuses NotVisible and PermissionRefused. */
  async toReview(tx: Transaction, actor: Actor, organisationId: string): Promise<AccessToReview> {
    await managingAs(tx, this.organisations, actor, organisationId);
    const lastReviewedAt = await this.repository.lastReview(tx, organisationId);
    const rows = await this.repository.access(tx, organisationId);
    const since = rows.map((row) => row.granted_at.getTime());
    const accessSince = since.length === 0 ? null : new Date(Math.min(...since));
    return {
      ...reviewDue({ lastReviewedAt, accessSince }, londonDateOf(this.clock.now())),
      lastReviewedAt: lastReviewedAt?.toISOString() ?? null,
      access: rows.map(accessOf),
    };
  }

  /**
   * Records a review and ends what is not kept, and the browser sessions of those who lose it, at once. Refuses NotVisible, PermissionRefused, and ReviewIncomplete
   * unless the decisions name exactly the access in force.
   */
  async review(
    tx: Transaction,
    actor: Actor,
    organisationId: string,
    decisions: readonly ReviewDecision[],
  ): Promise<{ readonly kept: number; readonly ended: number }> {
    const duty = await managingAs(tx, this.organisations, actor, organisationId);
    const inForce = await this.repository.access(tx, organisationId);
    const keeps = new Map(decisions.map((each) => [keyOf(each), each.keep]));
    const missing = inForce.filter((row) => !keeps.has(keyOfRow(row))).length;
    if (missing > 0 || decisions.length !== inForce.length)
      throw new ReviewIncomplete(Math.max(missing, Math.abs(decisions.length - inForce.length)));
    const reviewId = v7();
    const items = inForce.map((row) => ({
      personId: row.person_id,
      contractId: row.contract_id,
      role: row.role,
      outcome: keeps.get(keyOfRow(row)) === true ? ('kept' as const) : ('ended' as const),
    }));
    const reviewedAt = this.clock.now();
    await this.repository.insertReview(
      tx,
      { id: reviewId, organisationId, reviewedBy: actor.personId, reviewedAt },
      items,
    );
    const ended = items.filter(({ outcome }) => outcome === 'ended');
    for (const { contractId, personId, role } of ended) {
      const party = await this.members.end(tx, contractId, personId, role);
      await this.record.append(tx, {
        stream: contractId,
        type: 'member.ended',
        actor,
        duty,
        payload: { personId, party: party ?? '', role },
      });
    }
    for (const personId of new Set(ended.map((item) => item.personId)))
      await this.sessions.endAllOf(tx, actor, personId, 'access-ended');
    const counts = { kept: items.length - ended.length, ended: ended.length };
    await this.record.append(tx, {
      stream: SERVICE_STREAM,
      type: 'access.reviewed',
      actor,
      duty,
      payload: { organisationId, reviewId, ...counts },
    });
    return counts;
  }
}

const keyOf = ({ personId, contract, role }: ReviewDecision): string =>
  `${personId} ${contract} ${role}`;
const keyOfRow = (row: AccessRow): string => `${row.person_id} ${row.contract} ${row.role}`;

const accessOf = (row: AccessRow): ReviewedAccess => ({
  personId: row.person_id,
  email: row.email,
  name: row.name,
  contract: row.contract,
  party: row.party,
  role: row.role,
  grantedAt: row.granted_at.toISOString(),
  lastActAt: row.last_act_at?.toISOString() ?? null,
});
