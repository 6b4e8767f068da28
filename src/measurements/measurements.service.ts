import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Readings } from '../audit/readings.service.js';
import { CohortsService } from '../cohorts/cohorts.service.js';
import type { EnrolledParticipant } from '../cohorts/enrolled-participant.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
import type { PersonalKey } from '../cohorts/keys/personal-key.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { londonDateOf } from '../domain/calendar/civil-date.js';
import type { Clock } from '../domain/calendar/clock.js';
import { instrumentsOf } from '../domain/contract-terms/instruments-of.js';
import { metricsOf } from '../domain/contract-terms/metrics-of.js';
import type { Instrument } from '../domain/instruments/instrument.js';
import {
  openMeasurementCheck,
  type CheckedMeasurement,
  type MeasurementInput,
} from '../domain/outcomes/check-measurement.js';
import {
  baselineTwice,
  differsFromRecorded,
  followUpBeforeBaseline,
  nothingToCorrect,
} from '../domain/outcomes/measurement-conflicts.js';
import type { Metric, ScoreMetric } from '../domain/outcomes/metric.js';
import { scheduleOf, type ScheduledScore } from '../domain/outcomes/schedule.js';
import { withdrawalFault } from '../domain/privacy/consent.js';
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
import { ConsentsService } from '../privacy/consents.service.js';
import {
  MeasurementRecordedAlready,
  MeasurementRefused,
  MeasurementUnchanged,
} from './measurements.errors.js';
import {
  contentOf,
  openWords,
  recordedInWords,
  sealWords,
  toObservation,
  toVersion,
  type RecordedMeasurement,
} from './measurements.mapping.js';
import { MeasurementsRepository } from './measurements.repository.js';
import { ScoreAuthorsRepository } from './score-authors.repository.js';

export type { RecordedMeasurement };

/** What recording and correcting answer. */
export interface MeasurementOutcome {
  readonly reference: string;
  readonly metric: string;
  readonly occurrence: string;
  readonly version: number;
}

/** What should have been recorded, under the metric and occurrence it was recorded under. */
export interface MeasurementCorrection {
  readonly metric: string;
  /** "6m", "6m/2", or the reference of an event or spell. */
  readonly occurrence: string;
  readonly input: Omit<MeasurementInput, 'metric' | 'timePoint' | 'event' | 'attempt'>;
}

/** What is due of a participant and every version of what was recorded. */
export interface ParticipantMeasurements {
  readonly schedule: readonly ScheduledScore[];
  readonly measurements: readonly RecordedMeasurement[];
}

/** All of that, with every version of the enrolment. */
export interface ParticipantInFull extends ParticipantMeasurements {
  readonly history: readonly EnrolledParticipant[];
}

/** A version that is being recorded, of whom, and under which key. */
interface Recording {
  readonly reference: string;
  readonly next: RecordedMeasurement;
  readonly key: PersonalKey;
}

