import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags, ApiOperation } from '@nestjs/swagger';
import { MembersService } from '../../access/members.service.js';
import type { Role } from '../../access/permissions.js';
import { ContractMembersService } from '../../contracts/contract-members.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { MembersList, MemberView, NewMemberBody } from './member.dto.js';
import { RolePipe } from './role.pipe.js';

@ApiTags('Members')
@Controller('v1/contracts/:code/members')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly contractMembers: ContractMembersService,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Gives a person a role in the contract, for a party that its terms name with that role. */
  @Requires('member:manage')
  @Post()
  @ApiOperation({ summary: 'Give a person a role in a contract, on behalf of a party' })
  add(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Body() body: NewMemberBody,
  ): Promise<MemberView> {
    return this.transactions.run(actor, (tx) =>
      this.contractMembers.addMember(tx, actor, code, body),
    );
  }

  /** Everybody who takes or took part in the contract. */
  @Requires('member:manage')
  @Get()
  @ApiOperation({ summary: 'Who has a part in a contract, also those whose part has ended' })
  async list(@CurrentActor() actor: Actor, @Param('code') code: string): Promise<MembersList> {
    const items = await this.transactions.readOnly(actor, (tx) =>
      this.members.members(tx, actor, code),
    );
    return { items };
  }

  /** Ends a role at once. What the person did in it stays. */
  @Requires('member:manage')
  @Delete(':personId/:role')
  @ApiOperation({ summary: "End a person's part in a contract" })
  @HttpCode(204)
  end(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('personId', IdInPath) personId: string,
    @Param('role', RolePipe) role: Role,
  ): Promise<void> {
    return this.transactions.run(actor, (tx) =>
      this.members.endMember(tx, actor, code, personId, role),
    );
  }
}
