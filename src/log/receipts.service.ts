import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../domain/calendar/clock.js';
import { leafHash } from '../domain/log/hashes.js';
import { entryLeaf, type EntryLeaf } from '../domain/log/leaf-text.js';
import { signReceipt } from '../domain/log/receipt.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import { SigningKey } from './signing-key.js';

/** Promises that an entry will be in the log. */
@Injectable()
export class Receipts {
  constructor(
    private readonly key: SigningKey,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A signed promise about an entry that this transaction has recorded, or null where this service keeps no log, which in
   * production it must. It is worth something only once the transaction is committed. Refuses SigningKeyMissing.
   */
  of(entry: EntryLeaf): string | null {
    if (!this.key.isConfigured) return null;
    const { promiseSeconds } = this.config.log;
    const seconds = BigInt(this.clock.now().getTime()) / 1_000n;
    return signReceipt(
      {
        stream: entry.stream,
        seq: entry.seq,
        leaf: leafHash(entryLeaf(entry)),
        deadline: seconds + BigInt(promiseSeconds),
      },
      this.key.signer(),
    );
  }
}
