import { isEmail } from 'class-validator';
import { Inject, Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { SERVICE_STREAM } from '../domain/audit/entry.js';
import type { Actor } from '../platform/auth/actor.js';
import { isNarrowed } from '../platform/auth/key-scope.js';
import type { Transaction } from '../platform/database/transaction.js';
import { isOneAddress } from '../platform/letters/message.js';
import { KeyCannotManageKeys, PersonNotNamed, PersonUnknown } from './access.errors.js';
import { AccessService } from './access.service.js';
import { KeysService, type AskedKey, type IssuedKey } from './keys/keys.service.js';
import { PeopleRepository, type PersonRow } from './people.repository.js';
import { RECORD_OF_ACCESS, type RecordOfAccess } from './record-of-access.js';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isAdministrator: boolean;
}

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly isAdministrator: boolean;
}

/** Who uses the service, and their keys. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly repository: PeopleRepository,
    private readonly access: AccessService,
    private readonly keys: KeysService,
    @Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess,
  ) {}

  /**
   * Adds a person and issues their first key. Refuses PermissionRefused and PersonExists, and KeyCannotManageKeys where a
   * narrowed key would make an administrator, whose key is as wide as can be.
   */
  async addPerson(tx: Transaction, actor: Actor, person: NewPerson): Promise<Person & IssuedKey> {
    this.access.authoriseService(actor, 'person:manage');
    if (person.isAdministrator && isNarrowed(actor.scope)) throw new KeyCannotManageKeys();
    return this.add(tx, actor, person);
  }

  /** Adds a person who signs in at a browser, without a key. Refuses PermissionRefused and PersonExists. */
  async addPersonWithoutKey(tx: Transaction, actor: Actor, person: NewPerson): Promise<Person> {
    this.access.authoriseService(actor, 'person:manage');
    return this.insert(tx, actor, 'administrator', person);
  }

  /**
   * The first administrator, added by whoever installs the service: there is nobody yet to ask. Only the command line
   * and the demonstration call this. Refuses PersonExists.
   */
  addFirstAdministrator(
    tx: Transaction,
    person: Omit<NewPerson, 'isAdministrator'>,
  ): Promise<Person & IssuedKey> {
    return this.add(tx, null, { ...person, isAdministrator: true });
  }

  /**
   * Another key for a person. Refuses PermissionRefused, PersonUnknown and ScopeNotYours, and KeyCannotManageKeys: with a
   * narrowed key somebody could issue themselves a wide one.
   */
  async issueKey(
    tx: Transaction,
    actor: Actor,
    personId: string,
    asked: AskedKey,
  ): Promise<IssuedKey> {
    this.access.authoriseService(actor, 'person:manage');
    if (isNarrowed(actor.scope)) throw new KeyCannotManageKeys();
    if (!(await this.repository.personById(tx, personId))) throw new PersonUnknown();
    return this.keys.issue(tx, actor, personId, asked);
  }

  /** Takes a key out of force at once and for ever. Refuses PermissionRefused, KeyCannotManageKeys and ApiKeyUnknown. */
  async revokeKey(tx: Transaction, actor: Actor, personId: string, keyId: string): Promise<void> {
    this.access.authoriseService(actor, 'person:manage');
    if (isNarrowed(actor.scope)) throw new KeyCannotManageKeys();
    await this.keys.revoke(tx, actor, personId, keyId);
  }

  /**
   * The person with an e-mail address, added without a key if there is none. The caller has authorised it. Refuses
   * PersonNotNamed.
   */
  async findOrAdd(
    tx: Transaction,
    actor: Actor,
    duty: string,
    { email, name }: Omit<NewPerson, 'isAdministrator'>,
  ): Promise<{ readonly person: Person; readonly isNew: boolean }> {
    const row = await this.repository.personByEmail(tx, email);
    if (row) return { person: personOf(row), isNew: false };
    const person = await this.insert(tx, actor, duty, { email, name, isAdministrator: false });
    return { person, isNew: true };
  }

  /** Everybody, by e-mail address, one more than the limit when there are more. Refuses PermissionRefused. */
  async people(
    tx: Transaction,
    actor: Actor,
    afterEmail: string | null,
    limit: number,
  ): Promise<Person[]> {
    this.access.authoriseService(actor, 'person:manage');
    return (await this.repository.people(tx, afterEmail, limit + 1)).map(personOf);
  }

  /** One person. Refuses PersonUnknown. */
  async person(tx: Transaction, personId: string): Promise<Person> {
    const row = await this.repository.personById(tx, personId);
    if (!row) throw new PersonUnknown();
    return personOf(row);
  }

  /** The person as an actor, for the command line and the demonstration. Refuses PersonUnknown. */
  async actorByEmail(tx: Transaction, email: string, via: Actor['via']): Promise<Actor> {
    const row = await this.repository.personByEmail(tx, email);
    if (!row) throw new PersonUnknown();
    return actorOf(row, via);
  }

  /** The person as an actor, for a job done on their behalf. Refuses PersonUnknown. */
  async actorById(tx: Transaction, personId: string, via: Actor['via']): Promise<Actor> {
    const row = await this.repository.personById(tx, personId);
    if (!row) throw new PersonUnknown();
    return actorOf(row, via);
  }

  private async add(
    tx: Transaction,
    actor: Actor | null,
    added: NewPerson,
  ): Promise<Person & IssuedKey> {
    const person = await this.insert(tx, actor, actor ? 'administrator' : 'service', added);
    return { ...person, ...(await this.keys.issue(tx, actor, person.id, FIRST_KEY)) };
  }

  private async insert(
    tx: Transaction,
    actor: Actor | null,
    duty: string,
    { email, name, isAdministrator }: NewPerson,
  ): Promise<Person> {
    const isMailable = isEmail(email) && isOneAddress(email);
    if (!isMailable || name.trim() === '' || name.length > 200) throw new PersonNotNamed();
    const person: Person = { id: v7(), email: email.toLowerCase(), name, isAdministrator };
    await this.repository.insertPerson(tx, {
      id: person.id,
      email: person.email,
      name,
      is_administrator: isAdministrator,
    });
    await this.record.append(tx, {
      stream: SERVICE_STREAM,
      type: 'person.created',
      actor,
      duty,
      payload: { personId: person.id, isAdministrator },
    });
    return person;
  }
}

/** As wide as its person, and without an end: whoever has it narrows others. */
const FIRST_KEY: AskedKey = {
  label: 'first key',
  expiresInDays: null,
  contracts: null,
  permissions: null,
};

const personOf = (row: PersonRow): Person => ({
  id: row.id,
  email: row.email,
  name: row.name,
  isAdministrator: row.is_administrator,
});

const actorOf = (row: PersonRow, via: Actor['via']): Actor => ({
  personId: row.id,
  name: row.name,
  isAdministrator: row.is_administrator,
  via,
});
