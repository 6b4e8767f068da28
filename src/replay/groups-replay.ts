import { Injectable } from '@nestjs/common';
import type { RecordedAct } from '../domain/replay/recorded-acts.js';
import type { Findings, Part } from '../domain/replay/report.js';
import {
  figuresHash,
  recordedEffectsHash,
  recordedFiguresHash,
  toRecordedEffect,
  toRecordedFigure,
  type RecordedEffect,
  type RecordedFigure,
} from '../figures/recorded-groups.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { ReplayContext } from './replay-context.js';
import { ReplayRepository } from './replay.repository.js';

const FILE_ONLY =
  'imported when an entry committed to the file alone: their number agrees, and what was paid on them is checked with the computations';
const NO_ORDER =
  'submitted together when an entry committed to their order, which is not kept: what was paid on them is checked with the computations';

type FiguresAct = RecordedAct<'figures.submitted' | 'figures.imported'>;
type EffectsAct = RecordedAct<'effect.signed' | 'effect.superseded' | 'effects.imported'>;

/** Holds every stored version of every figure and signed result against the act that recorded it. */
@Injectable()
export class GroupsReplay {
  constructor(private readonly repository: ReplayRepository) {}

  async replay(tx: Transaction, { contract, acts, findings }: ReplayContext): Promise<void> {
    const figures = bySeq(await this.repository.figures(tx, contract.id), toRecordedFigure);
    for (const [seq, act] of acts.figures) checkFigures(findings, act, taken(figures, seq));
    const effects = bySeq(await this.repository.effects(tx, contract.id), toRecordedEffect);
    for (const [seq, act] of acts.effects) checkEffects(findings, act, taken(effects, seq));
    strays(findings, 'figures', figures);
    strays(findings, 'results', effects);
  }
}

function checkFigures(
  findings: Findings,
  act: FiguresAct,
  figures: readonly RecordedFigure[],
): void {
  const { seq, payload } = act;
  const count = 'figures' in payload ? payload.figures : payload.rowsNew + payload.rowsCorrected;
  const words = `Entry ${seq} recorded ${count} figures`;
  if (figures.length !== count)
    return findings.differ('figures', seq, `${words}, and ${figures.length} are there.`);
  const { recordedHash } = payload;
  if (recordedHash !== undefined) {
    if (recordedFiguresHash(figures) === recordedHash) return findings.agree('figures', count);
    return findings.differ(
      'figures',
      seq,
      `${words}, and those stored are others: ${namesOf(figures)}.`,
    );
  }
  if (!('contentHash' in payload)) return findings.leaveOpen('figures', FILE_ONLY, count);
  if (figuresHash(figures) === payload.contentHash) return findings.agree('figures', count);
  if (count > 1) return findings.leaveOpen('figures', NO_ORDER, count);
  findings.differ('figures', seq, `${words}, and that stored is another: ${namesOf(figures)}.`);
}

function checkEffects(
  findings: Findings,
  act: EffectsAct,
  effects: readonly RecordedEffect[],
): void {
  const { seq, payload } = act;
  const count = 'rows' in payload ? payload.rowsNew + payload.rowsCorrected : 1;
  const words = `Entry ${seq} recorded ${count} results`;
  if (effects.length !== count)
    return findings.differ('results', seq, `${words}, and ${effects.length} are there.`);
  const { recordedHash } = payload;
  if (recordedHash === undefined && 'rows' in payload)
    return findings.leaveOpen('results', FILE_ONLY, count);
  const isSame =
    recordedHash === undefined
      ? saysSame(payload as RecordedAct<'effect.signed'>['payload'], effects[0]!)
      : recordedEffectsHash(effects) === recordedHash;
  if (isSame) return findings.agree('results', count);
  const names = effects.map(({ metric, cohort }) => `${metric}/${cohort}`).join(', ');
  findings.differ('results', seq, `${words}, and those stored are others: ${names}.`);
}

/** What an entry of earlier days says of a result. */
const saysSame = (said: RecordedAct<'effect.signed'>['payload'], stored: RecordedEffect): boolean =>
  (['metric', 'cohort', 'version', 'signedOn', 'value', 'n', 'documentHash'] as const).every(
    (member) => said[member] === stored[member],
  );

const namesOf = (figures: readonly RecordedFigure[]): string =>
  figures
    .slice(0, 3)
    .map(({ metric, group, from }) => `${metric}/${group}/${from}`)
    .join(', ') + (figures.length > 3 ? ' ...' : '');

function bySeq<Row extends { readonly recorded_seq: string }, T>(
  rows: readonly Row[],
  read: (row: Row) => T,
): Map<bigint, T[]> {
  const found = new Map<bigint, T[]>();
  for (const row of rows) {
    const seq = BigInt(row.recorded_seq);
    const others = found.get(seq);
    if (others === undefined) found.set(seq, [read(row)]);
    else others.push(read(row));
  }
  return found;
}

/** What is stored under an entry; what is left in the end is under none. */
function taken<T>(rows: Map<bigint, T[]>, seq: bigint): T[] {
  const found = rows.get(seq) ?? [];
  rows.delete(seq);
  return found;
}

function strays(findings: Findings, part: Part, left: ReadonlyMap<bigint, unknown[]>): void {
  for (const [seq, rows] of left)
    findings.differ(part, null, `${rows.length} ${part} name entry ${seq}, which recorded none.`);
}
