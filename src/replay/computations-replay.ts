import { Injectable } from '@nestjs/common';
import { ENGINE_VERSION } from '../domain/computation/digest.js';
import { contractPeriods } from '../domain/contract-terms/terms-in-force.js';
import type { ComputedAct } from '../domain/replay/recorded-acts.js';
import {
  ComputationReplay,
  type RecordedRun,
  type ReplayedComputation,
  type StoredComputation,
} from '../payments/computation-replay.service.js';
import type { Transaction } from '../platform/database/transaction.js';
import { differenceOfLine } from './line-in-words.js';
import type { ReplayContext } from './replay-context.js';
import type { TermsReplayed } from './terms-replay.js';

const OTHER_ENGINE = (version: string) =>
  `computed by engine ${version}, where this is engine ${ENGINE_VERSION}: the stored lines were held against their digest and not computed again`;
const AFTER_OTHER = (number: number) =>
  `resting on computation ${number}, which differs: the stored lines were held against their digest and not computed again`;
const WITHOUT_TERMS =
  'not computed again, because the terms differ: the stored lines were held against their digest';

/** Computes every computation again, from what its request could know, and holds each line against the stored one. */
@Injectable()
export class ComputationsReplay {
  constructor(private readonly computations: ComputationReplay) {}

  /** Only the computations whose entries are not after `through`. */
  async replay(
    tx: Transaction,
    context: ReplayContext,
    terms: TermsReplayed,
    through: bigint | null,
  ): Promise<void> {
    const { contract, acts, findings } = context;
    const rows = new Map(
      (await this.computations.stored(tx, contract.id)).map((row) => [row.id, row]),
    );
    let firstOther: number | null = null;
    for (const act of acts.computed) {
      const { seq, payload } = act.computed;
      const row = rows.get(payload.computationId);
      rows.delete(payload.computationId);
      if (through !== null && seq > through) continue;
      if (row === undefined) {
        const gone = `Computation ${payload.number} of entry ${seq} is gone.`;
        findings.differ('computations', seq, gone);
        firstOther ??= payload.number;
        continue;
      }
      const isSame = await this.one(tx, context, { act, row, terms, firstOther });
      if (!isSame) firstOther ??= payload.number;
    }
    for (const { number } of rows.values())
      findings.differ(
        'computations',
        null,
        `No entry recorded that computation ${number} was computed.`,
      );
  }

  private async one(
    tx: Transaction,
    context: ReplayContext,
    { act, row, terms, firstOther }: OneComputation,
  ): Promise<boolean> {
    const { contract, findings } = context;
    const { seq, payload } = act.computed;
    const run = recordedRun(act, terms);
    const other = rowDifference(act, row, run);
    if (other !== null) findings.differ('computations', seq, other);
    const engine = payload.engineVersion ?? row.engineVersion ?? '';
    const why =
      run === null
        ? WITHOUT_TERMS
        : engine !== ENGINE_VERSION
          ? OTHER_ENGINE(engine)
          : firstOther !== null
            ? AFTER_OTHER(firstOther)
            : null;
    if (why !== null) findings.leaveOpen('computations', why);
    const replayed =
      run === null || why !== null
        ? await this.computations.storedLines(tx, row.id)
        : await this.computations.replay(tx, contract, run, terms.known(run.knownThrough));
    const areSame = compare(context, act, replayed);
    return other === null && areSame;
  }
}

interface OneComputation {
  readonly act: ComputedAct;
  readonly row: StoredComputation;
  readonly terms: TermsReplayed;
  readonly firstOther: number | null;
}

/** What a run is made of, by the trail and the terms alone; null where the terms do not tell its period. */
function recordedRun(
  { requested, computed }: ComputedAct,
  terms: TermsReplayed,
): RecordedRun | null {
  const knownThrough = requested.seq;
  const period = contractPeriods(terms.known(knownThrough)).find(
    ({ id }) => id === requested.payload.periodId,
  );
  if (period === undefined) return null;
  const { computationId: id, number, currency } = computed.payload;
  return { id, number, period, knownThrough, requestedBy: requested.personId ?? '', currency };
}

/** Where the row of a computation says something else than its entries, as a sentence. */
function rowDifference(
  { requested, computed }: ComputedAct,
  row: StoredComputation,
  run: RecordedRun | null,
): string | null {
  const said = computed.payload;
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['number', said.number, row.number],
    ['number of lines', said.lines, row.lines],
    ['total', said.totalMinor, row.totalMinor],
    ['currency', said.currency, row.currency],
    ['digest', said.digest, row.digest],
    ['period', requested.payload.periodId, row.period.id],
    ['latest entry it knew', requested.seq, row.knownThrough],
    ['requester', requested.personId, row.requestedBy],
    ['engine', said.engineVersion ?? row.engineVersion, row.engineVersion],
    ['first day', run?.period.from ?? row.period.from, row.period.from],
    ['day after the last', run?.period.to ?? row.period.to, row.period.to],
  ];
  const other = pairs.find(([, recorded, stored]) => recorded !== stored);
  if (other === undefined) return null;
  const [name, recorded, stored] = other;
  return `The ${name} of computation ${said.number} was recorded as ${String(recorded)}, and stored is ${String(stored)}.`;
}

/** Says of a computation what agrees: its entry, what is stored, and what the record gives again. */
function compare(
  { contract, findings }: ReplayContext,
  { computed: { seq, payload } }: ComputedAct,
  { computed, stored, firstOther, failure }: ReplayedComputation,
): boolean {
  const { number, digest } = payload;
  if (failure !== null)
    findings.differ(
      'computations',
      seq,
      `Computation ${number} cannot be computed again: ${failure}`,
    );
  else if (computed !== null && computed.digest !== digest)
    findings.differ(
      'computations',
      seq,
      `What is stored as the record and the terms does not give computation ${number} again: ${folded(computed)} instead of ${payload.lines} lines and ${payload.totalMinor} minor units with the digest of entry ${seq}.`,
    );
  else if (computed !== null) findings.agree('computations');
  if (firstOther !== null)
    findings.differ('lines', seq, differenceOfLine(contract.code, number, firstOther));
  else if (stored.digest !== digest)
    findings.differ(
      'lines',
      seq,
      `The stored lines of computation ${number} are not those that entry ${seq} commits to.`,
    );
  else findings.agree('lines', stored.lines);
  return failure === null && firstOther === null && stored.digest === digest;
}

const folded = ({ lines, totalMinor }: { readonly lines: number; readonly totalMinor: bigint }) =>
  `${lines} lines and ${totalMinor} minor units`;
