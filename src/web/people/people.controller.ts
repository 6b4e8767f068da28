import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { PersonExists, PersonNotNamed } from '../../access/access.errors.js';
import { PeopleService, type Person } from '../../access/people.service.js';
import type { Client } from '../../access/sign-in/client.js';
import { FactorsService } from '../../access/sign-in/factors.service.js';
import { PasswordsService } from '../../access/sign-in/passwords.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { IdInPath } from '../../platform/http/id-in-path.pipe.js';
import { decodeCursor, pageOf } from '../../platform/http/cursor.js';
import { hasErrors, page, redirect, type Answer } from '../frame/answer.js';
import { errorsWhere } from '../frame/checks.js';
import { cursorOf } from '../frame/cursor-of.js';
import { noticeOf, withNotice } from '../frame/notices.js';
import { Pages } from '../frame/pages.decorator.js';
import { readForm } from '../frame/read-form.js';
import { refusalAt } from '../frame/refusals.js';
import { ClientOfRequest } from '../frame/visitor.js';
import { paths, pathTo } from '../paths.js';
import {
  NEW_PERSON,
  newPersonPage,
  PEOPLE,
  peoplePage,
  PERSON,
  personPage,
  RESET,
  resetPage,
} from './people.presenter.js';

const PAGE_LENGTH = 25;

/** The people of the service, for administrators. */
@Requires('person:manage')
@Pages()
@Controller()
export class PeoplePagesController {
  constructor(
    private readonly people: PeopleService,
    private readonly factors: FactorsService,
    private readonly passwords: PasswordsService,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get(paths.people)
  async list(
    @CurrentActor() actor: Actor,
    @Query() query: Readonly<Record<string, unknown>>,
  ): Promise<Answer> {
    const [after] = decodeCursor(cursorOf(query['after']), 1) ?? [];
    const rows = await this.transactions.readOnly(actor, (tx) =>
      this.people.people(tx, actor, after ?? null, PAGE_LENGTH),
    );
    const people = pageOf(
      rows,
      PAGE_LENGTH,
      (person) => person,
      ({ email }) => [email],
    );
    return page(PEOPLE, peoplePage(people, after !== undefined, noticeOf(query['done'])));
  }

  @Get(paths.newPerson)
  async showNew(@CurrentActor() actor: Actor): Promise<Answer> {
    await this.seenBy(actor);
    return page(NEW_PERSON, newPersonPage());
  }

  /** Adds the person, and sends them the link with which they, and nobody else, set their password. */
  @Post(paths.newPerson)
  async add(
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @ClientOfRequest() client: Client,
  ): Promise<Answer> {
    const form = readForm(body, ['email', 'name', 'kind'] as const);
    const person = {
      email: form.email.trim(),
      name: form.name.trim(),
      isAdministrator: form.kind === 'administrator',
    };
    const wrong = errorsWhere(
      ['name', person.name === '', 'Enter a name'],
      ['name', /\p{C}/u.test(person.name), 'The name has characters that cannot be shown'],
      ['email', !isEmail(person.email), 'Enter an e-mail address, such as name@example.org'],
      ['kind', !['party', 'administrator'].includes(form.kind), 'Choose what the person does'],
    );
    if (hasErrors(wrong)) return page(NEW_PERSON, newPersonPage(form, wrong));
    try {
      await this.transactions.run(actor, (tx) =>
        this.people.addPersonWithoutKey(tx, actor, person),
      );
    } catch (error) {
      const { errors } = refusalAt(error, [
        [PersonExists, 'email'],
        [PersonNotNamed, 'name'],
      ]);
      return page(NEW_PERSON, newPersonPage(form, errors));
    }
    await this.passwords.requestReset(person.email, client);
    return redirect(withNotice(paths.people, 'person-added'));
  }

  @Get(paths.person)
  async show(
    @CurrentActor() actor: Actor,
    @Param('personId', IdInPath) personId: string,
    @Query('done') done: unknown,
  ): Promise<Answer> {
    return page(PERSON, personPage(await this.person(actor, personId), noticeOf(done)));
  }

  @Get(paths.factorsReset)
  async showReset(
    @CurrentActor() actor: Actor,
    @Param('personId', IdInPath) personId: string,
  ): Promise<Answer> {
    return page(RESET, resetPage(await this.person(actor, personId)));
  }

  @Post(paths.factorsReset)
  async reset(
    @CurrentActor() actor: Actor,
    @Param('personId', IdInPath) personId: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    readForm(body, []);
    await this.factors.resetFactors(actor, personId);
    return redirect(withNotice(pathTo(paths.person, { personId }), 'factors-reset'));
  }

  private async person(actor: Actor, personId: string): Promise<Person> {
    await this.seenBy(actor);
    return this.transactions.readOnly(actor, (tx) => this.people.person(tx, personId));
  }

  /** Refuses whoever may not see the list of people: the service asks the same of every act. */
  private async seenBy(actor: Actor): Promise<void> {
    await this.transactions.readOnly(actor, (tx) => this.people.people(tx, actor, null, 1));
  }
}
