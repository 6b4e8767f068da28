import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../platform/auth/actor.js';
import type { Transaction } from '../platform/database/transaction.js';
import {
  AdministratorIsNoParty,
  MemberExists,
  MemberUnknown,
  PersonUnknown,
} from './access.errors.js';
import { AccessService } from './access.service.js';
import { MemberStandingService } from './member-standing.service.js';
import { MembersRepository, type MemberRow } from './members.repository.js';
import { PeopleRepository } from './people.repository.js';
import type { Role } from './permissions.js';
import { RECORD_OF_ACCESS, type RecordOfAccess } from './record-of-access.js';

/** A person in a contract. */
export interface Member {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly party: string;
  readonly role: Role;
  readonly grantedAt: string;
  /** null while the membership is in force. */
  readonly endedAt: string | null;
}

export interface NewMember {
  readonly email: string;
  readonly party: string;
  readonly role: Role;
}

/** Who takes part in a contract, for which party and in which role. */
@Injectable()
export class MembersService {
  constructor(
    private readonly repository: MembersRepository,
    private readonly people: PeopleRepository,
    private readonly access: AccessService,
    private readonly standing: MemberStandingService,
    @Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess,
  ) {}

  /**
   * Gives a person a role in a contract. Refuses NotVisible, PermissionRefused, PersonUnknown, AdministratorIsNoParty,
   * NotOfTheOrganisation and MemberExists.
   */
  async addMember(
    tx: Transaction,
    actor: Actor,
    contractCode: string,
    { email, party, role }: NewMember,
  ): Promise<Member> {
    const { contractId, duty } = await this.standing.toManage(tx, actor, contractCode, party);
    const person = await this.people.personByEmail(tx, email);
    if (!person) throw new PersonUnknown();
    if (person.is_administrator) throw new AdministratorIsNoParty();
    const membership = { contractId, personId: person.id, party, role, grantedBy: actor.personId };
    if (!(await this.repository.grant(tx, membership))) throw new MemberExists();
    await this.record.append(tx, {
      stream: contractId,
      type: 'member.added',
      actor,
      duty,
      payload: { personId: person.id, party, role },
    });
    const members = await this.repository.members(tx, contractId);
    return memberOf(
      members.find((member) => member.person_id === person.id && member.role === role)!,
    );
  }

  /** Makes the commissioner's person who has just opened a contract its first member. The caller has authorised them. */
  async addFounder(
    tx: Transaction,
    actor: Actor,
    contractId: string,
    party: string,
  ): Promise<void> {
    const { personId } = actor;
    const role = 'commissioner';
    await this.repository.grant(tx, { contractId, personId, party, role, grantedBy: personId });
    await this.record.append(tx, {
      stream: contractId,
      type: 'member.added',
      actor,
      duty: role,
      payload: { personId, party, role },
    });
  }

  /** Ends a role at once. What the person did in it stays. Refuses as addMember does, and MemberUnknown. */
  async endMember(
    tx: Transaction,
    actor: Actor,
    contractCode: string,
    personId: string,
    role: Role,
  ): Promise<void> {
    const present = await this.repository.partyOf(tx, contractCode, personId, role);
    const { contractId, duty } = await this.standing.toManage(tx, actor, contractCode, present);
    const party = await this.repository.end(tx, contractId, personId, role);
    if (party === null) throw new MemberUnknown();
    await this.record.append(tx, {
      stream: contractId,
      type: 'member.ended',
      actor,
      duty,
      payload: { personId, party, role },
    });
  }

  /** Everybody who takes or took part. Refuses NotVisible and PermissionRefused. */
  async members(tx: Transaction, actor: Actor, contractCode: string): Promise<Member[]> {
    const { contractId } = await this.access.authoriseByCode(
      tx,
      actor,
      'member:manage',
      contractCode,
    );
    return (await this.repository.members(tx, contractId)).map(memberOf);
  }
}

const memberOf = (row: MemberRow): Member => ({
  personId: row.person_id,
  email: row.email,
  name: row.name,
  party: row.party,
  role: row.role,
  grantedAt: row.granted_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
});
