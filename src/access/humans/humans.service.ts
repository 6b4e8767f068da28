import { Inject, Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { SERVICE_STREAM } from '../../domain/audit/entry.js';
import type { Actor } from '../../platform/auth/actor.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { AlreadyOneHuman, PersonUnknown } from '../access.errors.js';
import { AccessService } from '../access.service.js';
import { RECORD_OF_ACCESS, type RecordOfAccess } from '../record-of-access.js';
import { HumansRepository, type RecognisedBecause } from './humans.repository.js';

/** Two accounts that are one human's, and how that is known. */
export interface SameHuman {
  readonly personId: string;
  readonly sameAs: string;
  readonly because: RecognisedBecause;
  /** In words, for whoever reads the record. */
  readonly reason: string;
}

/** Recognises one human behind several accounts: rules about two people ask for two humans (ruling 7). */
@Injectable()
export class HumansService {
  constructor(
    private readonly repository: HumansRepository,
    private readonly access: AccessService,
    @Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess,
  ) {}

  /** What an administrator has found out. Refuses PermissionRefused, PersonUnknown and AlreadyOneHuman. */
  async recognise(tx: Transaction, actor: Actor, same: Omit<SameHuman, 'because'>): Promise<void> {
    this.access.authoriseService(actor, 'person:manage');
    await this.join(tx, actor, { ...same, because: 'administrator' });
  }

  /** As join, for what the service finds again at every sign-in: what is known already is no news. Refuses PersonUnknown. */
  async joinIfApart(tx: Transaction, same: SameHuman): Promise<void> {
    if (await this.repository.areOne(tx, same.personId, same.sameAs)) return;
    await this.joined(tx, null, same); // false where another sign-in found the same while this one waited
  }

  /**
   * What the service itself has found: the same subject of an identity provider, or the same verified address. The
   * accounts stay two, with the access of each; a recognition is never taken back. Refuses PersonUnknown and
   * AlreadyOneHuman.
   */
  async join(tx: Transaction, actor: Actor | null, same: SameHuman): Promise<void> {
    if (!(await this.joined(tx, actor, same))) throw new AlreadyOneHuman();
  }

  /** Whether they were apart before. Refuses PersonUnknown. */
  private async joined(tx: Transaction, actor: Actor | null, same: SameHuman): Promise<boolean> {
    const { personId, sameAs, because, reason } = same;
    // in one order, so that two recognitions at once cannot wait for each other
    const [first, second] = [personId, sameAs].sort();
    const humans = new Map<string, string>();
    for (const id of [first!, second!]) {
      const human = await this.repository.humanOf(tx, id);
      if (human === null) throw new PersonUnknown();
      humans.set(id, human);
    }
    const from = humans.get(personId)!;
    const to = humans.get(sameAs)!;
    if (from === to) return false;
    await this.repository.join(tx, from, to);
    const recognisedBy = actor?.personId ?? null;
    await this.repository.insert(tx, { id: v7(), personId, sameAs, because, reason, recognisedBy });
    await this.record.append(tx, {
      stream: SERVICE_STREAM,
      type: 'person.recognised',
      actor,
      duty: actor === null ? 'service' : 'administrator',
      payload: { personId, sameAs, because },
    });
    return true;
  }
}
