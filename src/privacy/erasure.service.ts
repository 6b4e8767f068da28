import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CohortsService } from '../cohorts/cohorts.service.js';
import { ParticipantErased } from '../cohorts/keys/keys.errors.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
import { ContractsService } from '../contracts/contracts.service.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import { ErasureReceipts } from './erasure-receipts.js';
import { whoActs } from './who-acts.js';

/** What an erasure answers. */
export interface Erasure {
  readonly reference: string;
  /** What was destroyed now: identifiers may have been erased before, when their period was over. */
  readonly erased: readonly ('record' | 'identity')[];
}

/** Erasing a participant: their keys are destroyed, and with them all that names them or was said of them. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly contracts: ContractsService,
    private readonly cohorts: CohortsService,
    private readonly keys: ParticipantKeys,
    private readonly audit: AuditService,
    private readonly receipts: ErasureReceipts,
  ) {}

  /**
   * Makes identifiers, notes and reasons about a participant unreadable for ever, and closes the record. Scores, lines,
   * totals and the audit trail stay as they are. It is answered once its receipt is on the disk; repeated after
   * ErasureNotNoted, it writes that. Refuses NotVisible, PermissionRefused, ParticipantErased, ErasureNotNoted.
   */
  async erase(command: Command, code: string, reference: string): Promise<Performed<Erasure>> {
    const performed = await this.record(command, code, reference);
    const { erased } = performed.result;
    await this.receipts.add(erased.map((what) => ({ contract: code, reference, what })));
    return performed;
  }

  private record(command: Command, code: string, reference: string): Promise<Performed<Erasure>> {
    return this.commands.perform(command, async (tx) => {
      const { actor } = command;
      const contract = await this.contracts.open(tx, actor, code, 'participant:erase');
      const recordedSeq = await this.audit.lock(tx, contract.id);
      const { id } = await this.cohorts.participant(tx, contract.id, reference);
      const erased: ('record' | 'identity')[] = [];
      for (const purpose of ['record', 'identity'] as const)
        if (await this.keys.destroy(tx, { id }, purpose, recordedSeq)) erased.push(purpose);
      if (!erased.includes('record')) throw new ParticipantErased();
      await this.audit.append(tx, {
        ...whoActs(actor, contract),
        type: 'participant.erased',
        payload: { reference, erased },
      });
      return { reference, erased };
    });
  }
}
