import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ContractsService } from '../contracts/contracts.service.js';
import type { TermsInForce } from '../domain/contract-terms/terms-in-force.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { ReplayContext } from './replay-context.js';

/** The terms of a contract that the trail commits to. */
export class TermsReplayed {
  constructor(private readonly versions: readonly TermsInForce[]) {}

  /** The editions that were in force when the trail had reached an entry, oldest first. */
  known(through: bigint): TermsInForce[] {
    return this.versions.filter(({ recordedSeq }) => recordedSeq <= through);
  }
}

/** Holds each edition in force against the entry that put it in force. */
@Injectable()
export class TermsReplay {
  constructor(private readonly contracts: ContractsService) {}

  async replay(
    tx: Transaction,
    { contract, acts, findings }: ReplayContext,
  ): Promise<TermsReplayed> {
    const read = await this.read(tx, contract.id);
    if ('failure' in read) {
      findings.differ('terms', acts.terms[0]?.seq ?? null, read.failure);
      return new TermsReplayed([]);
    }
    const { documents, versions } = read;
    const sound: TermsInForce[] = [];
    for (const { seq, payload } of acts.terms) {
      const { number } = payload;
      const document = documents.get(number);
      const version = versions.find((one) => one.number === number);
      if (document === undefined || version === undefined)
        findings.differ(
          'terms',
          seq,
          `Edition ${number}, which entry ${seq} put in force, is gone.`,
        );
      else if (createHash('sha256').update(document).digest('hex') !== payload.documentHash)
        findings.differ(
          'terms',
          seq,
          `The document of edition ${number} is not the one that entry ${seq} put in force.`,
        );
      else if (version.effectiveFrom !== payload.effectiveFrom || version.recordedSeq !== seq)
        findings.differ(
          'terms',
          seq,
          `Edition ${number} holds from ${version.effectiveFrom} as of entry ${version.recordedSeq}; entry ${seq} put it in force from ${payload.effectiveFrom}.`,
        );
      else {
        findings.agree('terms');
        sound.push(version);
      }
    }
    const recorded = new Set(acts.terms.map(({ payload }) => payload.number));
    for (const number of documents.keys())
      if (!recorded.has(number))
        findings.differ('terms', null, `No entry put edition ${number} in force.`);
    return new TermsReplayed(findings.hasDifference('terms') ? [] : sound);
  }

  private async read(tx: Transaction, contractId: string) {
    try {
      const documents = await this.contracts.documentsInForce(tx, contractId);
      const versions = documents.size === 0 ? [] : await this.contracts.activeTerms(tx, contractId);
      return { documents, versions };
    } catch (error) {
      // a row that cannot be read names itself; what the database refuses ends the transaction, and is thrown again by it
      if (error instanceof Error) return { failure: `${error.message}.` };
      throw error;
    }
  }
}
