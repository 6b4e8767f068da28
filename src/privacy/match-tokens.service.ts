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
import { MatchTokensRepository, type PlacedLine } from './match-tokens.repository.js';
import { MatchKeyMissing } from './privacy.errors.js';

/**
 * What is known of a line's participant on another contract: that they are there (`same-person`), or that the same metric
 * was posted of them there in the same period too (`same-outcome`). Which contract it is, is told to nobody.
 */
export type Elsewhere = 'same-person' | 'same-outcome';

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

  /**
   * What is flagged of lines, at the same places; null where nothing is, and where a line is about nobody
   * in particular. It is found anew each time, because the other contract may come later. Authorise before.
   */
  async flags(tx: Transaction, lines: readonly PlacedLine[]): Promise<(Elsewhere | null)[]> {
    const flags: (Elsewhere | null)[] = lines.map(() => null);
    if (lines.every((line) => line.participant_id === null)) return flags;
    for (const { place, same_outcome } of await this.repository.elsewhere(tx, lines))
      flags[place - 1] = same_outcome ? 'same-outcome' : 'same-person';
    return flags;
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
