import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { logSigner, type NoteSigner } from '../domain/log/signed-note.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import { SigningKeyMissing } from './log.errors.js';

/**
 * The key that the log signs with. It lies in a file and never in the database; the file is read for every signature, so
 * that a key that was replaced is used by every process from that moment.
 */
@Injectable()
export class SigningKey {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Whether this process is meant to sign at all. */
  get isConfigured(): boolean {
    return this.config.log.signingKeyFile !== null;
  }

  /** Refuses SigningKeyMissing; what is wrong with a file is not said, so that nothing of it gets into a log. */
  signer(): NoteSigner {
    const { origin, signingKeyFile } = this.config.log;
    if (signingKeyFile === null) throw new SigningKeyMissing();
    return signerIn(signingKeyFile, origin);
  }
}

/**
 * At start: refuses SigningKeyMissing where a file is named that holds no key or may not be read. Such a service would answer
 * and look healthy, and could seal nothing and give no receipt.
 */
export function refuseUnusableSigningKey({ log }: Config): void {
  if (log.signingKeyFile !== null) signerIn(log.signingKeyFile, log.origin);
}

/** The log's signer from a file. Refuses SigningKeyMissing. */
export function signerIn(file: string, origin: string): NoteSigner {
  try {
    return logSigner(origin, createPrivateKey(readFileSync(file)));
  } catch {
    throw new SigningKeyMissing();
  }
}
