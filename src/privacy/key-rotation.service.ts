import { Injectable } from '@nestjs/common';
import { Seeds } from '../access/sign-in/seeds.js';
import { AuditService } from '../audit/audit.service.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
import { SERVICE_STREAM } from '../domain/audit/entry.js';
import { SERVICE } from '../platform/auth/acting.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { sealLettersAnew } from '../platform/letters/sealed-letter.js';
import { WaitingLettersRepository } from '../platform/letters/waiting-letters.repository.js';
import { SecretBox } from '../platform/secrets/secret-box.js';

/** How much an old key of the service still sealed. */
export interface Rewrapped {
  /** Keys of participants. */
  readonly keys: number;
  readonly authenticators: number;
  readonly letters: number;
}

/** Moving all that is sealed for longer than minutes from an old key of the service to a new one. */
@Injectable()
export class KeyRotationService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly keys: ParticipantKeys,
    private readonly seeds: Seeds,
    private readonly waiting: WaitingLettersRepository,
    private readonly box: SecretBox,
    private readonly audit: AuditService,
  ) {}

  /**
   * Wraps every participant's key under the first configured key, and seals seeds of authenticators and waiting letters
   * under it; gives how many were not. Afterwards the old key may be taken out of the configuration. What is sealed under
   * the participants' keys stays as it is. Refuses SecretKeyMissing, SecretNotOpened.
   */
  rewrap(): Promise<Rewrapped> {
    return this.transactions.run(SERVICE.rewrapper, async (tx) => {
      const keys = await this.keys.rewrap(tx);
      const authenticators = await this.seeds.sealAnew(tx);
      const letters = await sealLettersAnew(tx, this.box, this.waiting);
      if (keys + authenticators + letters > 0)
        await this.audit.append(tx, {
          stream: SERVICE_STREAM,
          actor: null,
          duty: 'service',
          type: 'participant-keys.rewrapped',
          payload: { keys, authenticators, letters },
        });
      return { keys, authenticators, letters };
    });
  }
}
