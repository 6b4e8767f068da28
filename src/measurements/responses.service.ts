import { Injectable } from '@nestjs/common';
import { Readings } from '../audit/readings.service.js';
import { CohortsService } from '../cohorts/cohorts.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
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
import type { Transaction } from '../platform/database/transaction.js';
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
    private readonly readings: Readings,
  ) {}

  /**
   * The latest version of every score of one participant, as FHIR. Events are no responses; neither is what was declined
   * or could not be collected. Whoever reads it is recorded. Refuses NotVisible, ContractNotActive.
   */
  async ofParticipant(actor: Actor, code: string, reference: string): Promise<FhirBundle> {
    const { contract, bundle } = await this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'measurement:read');
      return { contract, bundle: await this.bundleOf(tx, contract, reference) };
    });
    const shown = ['responses'];
    await this.readings.record(actor, contract, 'personal-data.read', { reference, shown });
    return bundle;
  }

  /**
   * Those of one participant, or of everybody one after the other, so that memory does not grow with their number. The export
   * is one entry, recorded before the first is given. Refuses as ofParticipant does.
   */
  async *export(actor: Actor, code: string, reference: string | null): AsyncGenerator<FhirBundle> {
    const references = reference === null ? this.references(actor, code) : [reference];
    let isRecorded = false;
    for await (const one of references) {
      const { contract, bundle } = await this.transactions.readOnly(actor, async (tx) => {
        const contract = await this.contracts.open(tx, actor, code, 'measurement:read');
        return { contract, bundle: await this.bundleOf(tx, contract, one) };
      });
      if (!isRecorded) {
        const payload = { reference, format: 'FHIR' };
        await this.readings.record(actor, contract, 'personal-data.exported', payload);
        isRecorded = true;
      }
      yield bundle;
    }
  }

  private async *references(actor: Actor, code: string): AsyncGenerator<string> {
    for (let after = '0', isFull = true; isFull;) {
      const page = await this.transactions.readOnly(actor, async (tx) => {
        const { id } = await this.contracts.open(tx, actor, code, 'participant:read');
        return this.cohorts.references(tx, id, after, PAGE);
      });
      for (const { reference } of page) yield reference;
      isFull = page.length === PAGE;
      after = page.at(-1)?.id ?? after;
    }
  }

  private async bundleOf(
    tx: Transaction,
    contract: OpenContract,
    reference: string,
  ): Promise<FhirBundle> {
    const participant = await this.cohorts.participant(tx, contract.id, reference);
    await this.consents.refuseUnshared(tx, contract, participant.id);
    const versions = await this.contracts.activeTerms(tx, contract.id);
    const instruments = instrumentsOf(versions);
    const metrics = metricsOf(versions).filter((metric) => metric.kind === 'score');
    const history = await this.repository.ofParticipant(tx, participant.id);
    const entries = metrics.flatMap((metric) =>
      latestOf(history, metric.id).map((one) =>
        entryOf(contract.code, reference, metric, instruments.get(metric.instrument)!, one),
      ),
    );
    return responseBundle(versions.at(-1)!.terms.standing, entries);
  }
}

/** References that are read at once. */
const PAGE = 500;

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
