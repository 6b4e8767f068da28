import { Injectable } from '@nestjs/common';
import { CohortsService } from '../cohorts/cohorts.service.js';
import { ContractsService } from '../contracts/contracts.service.js';
import { instrumentsOf } from '../domain/contract-terms/instruments-of.js';
import { metricsOf } from '../domain/contract-terms/metrics-of.js';
import type { Instrument } from '../domain/instruments/instrument.js';
import type { FhirBundle, FhirBundleEntry } from '../domain/instruments/export/fhir-resources.js';
import {
  questionnaireResponse,
  responseBundle,
} from '../domain/instruments/export/questionnaire-response.js';
import type { ScoreMetric } from '../domain/outcomes/metric.js';
import type { Actor } from '../platform/auth/actor.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { ConsentsService } from '../privacy/consents.service.js';
import type { RecordedMeasurement } from './measurements.mapping.js';
import { MeasurementsRepository } from './measurements.repository.js';

/** Scores and answers in the form in which health services exchange them. */
@Injectable()
export class ResponsesService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly cohorts: CohortsService,
    private readonly repository: MeasurementsRepository,
    private readonly consents: ConsentsService,
  ) {}

  /**
   * The latest version of every score of one participant, as FHIR. Events are no responses; neither is what was declined
   * or could not be collected. Refuses NotVisible, ContractNotActive.
   */
  ofParticipant(actor: Actor, code: string, reference: string): Promise<FhirBundle> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'measurement:read');
      const participant = await this.cohorts.participant(tx, contract.id, reference);
      await this.consents.refuseUnshared(tx, contract, participant.id);
      const versions = await this.contracts.activeTerms(tx, contract.id);
      const instruments = instrumentsOf(versions);
      const metrics = metricsOf(versions).filter((metric) => metric.kind === 'score');
      const history = await this.repository.ofParticipant(tx, participant.id);
      const entries = metrics.flatMap((metric) =>
        latestOf(history, metric.id).map((one) =>
          entryOf(code, reference, metric, instruments.get(metric.instrument)!, one),
        ),
      );
      return responseBundle(versions.at(-1)!.terms.standing, entries);
    });
  }
}

/** The highest version of each measurement of a metric that somebody answered; the history stands in order of version. */
function latestOf(history: readonly RecordedMeasurement[], metric: string): RecordedMeasurement[] {
  const latest = new Map(
    history.filter((one) => one.metric === metric).map((one) => [one.occurrence, one]),
  );
  return [...latest.values()].filter(({ status }) => status === 'recorded' || status === 'void');
}

const entryOf = (
  contract: string,
  participant: string,
  { id, subscale }: ScoreMetric,
  instrument: Instrument,
  recorded: RecordedMeasurement,
): FhirBundleEntry =>
  questionnaireResponse({
    contract,
    participant,
    metric: id,
    instrument,
    subscale,
    occurrence: recorded.occurrence,
    version: recorded.version,
    measuredOn: recorded.measuredOn,
    isVoid: recorded.status === 'void',
    value: recorded.value,
    items: recorded.items,
    mode: recorded.mode,
  });
