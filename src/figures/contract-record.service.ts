import { Injectable } from '@nestjs/common';
import type { ContractRecord } from '../domain/outcomes/contract-record.js';
import type { Metric } from '../domain/outcomes/metric.js';
import type { Transaction } from '../platform/database/transaction.js';
import {
  namedEffects,
  toEffectResult,
  toEffectView,
  unitOf,
  type EffectView,
} from './effects.mapping.js';
import { EffectsRepository } from './effects.repository.js';
import { namedFigures, toFigure, toFigureView, type FigureView } from './figures.mapping.js';
import { FiguresRepository } from './figures.repository.js';

/** The figures and signed results that a line about a cohort rests on, in the versions that were counted. */
export interface RestedOn {
  readonly figures: readonly FigureView[];
  readonly effects: readonly EffectView[];
}

/** What is recorded about a contract as a whole, as computations read it. */
@Injectable()
export class ContractRecordService {
  constructor(
    private readonly figures: FiguresRepository,
    private readonly effects: EffectsRepository,
  ) {}

  /** The figures and results that a line names as its evidence, with what they say and whether that still stands. */
  async restedOn(
    tx: Transaction,
    contractId: string,
    evidence: readonly string[],
    metrics: readonly Metric[],
  ): Promise<RestedOn> {
    const [figures, effects] = [namedFigures(evidence), namedEffects(evidence)];
    const found = {
      figures: figures.length > 0 ? await this.figures.named(tx, contractId, figures) : [],
      effects: effects.length > 0 ? await this.effects.named(tx, contractId, effects) : [],
    };
    return {
      figures: found.figures.map(toFigureView),
      effects: found.effects.map((row) => toEffectView(row, unitOf(metrics, row.metric))),
    };
  }

  /**
   * Each figure and result in the version that was known when the contract's audit trail had reached the entry, without
   * those that had been taken back, in an order that depends on nothing else.
   */
  async recordAsKnown(
    tx: Transaction,
    contractId: string,
    knownThrough: bigint,
  ): Promise<ContractRecord> {
    const figures = await this.figures.latest(tx, contractId, knownThrough);
    const effects = await this.effects.latest(tx, contractId, knownThrough);
    return {
      figures: figures.flatMap((figure) => toFigure(figure) ?? []),
      effects: effects.flatMap((effect) => toEffectResult(effect, effect.firstSignedOn) ?? []),
    };
  }
}
