import { Injectable } from '@nestjs/common';
import { MemberStandingService } from '../access/member-standing.service.js';
import { MembersService, type Member, type NewMember } from '../access/members.service.js';
import { OrganisationsService } from '../access/organisations/organisations.service.js';
import { ROLES, type Role } from '../access/permissions.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Transaction } from '../platform/database/transaction.js';
import { PartyNotInTerms } from './contracts.errors.js';
import { ContractsRepository } from './contracts.repository.js';

/** A part that somebody of an organisation can be given: in a contract, for a party that it is, in the role of its terms. */
export interface OrganisationPart {
  readonly contract: string;
  readonly title: string;
  readonly party: string;
  readonly role: Role;
}

/** Ties the people of a contract to the parties that its terms name. */
@Injectable()
export class ContractMembersService {
  constructor(
    private readonly members: MembersService,
    private readonly standing: MemberStandingService,
    private readonly organisations: OrganisationsService,
    private readonly repository: ContractsRepository,
  ) {}

  /** The parts that people of an organisation can have, by contract. Refuses NotVisible and PermissionRefused. */
  async partsOf(
    tx: Transaction,
    actor: Actor,
    organisationId: string,
  ): Promise<readonly OrganisationPart[]> {
    const { parties } = await this.organisations.managed(tx, actor, organisationId);
    const roles = await this.repository.rolesOfParties(tx, parties, ROLES);
    return roles.map(({ place, role }) => {
      const { contract, title, party } = parties[place - 1]!;
      return { contract, title, party, role: ROLES.find((known) => known === role)! };
    });
  }

  /**
   * Gives a person a role for a party that the draft or the terms in force name with that role. Refuses PartyNotInTerms,
   * and whatever MembersService.addMember refuses.
   */
  async addMember(tx: Transaction, actor: Actor, code: string, member: NewMember): Promise<Member> {
    const { contractId } = await this.standing.toManage(tx, actor, code, member.party);
    if (!(await this.repository.namesParty(tx, contractId, member.party, member.role)))
      throw new PartyNotInTerms(member.party, member.role);
    return this.members.addMember(tx, actor, code, member);
  }
}
