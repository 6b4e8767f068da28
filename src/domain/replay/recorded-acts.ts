import type { AuditPayloads, AuditType } from '../audit/entry-types.js';

/** One act out of the trail of a contract. */
export interface RecordedAct<Type extends AuditType = AuditType> {
  readonly seq: bigint;
  readonly type: Type;
  readonly personId: string | null;
  readonly payload: AuditPayloads[Type];
}

type ActOf<Type extends AuditType> = Type extends AuditType ? RecordedAct<Type> : never;
export type Act = ActOf<AuditType>;

/** The kinds of import whose rows are about participants. */
export type RowsImport = RecordedAct<'participants.imported' | 'measurements.imported'>;
export type GroupsImport = RecordedAct<'figures.imported' | 'effects.imported'>;

/** What a computation was asked for with, and what came of it. */
export interface ComputedAct {
  readonly requested: RecordedAct<'computation.requested'>;
  readonly computed: RecordedAct<'computation.computed'>;
}

/**
 * The trail of a contract, read for a replay: what was recorded, computed, claimed, decided and issued, in its order. It
 * holds acts and never a row: an import of millions of rows is one act.
 */
export class RecordedActs {
  readonly terms: RecordedAct<'terms.activated'>[] = [];
  readonly enrolments = new Map<
    bigint,
    RecordedAct<'participant.enrolled' | 'enrolment.corrected'>
  >();
  readonly measurements = new Map<
    bigint,
    RecordedAct<'measurement.recorded' | 'measurement.corrected'>
  >();
  readonly imports = new Map<bigint, RowsImport>();
  /** Acts that recorded figures or results, of groups. */
  readonly figures = new Map<bigint, RecordedAct<'figures.submitted' | 'figures.imported'>>();
  readonly effects = new Map<
    bigint,
    RecordedAct<'effect.signed' | 'effect.superseded' | 'effects.imported'>
  >();
  readonly computed: ComputedAct[] = [];
  readonly claims: RecordedAct<'claim.submitted'>[] = [];
  readonly decisions: RecordedAct<'claim.decided'>[] = [];
  readonly statements: RecordedAct<'statement.issued'>[] = [];
  /** References of those whose record was erased: what commits to it can no longer be opened. */
  readonly erased = new Set<string>();
  private readonly requested = new Map<string, RecordedAct<'computation.requested'>>();
  private read = 0;

  /** How many entries were read. */
  get size(): number {
    return this.read;
  }

  add(act: Act): void {
    this.read += 1;
    switch (act.type) {
      case 'terms.activated':
        return void this.terms.push(act);
      case 'participant.enrolled':
      case 'enrolment.corrected':
        return void this.enrolments.set(act.seq, act);
      case 'measurement.recorded':
      case 'measurement.corrected':
        return void this.measurements.set(act.seq, act);
      case 'participants.imported':
      case 'measurements.imported':
        return void this.imports.set(act.seq, act);
      case 'figures.submitted':
      case 'figures.imported':
        return void this.figures.set(act.seq, act);
      case 'effect.signed':
      case 'effect.superseded':
      case 'effects.imported':
        return void this.effects.set(act.seq, act);
      case 'participant.erased':
      case 'participant.erased-again':
        if (act.payload.erased.includes('record')) this.erased.add(act.payload.reference);
        return;
      default:
        this.addMoney(act);
    }
  }

  private addMoney(act: Act): void {
    switch (act.type) {
      case 'computation.requested':
        return void this.requested.set(act.payload.computationId, act);
      case 'computation.computed':
        return this.addComputed(act);
      case 'claim.submitted':
        return void this.claims.push(act);
      case 'claim.decided':
        return void this.decisions.push(act);
      case 'statement.issued':
        return void this.statements.push(act);
      default:
    }
  }

  private addComputed(computed: RecordedAct<'computation.computed'>): void {
    const requested = this.requested.get(computed.payload.computationId);
    if (requested !== undefined) this.computed.push({ requested, computed });
  }
}

/** An act out of the body of its entry, which has been verified before. */
export function actOf(body: string): Act {
  const { seq, type, personId, payload } = JSON.parse(body) as Record<string, unknown>;
  return { seq: BigInt(seq as string), type, personId, payload } as Act;
}
