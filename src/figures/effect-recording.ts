import { Inject, Injectable } from '@nestjs/common';
import { ContractsService } from '../contracts/contracts.service.js';
import { londonDateOf } from '../domain/calendar/civil-date.js';
import type { Clock } from '../domain/calendar/clock.js';
import { metricsOf } from '../domain/contract-terms/metrics-of.js';
import {
  evaluatorFault,
  openEffectCheck,
  type EffectInput,
} from '../domain/outcomes/check-effect.js';
import type { Metric } from '../domain/outcomes/metric.js';
import type { Fault } from '../domain/shared/domain-error.js';
import { ScoreAuthorsService } from '../measurements/score-authors.service.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import type { Transaction } from '../platform/database/transaction.js';
import {
  effectContent,
  effectInWords,
  effectKey,
  toEffectVersion,
  type RecordedEffect,
} from './effects.mapping.js';
import { EffectsRepository, type Signature } from './effects.repository.js';
import { place, type Given, type RowFault, type Standing } from './versions.js';

export interface TypedEffect {
  readonly row: number;
  readonly input: EffectInput;
}

/** What became of the results of one act; with any fault, none was recorded. */
export interface EffectsRecorded {
  readonly faults: readonly RowFault[];
  readonly versions: readonly RecordedEffect[];
  readonly rowsNew: number;
  readonly rowsCorrected: number;
  readonly rowsUnchanged: number;
}

/** Records the results that one verifier signs, one or a file of them. Lock the contract's trail before. */
@Injectable()
export class EffectRecording {
  constructor(
    private readonly contracts: ContractsService,
    private readonly repository: EffectsRepository,
    private readonly authors: ScoreAuthorsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(
    tx: Transaction,
    contractId: string,
    signature: Signature,
    typed: readonly TypedEffect[],
  ): Promise<EffectsRecorded> {
    const editions = await this.contracts.activeTerms(tx, contractId);
    const cohorts = new Set(editions.flatMap(({ terms }) => terms.cohorts.map(({ id }) => id)));
    const { given, faults } = this.read(metricsOf(editions), [...cohorts], signature.party, typed);
    const latest = await this.repository.latest(tx, contractId, signature.recordedSeq);
    const placed = place(standingOf(latest), given, resultTwice);
    const versions = placed.next.map(({ value, version }) => ({ ...value, version }));
    const all = [...faults, ...placed.faults];
    if (all.length === 0 && versions.length > 0) {
      await this.repository.insert(tx, contractId, versions, signature);
      await this.authors.add(tx, contractId, signature.personId);
    }
    return { ...placed, faults: all, versions };
  }

  private read(
    metrics: readonly Metric[],
    cohorts: readonly string[],
    party: string,
    typed: readonly TypedEffect[],
  ) {
    const check = openEffectCheck(metrics, cohorts, londonDateOf(this.clock.now()));
    const faults: RowFault[] = [];
    const given = typed.flatMap(({ row, input }): Given<RecordedEffect>[] => {
      const found: Fault[] = [];
      const metric = metrics.find(({ id }) => id === input.metric);
      const another = metric?.kind === 'effect' ? evaluatorFault(metric, party) : null;
      if (another !== null) found.push(another);
      const checked = check.read(input, found);
      faults.push(...found.map((fault) => ({ row, fault })));
      if (checked === null) return [];
      const value = toEffectVersion(checked, 1);
      const { correctionReason: reason } = checked;
      return [{ row, key: effectKey(value), content: effectContent(value), reason, value }];
    });
    return { given, faults };
  }
}

const resultTwice = (firstRow: number): Fault => ({
  at: '/metric',
  code: 'RESULT_TWICE',
  detail: `Number ${firstRow} is about the same metric and cohort. Keep the right one.`,
});

const standingOf = (latest: readonly RecordedEffect[]): Map<string, Standing> =>
  new Map(
    latest.map((effect) => [
      effectKey(effect),
      { version: effect.version, content: effectContent(effect), words: effectInWords(effect) },
    ]),
  );
