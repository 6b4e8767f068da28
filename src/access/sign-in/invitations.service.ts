import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../../platform/auth/acting.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { LettersNotConfigured } from '../../platform/letters/letters.errors.js';
import {
  AffiliationsService,
  type Affiliate,
  type NewAffiliate,
} from '../organisations/affiliations.service.js';
import { AffiliationUnknown, InvitationTakenUp } from '../organisations/organisations.errors.js';
import { AccountLetters, type Addressee } from './account-letters.js';
import { AccountRecord } from './account-record.js';
import { AccountsRepository, type InvitationRow } from './accounts.repository.js';
import { AttemptLimits } from './attempt-limits.js';
import { PasswordsService } from './passwords.service.js';

/** What became of an invitation. */
export interface Invited {
  readonly personId: string;
  /** Whether they are new to the service. */
  readonly isNew: boolean;
  /** Whether a letter with a link to choose a password is on its way: only to whoever is new, and where letters are sent. */
  readonly isInvited: boolean;
}

/**
 * How far an invitation has come: `taken-up`, the person has a way to sign in; `open`, its link is good until it expires;
 * `lapsed`, it has expired, was taken back or was never sent.
 */
export interface Invitation {
  readonly state: 'taken-up' | 'open' | 'lapsed';
  /** The end of an open one, or of one that expired lately; null otherwise. */
  readonly expiresAt: Date | null;
}

/** Somebody of an organisation, with their invitation. */
export interface InvitedAffiliate extends Affiliate {
  readonly invitation: Invitation;
}

/** Invitations to belong to an organisation. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly affiliations: AffiliationsService,
    private readonly accounts: AccountsRepository,
    private readonly passwords: PasswordsService,
    private readonly letters: AccountLetters,
    private readonly limits: AttemptLimits,
    private readonly record: AccountRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Lets somebody belong to an organisation, and sends whoever is new a link to choose a password, which is good for
   * seven days and once. Refuses as AffiliationsService.add does.
   */
  async invite(actor: Actor, organisationId: string, person: NewAffiliate): Promise<Invited> {
    const added = await this.transactions.run(actor, (tx) =>
      this.affiliations.add(tx, actor, organisationId, person),
    );
    return { ...added, isInvited: added.isNew && (await this.send(actor, added.personId, person)) };
  }

  /** Everybody who belongs or belonged, each with their invitation. Refuses NotVisible and PermissionRefused. */
  async people(actor: Actor, organisationId: string): Promise<readonly InvitedAffiliate[]> {
    const people = await this.transactions.readOnly(actor, (tx) =>
      this.affiliations.list(tx, actor, organisationId),
    );
    // who has a password nobody sees but the authenticator; of the people just listed it may be said
    const rows = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.accounts.invitationsOf(
        tx,
        people.map(({ personId }) => personId),
      ),
    );
    const found = new Map(rows.map((row) => [row.person_id, row]));
    const now = this.clock.now();
    return people.map((person) => ({
      ...person,
      invitation: invitationOf(found.get(person.personId), now),
    }));
  }

  /**
   * Sends a new link to somebody who has not taken up the one before, which is void from now on; whether a letter is on its
   * way. Refuses NotVisible, PermissionRefused, AffiliationUnknown, InvitationTakenUp and TooManyAttempts.
   */
  async sendAgain(actor: Actor, organisationId: string, personId: string): Promise<boolean> {
    const person = await this.awaited(actor, organisationId, personId);
    await this.limits.invitation(person.email);
    return this.send(actor, personId, person);
  }

  /**
   * Takes an invitation back: the person belongs to the organisation no more, and the link is void unless another one waits
   * for them. Refuses NotVisible, PermissionRefused, AffiliationUnknown, InvitationTakenUp and LastManager.
   */
  async withdraw(actor: Actor, organisationId: string, personId: string): Promise<void> {
    await this.awaited(actor, organisationId, personId);
    await this.transactions.run(actor, async (tx) => {
      await this.affiliations.end(tx, actor, organisationId, personId);
      if (!(await this.accounts.withdrawInvitation(tx, personId))) return;
      const payload = { personId, purpose: 'invitation' };
      await this.record.append(tx, actor, personId, 'password.link-withdrawn', payload);
    });
  }

  private async awaited(
    actor: Actor,
    organisationId: string,
    personId: string,
  ): Promise<InvitedAffiliate> {
    const people = await this.people(actor, organisationId);
    const person = people.find((one) => one.personId === personId && one.endedAt === null);
    if (!person) throw new AffiliationUnknown();
    if (person.invitation.state === 'taken-up') throw new InvitationTakenUp();
    return person;
  }

  /** A letter that cannot be sent leaves no link behind. */
  private async send(actor: Actor, personId: string, person: Addressee): Promise<boolean> {
    try {
      await this.transactions.run(SERVICE.authenticator, async (tx) => {
        const link = await this.passwords.issueInvitation(tx, actor, personId);
        await this.letters.invitation(tx, person, link);
      });
      return true;
    } catch (error) {
      if (error instanceof LettersNotConfigured) return false;
      throw error;
    }
  }
}

function invitationOf(row: InvitationRow | undefined, now: Date): Invitation {
  if (row?.is_taken_up) return { state: 'taken-up', expiresAt: null };
  const expiresAt = row?.expires_at ?? null;
  return { state: expiresAt !== null && expiresAt > now ? 'open' : 'lapsed', expiresAt };
}
