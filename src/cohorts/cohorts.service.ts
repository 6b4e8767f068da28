import { Inject, Injectable } from '@nestjs/common';
import { NotVisible } from '../access/access.errors.js';
import { AuditService } from '../audit/audit.service.js';
import { Readings } from '../audit/readings.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { londonDateOf } from '../domain/calendar/civil-date.js';
import type { Clock } from '../domain/calendar/clock.js';
import {
  openEnrolmentCheck,
  populationFault,
  termsOn,
  type CheckedEnrolment,
  type EnrolmentInput,
} from '../domain/outcomes/check-enrolment.js';
import { referenceCaseFault, referenceFault } from '../domain/outcomes/participant-reference.js';
import type { Actor } from '../platform/auth/actor.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import {
  CorrectionChangesNothing,
  EnrolmentRefused,
  ParticipantEnrolledAlready,
} from './cohorts.errors.js';
import { contentOf, toEnrolmentRow } from './cohorts.mapping.js';
import type { EnrolledParticipant } from './enrolled-participant.js';
import { CohortsRepository } from './cohorts.repository.js';
import { EnrolmentTexts } from './enrolment-texts.js';
import { ParticipantKeys, type KeyOwner } from './keys/participant-keys.service.js';

/** What is to change in an enrolment; what is left out stays, and null takes away. */
export interface EnrolmentCorrection {
  readonly cohort?: string | undefined;
  readonly startedOn?: string | undefined;
  readonly exitedOn?: string | null | undefined;
  readonly exitReason?: string | null | undefined;
  readonly attributes?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  /** Why the record is being corrected. */
  readonly reason: string;
}

/** What enrolling and correcting answer. */
export interface EnrolmentOutcome {
  readonly reference: string;
  readonly version: number;
}

