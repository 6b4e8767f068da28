import { Injectable } from '@nestjs/common';
import type { ContractRecord } from '../domain/outcomes/contract-record.js';
import type { Transaction } from '../platform/database/transaction.js';
import { toEffectResult } from './effects.mapping.js';
import { EffectsRepository } from './effects.repository.js';
import { toFigure } from './figures.mapping.js';
import { FiguresRepository } from './figures.repository.js';

/** What is recorded about a contract as a whole, as computations read it. */
@Injectable()
export class ContractRecordService {
  constructor(
    private readonly figures: FiguresRepository,
    private readonly effects: EffectsRepository,
  ) {}

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
      effects: effects.flatMap((effect) => toEffectResult(effect) ?? []),
    };
  }
}
