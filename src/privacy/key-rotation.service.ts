import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
import { SERVICE_STREAM } from '../domain/audit/entry.js';
import { SERVICE } from '../platform/auth/acting.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';

/** Moving the keys of participants from an old key of the service to a new one. */
@Injectable()
export class KeyRotationService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly keys: ParticipantKeys,
    private readonly audit: AuditService,
  ) {}

  /**
   * Wraps every participant's key under the first configured key; gives how many were not. Afterwards the old key may be
   * taken out of the configuration. What is sealed under the participants' keys stays as it is. Refuses SecretKeyMissing.
   */
  rewrap(): Promise<number> {
    return this.transactions.run(SERVICE.rewrapper, async (tx) => {
      const keys = await this.keys.rewrap(tx);
      if (keys > 0)
        await this.audit.append(tx, {
          stream: SERVICE_STREAM,
          actor: null,
          duty: 'service',
          type: 'participant-keys.rewrapped',
          payload: { keys },
        });
      return keys;
    });
  }
}
