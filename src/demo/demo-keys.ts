import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PeopleService } from '../access/people.service.js';
import { PersonExists, PersonUnknown } from '../access/access.errors.js';
import type { Actor } from '../platform/auth/actor.js';
import { AUTHENTICATOR, type Authenticator } from '../platform/auth/authenticator.js';
import { SERVICE } from '../platform/auth/acting.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { Application } from '../cli/application.js';
import { ADMINISTRATOR } from './demo-contracts.js';

/** As wide as its person; it ends with the demonstration's data. */
const DEMO_KEY = { label: 'demo', expiresInDays: null, contracts: null, permissions: null };

/**
 * The people of the demo with their API keys. A key is shown once, so the demo keeps those of its own people in a file
 * that only its user may read. A key that was lost, because the demo was killed between issuing and keeping it, is
 * replaced by a new one.
 */
export class DemoKeys {
  private readonly get: Application['get'];
  private keys: Record<string, string> = {};
  private readonly actors = new Map<string, Actor>();

  constructor(
    application: Application,
    private readonly file: string,
  ) {
    this.get = application.get;
  }

  async load(): Promise<void> {
    try {
      this.keys = JSON.parse(await readFile(this.file, 'utf8')) as Record<string, string>;
    } catch {
      this.keys = {}; // none yet, or half written by a run that was killed
    }
  }

  keyOf(email: string): string {
    return this.keys[email] ?? '';
  }

  actorOf(email: string): Actor {
    const actor = this.actors.get(email);
    if (!actor) throw new Error(`${email} has not signed in`);
    return actor;
  }

  /** The administrator, added if there is none: the first person of a new database. */
  administrator(): Promise<Actor> {
    return this.present(ADMINISTRATOR, null);
  }

  /** Somebody whom the administrator adds. */
  person(person: { readonly email: string; readonly name: string }): Promise<Actor> {
    return this.present(person, this.actorOf(ADMINISTRATOR.email));
  }

  private async present(
    person: { readonly email: string; readonly name: string },
    administrator: Actor | null,
  ): Promise<Actor> {
    const kept = this.keys[person.email];
    const known =
      kept === undefined ? null : await this.get<Authenticator>(AUTHENTICATOR).authenticate(kept);
    const actor: Actor = known ? { ...known, via: 'cli' } : await this.add(person, administrator);
    this.actors.set(person.email, actor);
    return actor;
  }

  private async add(
    person: { readonly email: string; readonly name: string },
    administrator: Actor | null,
  ): Promise<Actor> {
    const { actor, key } = await this.issue(person, administrator).catch((error: unknown) => {
      if (!(error instanceof PersonExists)) throw error;
      return this.issue(person, administrator); // another run of the demo was quicker by a moment
    });
    this.keys[person.email] = key;
    await this.save();
    return actor;
  }

  /** A new key: of somebody who is there already, else of somebody who is added. */
  private issue(
    person: { readonly email: string; readonly name: string },
    administrator: Actor | null,
  ): Promise<{ actor: Actor; key: string }> {
    const people = this.get(PeopleService);
    return this.get(TransactionRunner).run(administrator ?? SERVICE.operator, async (tx) => {
      try {
        const actor = await people.actorByEmail(tx, person.email, 'cli');
        const issued = await people.issueKey(tx, administrator ?? actor, actor.personId, DEMO_KEY);
        return { actor, key: issued.apiKey };
      } catch (error) {
        if (!(error instanceof PersonUnknown)) throw error;
        const added =
          administrator === null
            ? await people.addFirstAdministrator(tx, person)
            : await people.addPerson(tx, administrator, { ...person, isAdministrator: false });
        return { actor: await people.actorByEmail(tx, person.email, 'cli'), key: added.apiKey };
      }
    });
  }

  private async save(): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    const fresh = `${this.file}.${process.pid}`; // another run may be saving as well
    await writeFile(fresh, `${JSON.stringify(this.keys, null, 2)}\n`, { mode: 0o600 });
    await rename(fresh, this.file);
  }
}
