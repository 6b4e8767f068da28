import { setImmediate } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { ContractsService } from '../contracts/contracts.service.js';
import { limitsMany, type CapUse } from '../domain/computation/caps.js';
import { ENGINE_VERSION, LineDigest } from '../domain/computation/digest.js';
import { openComputation, type Reading } from '../domain/computation/open-computation.js';
import type { PaymentLine } from '../domain/computation/payment-line.js';
import { contractPeriods, type TermsInForce } from '../domain/contract-terms/terms-in-force.js';
import { ContractRecordService } from '../figures/contract-record.service.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Transaction } from '../platform/database/transaction.js';
import { ComputationFactsRepository, type FactsBatch } from './computation-facts.repository.js';
import type { LineSink } from './line-copy.repository.js';
import type { ClaimedRun } from './payment-computation.mapping.js';
import { EarlierPeriodNotComputed } from './payments.errors.js';
import { PaymentsRepository, type RunResult } from './payments.repository.js';
import { rowsDone } from './rows-done.js';

/** What one run works with. */
export interface RunContext {
  readonly run: ClaimedRun;
  readonly versions: readonly TermsInForce[];
  readonly lease: RunProgress;
  readonly sink: LineSink;
}

type ReadContext = Pick<RunContext, 'run' | 'lease' | 'sink'> & { readonly hasPosted: boolean };

/** How far a run has got, and whether there is a point in going on: a worker's RunLease. */
export interface RunProgress {
  readonly rows: { done: number; total: number | null };
  /** Throws once there is none. */
  check(): void;
}

/**
 * Drives the engine: batches of participants in, lines out. The next batch is being read, and the lines before are being
 * stored, while this one is computed; memory holds two batches and one buffer, however many participants there are.
 */
@Injectable()
export class ComputationRun {
  constructor(
    private readonly contracts: ContractsService,
    private readonly repository: PaymentsRepository,
    private readonly facts: ComputationFactsRepository,
    private readonly records: ContractRecordService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The editions known at the run's knowledge; refuses when an earlier period turned out not to have been computed. */
  async terms(tx: Transaction, run: ClaimedRun): Promise<TermsInForce[]> {
    const versions = await this.contracts.activeTerms(tx, run.contractId, run.knownThrough);
    if (run.kind === 'recheck') return versions;
    const computed = await this.repository.periodsWith(
      tx,
      run.contractId,
      ['computed'],
      run.number,
    );
    const earlier = contractPeriods(versions).find(
      (period) => period.to <= run.period.from && !computed.has(period.id),
    );
    if (earlier) throw new EarlierPeriodNotComputed(run.period.id, earlier.id);
    return versions;
  }

  async compute(
    reader: Transaction,
    { run, versions, lease, sink }: RunContext,
  ): Promise<RunResult> {
    const total = await this.facts.participants(reader, run.contractId);
    lease.rows.total = total;
    const hasPosted = await this.facts.hasPosted(reader, run);
    const capUse: CapUse =
      hasPosted && versions.some(({ terms }) => limitsMany(terms))
        ? await this.facts.capUse(reader, run)
        : new Map<string, bigint>();
    const { readings } = openComputation({
      versions,
      period: run.period,
      capUse,
      reckonedUntil: await this.facts.reckonedUntil(reader, run),
      record: await this.records.recordAsKnown(reader, run.contractId, run.knownThrough),
    });
    const tally = new Tally(sink);
    const postedForCohorts = hasPosted ? await this.facts.postedForCohorts(reader, run) : [];
    let participants = 0;
    for (const [nth, reading] of readings.entries()) {
      const told = (seen: number): void => {
        lease.rows.done = rowsDone({ nth, readings: readings.length, seen }, total);
      };
      participants = await this.read(reader, { run, lease, sink, hasPosted }, reading, tally, told);
      for (const line of reading.close(reading.needsPosted ? postedForCohorts : []))
        tally.add(null, line);
    }
    return tally.result(run, participants);
  }

  /** Shows every participant to one reading, batch by batch, in the order of their ids; gives how many there are. */
  private async read(
    reader: Transaction,
    { run, lease, sink, hasPosted }: ReadContext,
    reading: Reading,
    tally: Tally,
    told: (seen: number) => void,
  ): Promise<number> {
    const { batchParticipants } = this.config.computation;
    const withPosted = hasPosted && reading.needsPosted;
    const read = (after: number) =>
      this.facts.batch(reader, run, after, batchParticipants, withPosted);
    let seen = 0;
    told(seen);
    let coming: Promise<FactsBatch> | null = read(0);
    while (coming !== null) {
      const batch: FactsBatch = await coming;
      coming = batch.next === null ? null : read(batch.next);
      coming?.catch(() => undefined); // awaited in its turn, unless this batch fails first
      await weigh(reading, batch, tally, () => pause(lease, sink));
      seen += batch.seen;
      told(seen);
      await pause(lease, sink);
    }
    return seen;
  }
}

/** A batch of a contract with many clauses has many lines: after so many, everything else has its turn. */
const LINES_IN_A_ROW = 2_000;

async function weigh(
  reading: Reading,
  batch: FactsBatch,
  tally: Tally,
  pauseNow: () => Promise<void>,
): Promise<void> {
  let inARow = 0;
  for (const { id, facts } of batch.participants) {
    const lines = reading.participant(facts, batch.postedFor(id));
    for (const line of lines) tally.add(id, line);
    inARow += lines.length;
    if (inARow < LINES_IN_A_ROW) continue;
    await pauseNow();
    inARow = 0;
  }
}

/** Lets the heartbeat and a request to stop through, and the database take what has been written. */
async function pause(lease: RunProgress, sink: LineSink): Promise<void> {
  lease.check();
  await sink.drained();
  await setImmediate();
}

/** Numbers the lines and folds them into the total and the digest as they pass. */
class Tally {
  private lines = 0;
  private totalMinor = 0n;
  private readonly digest = new LineDigest();

  constructor(private readonly sink: LineSink) {}

  add(participantId: number | null, line: PaymentLine): void {
    this.lines += 1;
    this.totalMinor += line.amountMinor;
    this.digest.add(line);
    this.sink.write(this.lines, participantId, line);
  }

  result(run: ClaimedRun, participants: number): RunResult {
    const digest = this.digest.finish();
    const agrees = run.expectedDigest === null || run.expectedDigest === digest.toString('hex');
    return {
      participants,
      lines: this.lines,
      totalMinor: this.totalMinor,
      digest,
      engineVersion: ENGINE_VERSION,
      mismatch: agrees
        ? null
        : {
            code: 'DIGEST_DIFFERS',
            detail: `The recheck gave ${digest.toString('hex')} where ${run.expectedDigest} was recorded.`,
          },
    };
  }
}
