import { Injectable } from '@nestjs/common';
import { SERVICE } from '../../platform/auth/acting.js';
import type { Actor } from '../../platform/auth/actor.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import { LettersNotConfigured } from '../../platform/letters/letters.errors.js';
import { AffiliationsService, type NewAffiliate } from '../organisations/affiliations.service.js';
import { AccountLetters } from './account-letters.js';
import { PasswordsService } from './passwords.service.js';

/** What became of an invitation. */
export interface Invited {
  readonly personId: string;
  /** Whether they are new to the service. */
  readonly isNew: boolean;
  /** Whether a letter with a link to choose a password is on its way: only to whoever is new, and where letters are sent. */
  readonly isInvited: boolean;
}

/** Invitations to belong to an organisation. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly affiliations: AffiliationsService,
    private readonly passwords: PasswordsService,
    private readonly letters: AccountLetters,
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

  /** A letter that cannot be sent leaves no link behind. */
  private async send(actor: Actor, personId: string, person: NewAffiliate): Promise<boolean> {
    try {
      await this.transactions.run(SERVICE.authenticator, async (tx) => {
        const { token } = await this.passwords.issueInvitation(tx, actor, personId);
        await this.letters.invitation(person, token);
      });
      return true;
    } catch (error) {
      if (error instanceof LettersNotConfigured) return false;
      throw error;
    }
  }
}