/** Recording single measurements, correcting them, and showing what is due. */
@Injectable()
export class MeasurementsService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly cohorts: CohortsService,
    private readonly audit: AuditService,
    private readonly keys: ParticipantKeys,
    private readonly consents: ConsentsService,
    private readonly repository: MeasurementsRepository,
    private readonly authors: ScoreAuthorsRepository,
    private readonly readings: Readings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Records a measurement or, with a correction reason, a new version of one. A day outside the window is no fault: the
   * schedule flags it. Refuses NotVisible, ContractNotActive, MeasurementRefused with every fault
   * (CONSENT_WITHDRAWN among them), ParticipantErased,
   * MeasurementRecordedAlready, MeasurementUnchanged.
   */
  record(
    command: Command,
    code: string,
    reference: string,
    input: MeasurementInput,
  ): Promise<Performed<MeasurementOutcome>> {
    return this.commands.perform(command, async (tx) => {
      const contract = await this.contracts.open(tx, command.actor, code, 'measurement:write');
      return this.recordIn(tx, command.actor, contract, reference, input);
    });
  }

  /**
   * Corrects what is recorded under a metric and occurrence: a new version with its reason; void takes it back. Refuses
   * as record does, and NOTHING_TO_CORRECT.
   */
  correct(
    command: Command,
    code: string,
    reference: string,
    { metric, occurrence, input }: MeasurementCorrection,
  ): Promise<Performed<MeasurementOutcome>> {
    const [timePoint = '', attempt = ''] = occurrence.split('/');
    const asScore = { timePoint, attempt, event: '' };
    const asEvent = { timePoint: '', attempt: '', event: occurrence };
    return this.commands.perform(command, async (tx) => {
      const contract = await this.contracts.open(tx, command.actor, code, 'measurement:write');
      const metrics = metricsOf(await this.contracts.activeTerms(tx, contract.id));
      const isScore = metrics.some(({ id, kind }) => id === metric && kind === 'score');
      const which = isScore ? asScore : asEvent;
      return this.recordIn(tx, command.actor, contract, reference, { ...input, metric, ...which });
    });
  }

  /**
   * The schedule of one participant and all that was recorded. Whoever reads it is recorded. Refuses NotVisible,
   * PermissionRefused, ContractNotActive, SharingWithdrawn.
   */
  async ofParticipant(
    actor: Actor,
    code: string,
    reference: string,
  ): Promise<ParticipantMeasurements> {
    const { contract, found } = await this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'measurement:read');
      return { contract, found: await this.recordOf(tx, contract, reference) };
    });
    const shown = ['measurements'];
    await this.readings.record(actor, contract, 'personal-data.read', { reference, shown });
    return found;
  }

  /** As ofParticipant, with every version of the enrolment, in one view and with one entry. */
  async inFull(actor: Actor, code: string, reference: string): Promise<ParticipantInFull> {
    const { contract, found } = await this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'participant:read');
      const { id } = await this.cohorts.participant(tx, contract.id, reference);
      const history = await this.cohorts.versionsOf(tx, { contractId: contract.id, id, reference });
      await this.contracts.open(tx, actor, code, 'measurement:read');
      return { contract, found: { history, ...(await this.recordOf(tx, contract, reference)) } };
    });
    const shown = ['enrolments', 'measurements'];
    await this.readings.record(actor, contract, 'personal-data.read', { reference, shown });
    return found;
  }

  private async recordOf(
    tx: Transaction,
    contract: OpenContract,
    reference: string,
  ): Promise<ParticipantMeasurements> {
    const participant = await this.cohorts.participant(tx, contract.id, reference);
    const versions = await this.contracts.activeTerms(tx, contract.id);
    await this.consents.refuseUnshared(tx, contract, participant.id);
    const key = await this.keys.find(tx, { contractId: contract.id, ...participant });
    const stored = await this.repository.ofParticipant(tx, participant.id);
    const measurements = stored.map((one) => openWords(one, key));
    const scores = metricsOf(versions).filter((metric) => metric.kind === 'score');
    const facts = {
      startedOn: participant.startedOn,
      exitedOn: participant.exitedOn,
      observations: latestOf(measurements).map(toObservation),
    };
    const { months } = versions.at(-1)!.terms.rounding;
    return { schedule: scheduleOf(scores, facts, this.today(), months), measurements };
  }

  private async recordIn(
    tx: Transaction,
    actor: Actor,
    contract: OpenContract,
    reference: string,
    input: MeasurementInput,
  ): Promise<MeasurementOutcome> {
    const recordedSeq = await this.audit.lock(tx, contract.id);
    const participant = await this.cohorts.participant(tx, contract.id, reference);
    const key = await this.keys.ensure(tx, { contractId: contract.id, ...participant });
    const versions = await this.contracts.activeTerms(tx, contract.id);
    const metrics = metricsOf(versions);
    const checked = this.checked(metrics, instrumentsOf(versions), input);
    const withdrawn = withdrawalFault(
      await this.consents.limitsOfOne(tx, participant.id),
      !checked.finding.isEvent,
      checked.measuredOn,
    );
    if (withdrawn !== null) throw new MeasurementRefused([withdrawn]);
    const stored = await this.repository.ofParticipant(tx, participant.id);
    const history = stored.map((one) => openWords(one, key));
    const next = nextVersion(checked, latestOf(history), metrics);
    await this.repository.insert(tx, participant.id, sealWords(next, key), recordedSeq);
    await this.authors.add(tx, contract.id, actor.personId);
    await this.appendAudit(tx, actor, contract, { reference, next, key });
    const { metric, occurrence, version } = next;
    return { reference, metric, occurrence, version };
  }

  private checked(
    metrics: readonly Metric[],
    instruments: ReadonlyMap<string, Instrument>,
    input: MeasurementInput,
  ): CheckedMeasurement {
    const faults: Fault[] = [];
    const checked = openMeasurementCheck(metrics, instruments, this.today()).read(input, faults);
    if (checked === null) throw new MeasurementRefused(faults);
    return checked;
  }

  private async appendAudit(
    tx: Transaction,
    actor: Actor,
    { id, standing }: OpenContract,
    { reference, next, key }: Recording,
  ): Promise<void> {
    const { metric, occurrence, version, measuredOn, status, correctionReason } = next;
    const payload = { reference, metric, occurrence, version, measuredOn, status };
    const entry = {
      stream: id,
      actor,
      duty: standing?.role ?? 'administrator',
      party: standing?.party ?? null,
      effectiveOn: measuredOn,
    };
    const digested = { ...payload, contentHash: key.commitment(contentOf(next)) };
    if (correctionReason === null)
      await this.audit.append(tx, { ...entry, type: 'measurement.recorded', payload: digested });
    else
      await this.audit.append(tx, {
        ...entry,
        type: 'measurement.corrected',
        payload: { ...digested, reasonHash: key.commitment(correctionReason) },
      });
  }

  private today() {
    return londonDateOf(this.clock.now());
  }
}

