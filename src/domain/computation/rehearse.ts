import type { CivilDate } from '../calendar/civil-date.js';
import type { Period } from '../calendar/period.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import type { ContractRecord } from '../outcomes/contract-record.js';
import type { ParticipantFacts } from '../outcomes/participant-facts.js';
import { formatLineReference } from './line-reference.js';
import { openComputation } from './open-computation.js';
import type { PaymentLine } from './payment-line.js';
import type { CapUse } from './caps.js';

/** A line of a rehearsal, under the name it would have. */
export interface RehearsedLine extends PaymentLine {
  readonly reference: string;
  readonly period: string;
}

/** Everything that is known of a contract when a period is computed. */
export interface Knowledge {
  readonly people: readonly ParticipantFacts[];
  readonly record: ContractRecord;
}

/**
 * A contract computed in memory, period after period, as its computations would be asked for: each is told what those
 * before it posted, and posts only the difference. It holds every line, so it is for trying a contract out on as many
 * participants as fit into memory; the service computes without that limit, by the same engine.
 */
export class Rehearsal {
  readonly lines: RehearsedLine[] = [];
  private readonly capUse: CapUse = new Map();
  private readonly byParticipant = new Map<string, RehearsedLine[]>();
  private readonly ofCohorts: RehearsedLine[] = [];
  private computations = 0;
  private reckonedUntil: CivilDate | null = null;

  constructor(private readonly versions: readonly TermsInForce[]) {}

  /** Computes a period with what is known now, and gives the lines that it posts. */
  compute(period: Period, { people, record }: Knowledge): RehearsedLine[] {
    const { versions, capUse } = this;
    const { readings } = openComputation({
      versions,
      period,
      capUse,
      reckonedUntil: this.reckonedUntil,
      record,
    });
    this.computations += 1;
    if (this.reckonedUntil === null || this.reckonedUntil < period.to)
      this.reckonedUntil = period.to;
    const found: PaymentLine[] = [];
    for (const reading of readings) {
      for (const facts of people)
        found.push(...reading.participant(facts, this.byParticipant.get(facts.reference) ?? []));
      found.push(...reading.close(this.ofCohorts));
    }
    return found.map((line, index) => this.post(line, period, index + 1));
  }

  private post(line: PaymentLine, { id }: Period, lineNo: number): RehearsedLine {
    const contract = this.versions[0]!.terms.code;
    const reference = formatLineReference({ contract, computation: this.computations, lineNo });
    const posted: RehearsedLine = { ...line, reference, period: id };
    this.lines.push(posted);
    if (line.participant === null) this.ofCohorts.push(posted);
    else {
      const known = this.byParticipant.get(line.participant);
      if (known === undefined) this.byParticipant.set(line.participant, [posted]);
      else known.push(posted);
    }
    return posted;
  }
}
