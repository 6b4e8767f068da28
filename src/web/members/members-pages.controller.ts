import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import {
  AdministratorIsNoParty,
  MemberExists,
  MemberUnknown,
  PersonUnknown,
} from '../../access/access.errors.js';
import { MembersService } from '../../access/members.service.js';
import { ContractMembersService } from '../../contracts/contract-members.service.js';
import { PartyNotInTerms } from '../../contracts/contracts.errors.js';
import { ContractsService } from '../../contracts/contracts.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { hasErrors, page, redirect, type Answer } from '../frame/answer.js';
import { errorsWhere } from '../frame/checks.js';
import { noticeOf, withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { paths, pathTo } from '../paths.js';
import {
  END,
  endPage,
  MEMBERS,
  membersPage,
  NEW_MEMBER,
  newMemberPage,
} from './members.presenter.js';
import { partsOf } from './parts.js';

/** Who takes part in a contract, and in which role: given, looked through, and ended. */
@Requires('member:manage')
@Pages()
@Controller()
export class MembersPagesController {
  constructor(
    private readonly members: MembersService,
    private readonly contractMembers: ContractMembersService,
    private readonly contracts: ContractsService,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get(paths.members)
  async list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Query('done') done: unknown,
  ): Promise<Answer> {
    return page(MEMBERS, membersPage(code, await this.membersOf(actor, code), noticeOf(done)));
  }

  @Get(paths.newMember)
  async showNew(@CurrentActor() actor: Actor, @Param('code') code: string): Promise<Answer> {
    await this.membersOf(actor, code); // whoever may not see them may not add one
    return page(NEW_MEMBER, newMemberPage(code, await this.partsOf(actor, code)));
  }

  @Post(paths.newMember)
  async add(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const form = readForm(body, ['email', 'part'] as const);
    await this.membersOf(actor, code);
    const parts = await this.partsOf(actor, code);
    const part = parts.find(({ value }) => value === form.part);
    const wrong = errorsWhere(
      ['email', form.email.trim() === '', 'Enter the e-mail address of a person who was added'],
      ['part', part === undefined, 'Choose a part'],
    );
    if (hasErrors(wrong) || part === undefined)
      return page(NEW_MEMBER, newMemberPage(code, parts, form, wrong));
    const { party, role } = part;
    const member = { email: form.email.trim(), party, role };
    try {
      await this.transactions.run(actor, (tx) =>
        this.contractMembers.addMember(tx, actor, code, member),
      );
    } catch (error) {
      const { errors } = refusalAt(error, [
        [PersonUnknown, 'email'],
        [AdministratorIsNoParty, 'email'],
        [MemberExists, 'email'],
        [PartyNotInTerms, 'part'],
      ]);
      return page(NEW_MEMBER, newMemberPage(code, parts, form, errors));
    }
    return redirect(withNotice(pathTo(paths.members, { code }), 'member-added'));
  }

  @Get(paths.memberEnd)
  async showEnd(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('personId', IdInPath) personId: string,
    @Param('role') role: string,
  ): Promise<Answer> {
    return page(END, endPage(code, await this.member(actor, code, personId, role)));
  }

  @Post(paths.memberEnd)
  async end(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('personId', IdInPath) personId: string,
    @Param('role') role: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    const member = await this.member(actor, code, personId, role);
    await this.transactions.run(actor, (tx) =>
      this.members.endMember(tx, actor, code, personId, member.role),
    );
    return redirect(withNotice(pathTo(paths.members, { code }), 'member-ended'));
  }

  private membersOf(actor: Actor, code: string) {
    return this.transactions.readOnly(actor, (tx) => this.members.members(tx, actor, code));
  }

  /** One present member. Refuses MemberUnknown. */
  private async member(actor: Actor, code: string, personId: string, role: string) {
    const members = await this.membersOf(actor, code);
    const member = members.find(
      (each) => each.personId === personId && each.role === role && each.endedAt === null,
    );
    if (!member) throw new MemberUnknown();
    return member;
  }

  private async partsOf(actor: Actor, code: string) {
    return partsOf(await this.contracts.edition(actor, code, null));
  }
}
