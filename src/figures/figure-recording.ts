import { Inject, Injectable } from '@nestjs/common';
import { ContractsService } from '../contracts/contracts.service.js';
import { londonDateOf } from '../domain/calendar/civil-date.js';
import type { Clock } from '../domain/calendar/clock.js';
import { metricsOf } from '../domain/contract-terms/metrics-of.js';
import { openFigureCheck, type FigureInput } from '../domain/outcomes/check-figure.js';
import type { Metric } from '../domain/outcomes/metric.js';
import { reconcileFigures } from '../domain/outcomes/reconcile-figures.js';
import type { Fault } from '../domain/shared/domain-error.js';
import { ScoreAuthorsService } from '../measurements/score-authors.service.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import type { Transaction } from '../platform/database/transaction.js';
import {
  figureContent,
  figureInWords,
  figureKey,
  toFigure,
  toFigureVersion,
  type RecordedFigure,
} from './figures.mapping.js';
import { FiguresRepository } from './figures.repository.js';
import { place, type Given, type RowFault, type Standing } from './versions.js';

/** The act that figures are recorded in. */
export interface RecordingAct {
  readonly contractId: string;
  readonly personId: string;
  readonly recordedSeq: bigint;
  readonly importId: string | null;
}

export interface TypedFigure {
  readonly row: number;
  readonly input: FigureInput;
}

/** What became of the figures of one act; with any fault, none was recorded. */
export interface FiguresRecorded {
  readonly faults: readonly RowFault[];
  readonly versions: readonly RecordedFigure[];
  readonly rowsNew: number;
  readonly rowsCorrected: number;
  readonly rowsUnchanged: number;
}

/** Records figures of one act, one by one or by file alike: all of them or none. Lock the contract's trail before. */
@Injectable()
export class FigureRecording {
  constructor(
    private readonly contracts: ContractsService,
    private readonly repository: FiguresRepository,
    private readonly authors: ScoreAuthorsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(
    tx: Transaction,
    act: RecordingAct,
    typed: readonly TypedFigure[],
  ): Promise<FiguresRecorded> {
    const metrics = metricsOf(await this.contracts.activeTerms(tx, act.contractId));
    const latest = await this.repository.latest(tx, act.contractId, act.recordedSeq);
    const { given, faults } = this.read(metrics, typed);
    const placed = place(standingOf(latest), given, figureTwice);
    const versions = placed.next.map(({ value, version }) => ({ ...value, version }));
    const all = [...faults, ...placed.faults];
    // figures are compared with one another only once each is right by itself: the rest would mislead
    if (all.length === 0) all.push(...disagreements(metrics, latest, placed.next));
    if (all.length === 0 && versions.length > 0) {
      await this.repository.insert(tx, act.contractId, versions, act.recordedSeq, act.importId);
      await this.authors.add(tx, act.contractId, act.personId);
    }
    return { ...placed, faults: all, versions };
  }

  private read(metrics: readonly Metric[], typed: readonly TypedFigure[]) {
    const check = openFigureCheck(metrics, londonDateOf(this.clock.now()));
    const faults: RowFault[] = [];
    const given = typed.flatMap(({ row, input }): Given<RecordedFigure>[] => {
      const found: Fault[] = [];
      const checked = check.read(input, found);
      faults.push(...found.map((fault) => ({ row, fault })));
      if (checked === null) return [];
      const value = toFigureVersion(checked, 1);
      const { correctionReason: reason } = checked;
      return [{ row, key: figureKey(value), content: figureContent(value), reason, value }];
    });
    return { given, faults };
  }
}

const figureTwice = (firstRow: number): Fault => ({
  at: '/from',
  code: 'FIGURE_TWICE',
  detail: `Number ${firstRow} is about the same metric, group and span. Keep the right one.`,
});

const standingOf = (latest: readonly RecordedFigure[]): Map<string, Standing> =>
  new Map(
    latest.map((figure) => [
      figureKey(figure),
      { version: figure.version, content: figureContent(figure), words: figureInWords(figure) },
    ]),
  );

/** Where the figures of the act, beside those that stand, do not fit together: told at the last of them. */
function disagreements(
  metrics: readonly Metric[],
  latest: readonly RecordedFigure[],
  next: readonly Given<RecordedFigure>[],
): RowFault[] {
  const standing = new Map(latest.map((figure) => [figureKey(figure), figure]));
  for (const { key, value } of next) standing.set(key, value);
  const figures = [...standing.values()].flatMap((figure) => toFigure(figure) ?? []);
  const rows = new Map(next.map(({ key, row }) => [key, row]));
  return reconcileFigures(metrics, figures).flatMap(({ fault, between }) => {
    const concerned = between.flatMap((figure) => rows.get(figureKey(figure)) ?? []);
    return concerned.length === 0 ? [] : [{ row: Math.max(...concerned), fault }];
  });
}
