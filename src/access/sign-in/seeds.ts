import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/transaction.js';
import { sealAnew } from '../../platform/secrets/seal-anew.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { FactorsRepository, type SealedSeedRow } from './factors.repository.js';

/** The seeds of authenticators as they are kept: sealed under the key of the service, each bound to its row and person. */
@Injectable()
export class Seeds {
  constructor(
    private readonly factors: FactorsRepository,
    private readonly box: SecretBox,
  ) {}

  seal(factorId: string, personId: string, seed: Buffer): Buffer {
    return this.box.seal(contextOf(factorId, personId), seed);
  }

  /** Refuses SecretNotOpened. */
  open(factorId: string, personId: string, sealed: Buffer): Buffer {
    return this.box.open(contextOf(factorId, personId), sealed);
  }

  /** Seals under the first configured key whatever seeds an older one sealed; gives how many. Only for the rewrapper. */
  sealAnew(tx: Transaction): Promise<number> {
    return sealAnew<SealedSeedRow>(this.box, {
      pageAfter: (row) => this.factors.sealedSeeds(tx, row?.id ?? null),
      contextOf: ({ id, person_id }) => contextOf(id, person_id),
      write: ({ id }, sealed) => this.factors.sealSeedAnew(tx, id, sealed),
    });
  }
}

const contextOf = (factorId: string, personId: string) => ({
  purpose: 'authenticator',
  owner: `${personId}/${factorId}`,
});
