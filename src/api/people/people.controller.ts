import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags, ApiOperation } from '@nestjs/swagger';
import { HumansService } from '../../access/humans/humans.service.js';
import { PeopleService } from '../../access/people.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { decodeCursor, pageOf } from '../../platform/http/cursor.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { AddedPerson, NewPersonBody, PeoplePage, PersonView, SameHumanBody } from './person.dto.js';
import { IssuedKeyView, NarrowedKeyBody } from '../keys/key.dto.js';

@ApiTags('People')
@Controller('v1')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly humans: HumansService,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Adds a person and issues their first key, which is shown only in this answer. */
  @Requires('person:manage')
  @Post('people')
  @ApiOperation({ summary: 'Add a person; the key is shown once, here' })
  add(@CurrentActor() actor: Actor, @Body() body: NewPersonBody): Promise<AddedPerson> {
    return this.transactions.run(actor, (tx) => this.people.addPerson(tx, actor, body));
  }

  /** Everybody, by e-mail address. */
  @Requires('person:manage')
  @Get('people')
  @ApiOperation({ summary: 'The people of the service, in the order they were added' })
  async list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<PeoplePage> {
    const [after] = decodeCursor(query.cursor, 1) ?? [];
    const people = await this.transactions.readOnly(actor, (tx) =>
      this.people.people(tx, actor, after ?? null, query.limit),
    );
    const page = pageOf(
      people,
      query.limit,
      (person) => person,
      ({ email }) => [email],
    );
    return { items: [...page.items], next: page.next };
  }

  /** Who the key of this request belongs to. */
  @Requires('any')
  @Get('me')
  @ApiOperation({ summary: 'Who the key belongs to' })
  async me(@CurrentActor() actor: Actor): Promise<PersonView> {
    return this.transactions.readOnly(actor, (tx) => this.people.person(tx, actor.personId));
  }

  /** Issues another key, shown only in this answer. */
  @Requires('person:manage')
  @Post('people/:personId/keys')
  @ApiOperation({ summary: 'Issue another key to a person; it is shown once, here' })
  issueKey(
    @CurrentActor() actor: Actor,
    @Param('personId', IdInPath) personId: string,
    @Body() body: NarrowedKeyBody,
  ): Promise<IssuedKeyView> {
    return this.transactions.run(actor, (tx) => this.people.issueKey(tx, actor, personId, body));
  }

  /** Records that two accounts are one human's: rules that ask for two people then ask for another. */
  @Requires('person:manage')
  @Post('people/:personId/same-human')
  @HttpCode(204)
  @ApiOperation({ summary: 'Record that two accounts belong to one human; it is never taken back' })
  recognise(
    @CurrentActor() actor: Actor,
    @Param('personId', IdInPath) personId: string,
    @Body() { sameAs, reason }: SameHumanBody,
  ): Promise<void> {
    return this.transactions.run(actor, (tx) =>
      this.humans.recognise(tx, actor, { personId, sameAs, reason }),
    );
  }

  /** Takes a key out of force, at once and for ever. */
  @Requires('person:manage')
  @Delete('people/:personId/keys/:keyId')
  @ApiOperation({ summary: 'Revoke a key' })
  @HttpCode(204)
  revokeKey(
    @CurrentActor() actor: Actor,
    @Param('personId', IdInPath) personId: string,
    @Param('keyId', IdInPath) keyId: string,
  ): Promise<void> {
    return this.transactions.run(actor, (tx) => this.people.revokeKey(tx, actor, personId, keyId));
  }
}
