import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { EnrolledParticipant } from './enrolled-participant.js';
import { ParticipantKeys } from './keys/participant-keys.service.js';
import { openText, sealText, type PersonalKey } from './keys/personal-key.js';

/** What an enrolment says in free words. */
export interface EnrolmentWords {
  readonly exitReason: string | null;
  readonly exceptionReason: string | null;
  readonly correctionReason: string | null;
}

/** The words sealed for their columns; the key may be absent where there are none. */
export const sealWords = (words: EnrolmentWords, key: PersonalKey | null): EnrolmentWords => ({
  exitReason: sealText(key, 'exit-reason', words.exitReason),
  exceptionReason: sealText(key, 'exception-reason', words.exceptionReason),
  correctionReason: sealText(key, 'correction-reason', words.correctionReason),
});

/** The words as they were written, or ERASED where their key is gone. */
export const openWords = (words: EnrolmentWords, key: PersonalKey | null): EnrolmentWords => ({
  exitReason: openText(key, 'exit-reason', words.exitReason),
  exceptionReason: openText(key, 'exception-reason', words.exceptionReason),
  correctionReason: openText(key, 'correction-reason', words.correctionReason),
});

/** Opens what enrolments say in free words. */
@Injectable()
export class EnrolmentTexts {
  constructor(private readonly keys: ParticipantKeys) {}

  /** The enrolments of one contract with their words opened; keys are read for those alone who have any. */
  async opened(
    tx: Transaction,
    contractId: string,
    enrolments: readonly EnrolledParticipant[],
  ): Promise<EnrolledParticipant[]> {
    const keys = await this.keys.findMany(tx, contractId, enrolments.filter(hasWords));
    return enrolments.map((one) => ({ ...one, ...openWords(one, keys.get(one.id) ?? null) }));
  }
}

const hasWords = ({ exitReason, exceptionReason, correctionReason }: EnrolmentWords): boolean =>
  exitReason !== null || exceptionReason !== null || correctionReason !== null;
