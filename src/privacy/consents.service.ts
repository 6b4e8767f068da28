import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Readings } from '../audit/readings.service.js';
import { CohortsService } from '../cohorts/cohorts.service.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { londonDateOf } from '../domain/calendar/civil-date.js';
import type { Clock } from '../domain/calendar/clock.js';
import {
  recordingLimits,
  standingConsent,
  withdrawnFrom,
  type ConsentFact,
  type ConsentScope,
  type RecordingLimits,
} from '../domain/privacy/consent.js';
import { readDay } from '../domain/outcomes/typed-cells.js';
import type { Fault } from '../domain/shared/domain-error.js';
import type { Actor } from '../platform/auth/actor.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { ParticipantErased } from '../cohorts/keys/keys.errors.js';
import { ConsentsRepository } from './consents.repository.js';
import { MatchTokensService } from './match-tokens.service.js';
import { ConsentRefused, SharingWithdrawn } from './privacy.errors.js';
import { whoActs } from './who-acts.js';

/** What somebody says about a participant's consent. */
export interface ConsentInput {
  readonly scope: ConsentScope;
  readonly act: ConsentFact['act'];
  /** The day from which it holds: 2016-01-10. */
  readonly on: string;
}

/** Consent given and withdrawn, and what follows from it. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly cohorts: CohortsService,
    private readonly keys: ParticipantKeys,
    private readonly repository: ConsentsRepository,
    private readonly tokens: MatchTokensService,
    private readonly audit: AuditService,
    private readonly readings: Readings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Records that consent is given or withdrawn. Refuses NotVisible, ConsentRefused, ParticipantErased. */
  record(
    command: Command,
    code: string,
    reference: string,
    input: ConsentInput,
  ): Promise<Performed<ConsentFact>> {
    return this.commands.perform(command, async (tx) => {
      const { actor } = command;
      const contract = await this.contracts.open(tx, actor, code, 'consent:write');
      const recordedSeq = await this.audit.lock(tx, contract.id);
      const { id } = await this.cohorts.participant(tx, contract.id, reference);
      const owner = { contractId: contract.id, id, reference };
      if (await this.keys.isErased(tx, owner, 'record')) throw new ParticipantErased();
      const fact = this.checked(input, await this.repository.ofParticipant(tx, id));
      await this.repository.insert(tx, id, fact, recordedSeq);
      if (fact.scope === 'matching' && fact.act === 'withdrawn')
        await this.tokens.remove(tx, owner);
      await this.audit.append(tx, {
        ...whoActs(actor, contract),
        type: 'consent.recorded',
        effectiveOn: fact.on,
        payload: { reference, scope: fact.scope, act: fact.act },
      });
      return fact;
    });
  }

  /** Every fact of one participant, oldest first. Whoever reads it is recorded. Refuses NotVisible. */
  async ofParticipant(actor: Actor, code: string, reference: string): Promise<ConsentFact[]> {
    const { contract, facts } = await this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'participant:read');
      const { id } = await this.cohorts.participant(tx, contract.id, reference);
      return { contract, facts: await this.repository.ofParticipant(tx, id) };
    });
    await this.readings.record(actor, contract, 'personal-data.read', {
      reference,
      shown: ['consents'],
    });
    return facts;
  }

  /** From which days nothing may be recorded any more, by reference. For imports. */
  async limitsOf(
    tx: Transaction,
    contractId: string,
  ): Promise<ReadonlyMap<string, RecordingLimits>> {
    const facts = await this.repository.ofWhoWithdrew(tx, contractId);
    return new Map([...facts].map(([reference, own]) => [reference, recordingLimits(own)]));
  }

  /** As limitsOf, of one participant. */
  async limitsOfOne(tx: Transaction, participantId: string): Promise<RecordingLimits> {
    return recordingLimits(await this.repository.ofParticipant(tx, participantId));
  }

  /** Refuses SharingWithdrawn to everybody but the provider's people, where consent to sharing is withdrawn. */
  async refuseUnshared(
    tx: Transaction,
    { standing }: OpenContract,
    participantId: string,
  ): Promise<void> {
    if (standing?.role === 'provider') return;
    const from = withdrawnFrom(await this.repository.ofParticipant(tx, participantId), 'sharing');
    if (from !== null && from <= this.today()) throw new SharingWithdrawn();
  }

  private checked({ scope, act, on }: ConsentInput, facts: readonly ConsentFact[]): ConsentFact {
    const faults: Fault[] = [];
    const day = readDay('/on', on, 'Give the day from which it holds.', faults);
    if (day !== null && day > this.today())
      faults.push({
        at: '/on',
        code: 'DATE_IN_FUTURE',
        detail: `${day} has not come yet. Record it on or after the day.`,
      });
    const standing = standingConsent(facts)[scope];
    if (standing?.act === act)
      faults.push({
        at: '/act',
        code: 'CONSENT_STANDS_ALREADY',
        detail: `It is ${act} already, from ${standing.on} on.`,
      });
    if (day === null || faults.length > 0) throw new ConsentRefused(faults);
    return { scope, act, on: day };
  }

  private today() {
    return londonDateOf(this.clock.now());
  }
}