/** Enrolling participants into the cohorts of a contract, and correcting their enrolments. */
@Injectable()
export class CohortsService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly repository: CohortsRepository,
    private readonly audit: AuditService,
    private readonly keys: ParticipantKeys,
    private readonly texts: EnrolmentTexts,
    private readonly readings: Readings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Enrols one participant. Refuses ContractNotActive, EnrolmentRefused with every fault, ParticipantEnrolledAlready. */
  enrol(
    command: Command,
    code: string,
    input: EnrolmentInput,
  ): Promise<Performed<EnrolmentOutcome>> {
    return this.commands.perform(command, async (tx) => {
      const contract = await this.contracts.open(tx, command.actor, code, 'participant:write');
      return this.record(tx, command.actor, contract, input, false);
    });
  }

  /**
   * A payer's person admits a participant whom the terms would refuse, with the reason. Refuses as enrol does, and
   * EXCEPTION_NOT_NEEDED where the participant is eligible.
   */
  admit(
    command: Command,
    code: string,
    input: EnrolmentInput,
  ): Promise<Performed<EnrolmentOutcome>> {
    return this.commands.perform(command, async (tx) => {
      const contract = await this.contracts.open(tx, command.actor, code, 'participant:admit');
      return this.record(tx, command.actor, contract, input, true);
    });
  }

  /** Records a new version of an enrolment with its reason. Refuses NotVisible, EnrolmentRefused, CorrectionChangesNothing. */
  correct(
    command: Command,
    code: string,
    reference: string,
    correction: EnrolmentCorrection,
  ): Promise<Performed<EnrolmentOutcome>> {
    return this.commands.perform(command, async (tx) => {
      const { actor } = command;
      const contract = await this.contracts.open(tx, actor, code, 'participant:write');
      const recordedSeq = await this.audit.lock(tx, contract.id);
      const current = await this.participant(tx, contract.id, reference);
      const key = await this.keys.ensure(tx, { contractId: contract.id, ...current });
      const terms = await this.contracts.activeTerms(tx, contract.id);
      const circumstances = { today: this.today(), mayApproveException: false };
      const check = openEnrolmentCheck(terms, circumstances);
      const { enrolment, faults } = check(corrected(current, correction), current);
      if (enrolment === null) throw new EnrolmentRefused(faults);
      if (contentOf(enrolment) === contentOf(current)) throw new CorrectionChangesNothing();
      const version = current.version + 1;
      const { id: participantId, exceptionBy } = current;
      const about = { participantId, version, exceptionBy, recordedSeq, key };
      const row = toEnrolmentRow(enrolment, { ...about, correctionReason: correction.reason });
      await this.repository.insertEnrolment(tx, row);
      await this.audit.append(tx, {
        ...whoActs(actor, contract),
        type: 'enrolment.corrected',
        effectiveOn: enrolment.startedOn,
        payload: {
          reference,
          version,
          reasonHash: key.commitment(correction.reason),
          contentHash: key.commitment(contentOf(enrolment)),
        },
      });
      return { reference, version };
    });
  }

  /** The participant as enrolled now. Refuses NotVisible. For other features, inside their transaction. */
  async participant(
    tx: Transaction,
    contractId: string,
    reference: string,
  ): Promise<EnrolledParticipant> {
    const known = referenceFault(reference) === null;
    const found = known ? await this.repository.current(tx, contractId, reference) : null;
    if (found === null) throw new NotVisible('participant');
    const [opened] = await this.texts.opened(tx, contractId, [found]);
    return opened!;
  }

  /**
   * A page of participants in the order of their enrolment; one more than the limit shows that there is another page. Whoever
   * reads it is recorded.
   */
  async list(
    actor: Actor,
    code: string,
    page: { readonly after: string | null; readonly limit: number; readonly cohort: string | null },
  ): Promise<EnrolledParticipant[]> {
    const { after, limit, cohort } = page;
    const { contract, found } = await this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'participant:read');
      const rows = await this.repository.page(tx, contract.id, after ?? '0', limit + 1, cohort);
      return { contract, found: await this.texts.opened(tx, contract.id, rows) };
    });
    const shown = found.slice(0, limit);
    const [first, last] = [shown.at(0), shown.at(-1)];
    if (first !== undefined && last !== undefined)
      await this.readings.record(actor, contract, 'personal-data.listed', {
        first: first.reference,
        last: last.reference,
        participants: shown.length,
        cohort,
      });
    return found;
  }

  /**
   * References of participants in the order of their enrolment, for a feature that shows more of them inside its transaction
   * and records that.
   */
  async references(
    tx: Transaction,
    contractId: string,
    after: string,
    limit: number,
  ): Promise<{ readonly id: string; readonly reference: string }[]> {
    const rows = await this.repository.page(tx, contractId, after, limit, null);
    return rows.map(({ id, reference }) => ({ id, reference }));
  }

  /** Every version of one participant's enrolment, oldest first. For other features, inside their transaction. */
  async versionsOf(tx: Transaction, owner: KeyOwner): Promise<EnrolledParticipant[]> {
    return this.texts.opened(tx, owner.contractId, await this.repository.history(tx, owner.id));
  }

  /** The lock on the audit stream makes enrolments of a contract take turns, so that the maximum holds exactly. */
  private async record(
    tx: Transaction,
    actor: Actor,
    contract: OpenContract,
    input: EnrolmentInput,
    mayApproveException: boolean,
  ): Promise<EnrolmentOutcome> {
    const recordedSeq = await this.audit.lock(tx, contract.id);
    const terms = await this.contracts.activeTerms(tx, contract.id);
    const check = openEnrolmentCheck(terms, { today: this.today(), mayApproveException });
    const { enrolment, faults } = check(input);
    if (enrolment === null) throw new EnrolmentRefused(faults);
    const { reference } = enrolment;
    const spelling = await this.repository.spelling(tx, contract.id, reference);
    if (spelling === reference) throw new ParticipantEnrolledAlready(reference);
    if (spelling !== null) throw new EnrolmentRefused([referenceCaseFault(spelling)]);
    await this.refuseFullPopulation(
      tx,
      contract.id,
      termsOn(terms, enrolment.startedOn).population.maximum,
    );
    const participantId = await this.repository.insertParticipant(tx, contract.id, reference);
    const exceptionBy = enrolment.exceptionReason === null ? null : actor.personId;
    const key = await this.keys.ensure(tx, {
      contractId: contract.id,
      id: participantId,
      reference,
    });
    const about = {
      participantId,
      version: 1,
      exceptionBy,
      recordedSeq,
      correctionReason: null,
      key,
    };
    await this.repository.insertEnrolment(tx, toEnrolmentRow(enrolment, about));
    await this.audit.append(tx, {
      ...whoActs(actor, contract),
      type: 'participant.enrolled',
      effectiveOn: enrolment.startedOn,
      payload: {
        reference,
        cohort: enrolment.cohort,
        startedOn: enrolment.startedOn,
        contentHash: key.commitment(contentOf(enrolment)),
      },
    });
    return { reference, version: 1 };
  }

  private async refuseFullPopulation(
    tx: Transaction,
    contractId: string,
    maximum: number,
  ): Promise<void> {
    const full = populationFault(maximum, await this.repository.count(tx, contractId), 1);
    if (full !== null) throw new EnrolmentRefused([full]);
  }

  private today() {
    return londonDateOf(this.clock.now());
  }
}

const whoActs = (actor: Actor, { id, standing }: OpenContract) => ({
  stream: id,
  actor,
  duty: standing?.role ?? 'administrator',
  party: standing?.party ?? null,
});

/** The whole enrolment that a correction asks for. */
function corrected(current: CheckedEnrolment, change: EnrolmentCorrection): EnrolmentInput {
  const attributes: Record<string, string | number | boolean> = { ...current.attributes };
  for (const [id, value] of Object.entries(change.attributes ?? {})) attributes[id] = value ?? '';
  const exitedOn = change.exitedOn === undefined ? current.exitedOn : change.exitedOn;
  const kept = change.exitReason === undefined ? current.exitReason : change.exitReason;
  return {
    reference: current.reference,
    cohort: change.cohort ?? current.cohort,
    startedOn: change.startedOn ?? current.startedOn,
    exitedOn: exitedOn ?? undefined,
    exitReason: (change.exitedOn === null ? change.exitReason : kept) ?? undefined,
    attributes,
  };
}