/** The highest version of each measurement; the history stands in order of version. */
function latestOf(history: readonly RecordedMeasurement[]): RecordedMeasurement[] {
  const latest = new Map(history.map((one) => [`${one.metric}\n${one.occurrence}`, one]));
  return [...latest.values()];
}

/** The version to record, if it fits with what is recorded. */
function nextVersion(
  checked: CheckedMeasurement,
  latest: readonly RecordedMeasurement[],
  metrics: readonly Metric[],
): RecordedMeasurement {
  const { finding, correctionReason } = checked;
  const metric = metrics.find(({ id }) => id === finding.metric)!;
  const current = latest.find(
    (one) => one.metric === finding.metric && one.occurrence === finding.occurrence,
  );
  if (current !== undefined && correctionReason === null) {
    const words = recordedInWords(current, metric.kind === 'spell');
    throw new MeasurementRecordedAlready(
      finding.isBaseline ? baselineTwice(words) : differsFromRecorded(words),
    );
  }
  if (current === undefined && correctionReason !== null)
    throw new MeasurementRefused([nothingToCorrect()]);
  const next = toVersion(checked, (current?.version ?? 0) + 1);
  if (current !== undefined && contentOf(current) === contentOf(next))
    throw new MeasurementUnchanged();
  if (metric.kind === 'score') refuseEarlyFollowUp(metric, next, latest);
  return next;
}

/** A follow-up may come before its baseline is entered, but may not be dated before it. */
function refuseEarlyFollowUp(
  metric: ScoreMetric,
  next: RecordedMeasurement,
  latest: readonly RecordedMeasurement[],
): void {
  const others = latest.filter(
    (one) => one.metric === metric.id && one.occurrence !== next.occurrence,
  );
  const all = [...others, next];
  const baseline = all.find((one) => one.occurrence === metric.baseline);
  if (baseline?.status !== 'recorded') return;
  const compared = next === baseline ? others : [next];
  const early = compared.filter(
    (one) => one.status !== 'void' && one.measuredOn < baseline.measuredOn,
  );
  if (early.length > 0)
    throw new MeasurementRefused(
      early.map((one) =>
        followUpBeforeBaseline(one.occurrence, one.measuredOn, baseline.measuredOn),
      ),
    );
}
