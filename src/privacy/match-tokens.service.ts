import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { KeyOwner } from '../cohorts/keys/participant-keys.service.js';
import type { Identifiers } from '../domain/privacy/identifiers.js';
import { matchInputs } from '../domain/privacy/match-inputs.js';
import { withdrawnFrom } from '../domain/privacy/consent.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Transaction } from '../platform/database/transaction.js';
import { ConsentsRepository } from './consents.repository.js';
import { MatchTokensRepository } from './match-tokens.repository.js';
import { MatchKeyMissing } from './privacy.errors.js';

/**
 * Keyed tokens by which the same person is noticed on two contracts: HMAC-SHA-256 of identifiers under a key that lies
 * outside the database, so that nobody who has the database alone can tell whose a token is.
 */
@Injectable()
export class MatchTokensService {
  private readonly keys: readonly Buffer[];

  constructor(
    private readonly repository: MatchTokensRepository,
    private readonly consents: ConsentsRepository,
    @Inject(CONFIG) config: Pick<Config, 'matchKeys'>,
  ) {
    this.keys = config.matchKeys.all();
  }

  /** Sets the tokens to those of the identifiers; none where the terms or the participant do not want them. */
  async renew(
    tx: Transaction,
    owner: KeyOwner,
    identifiers: Identifiers,
    areMade: boolean,
  ): Promise<void> {
    const facts = areMade ? await this.consents.ofParticipant(tx, owner.id) : [];
    const isWanted = areMade && withdrawnFrom(facts, 'matching') === null;
    await this.repository.set(tx, owner.id, isWanted ? this.tokensOf(identifiers) : []);
  }

  /** Takes the tokens of a participant away. */
  remove(tx: Transaction, owner: KeyOwner): Promise<void> {
    return this.repository.set(tx, owner.id, []);
  }

  /** Under every configured key, so that tokens made before and after a change of the key still meet. */
  private tokensOf(identifiers: Identifiers): Buffer[] {
    const inputs = matchInputs(identifiers);
    if (inputs.length > 0 && this.keys.length === 0) throw new MatchKeyMissing();
    return inputs.flatMap((input) =>
      this.keys.map((key) => createHmac('sha256', key).update(input, 'utf8').digest()),
    );
  }
}
