import { Injectable } from '@nestjs/common';
import { MemberStandingService } from '../access/member-standing.service.js';
import { MembersService, type Member, type NewMember } from '../access/members.service.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Transaction } from '../platform/database/transaction.js';
import { PartyNotInTerms } from './contracts.errors.js';
import { ContractsRepository } from './contracts.repository.js';

/** Ties the people of a contract to the parties that its terms name. */
@Injectable()
export class ContractMembersService {
  constructor(
    private readonly members: MembersService,
    private readonly standing: MemberStandingService,
    private readonly repository: ContractsRepository,
  ) {}

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
