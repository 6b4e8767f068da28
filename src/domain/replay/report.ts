/** What a replay holds against the trail, in the order in which it is rebuilt. */
export const PARTS = [
  'entries',
  'terms',
  'enrolments',
  'measurements',
  'figures',
  'results',
  'computations',
  'lines',
  'claims',
  'decisions',
  'statements',
] as const;
export type Part = (typeof PARTS)[number];

/** Something that is stored otherwise than it was recorded. */
export interface Difference {
  /** The audit entry that recorded it; null where none did. */
  readonly entry: bigint | null;
  /** One sentence that names what differs. */
  readonly detail: string;
}

export interface PartReport {
  readonly part: Part;
  /** How many agree with what commits to them. */
  readonly agreed: number;
  /** How many do not, as far as was looked. */
  readonly differing: number;
  readonly first: Difference | null;
  /** What could not be rebuilt or held against anything, and why: a sentence each, with how many it is true of. */
  readonly open: readonly { readonly why: string; readonly count: number }[];
}

export interface ReplayReport {
  readonly agrees: boolean;
  readonly parts: readonly PartReport[];
}

class PartTally {
  agreed = 0;
  differing = 0;
  first: Difference | null = null;
  readonly open = new Map<string, number>();
}

/** Gathers what a replay finds; of each part it keeps the first difference. */
export class Findings {
  private readonly parts = new Map<Part, PartTally>();

  agree(part: Part, count = 1): void {
    this.of(part).agreed += count;
  }

  differ(part: Part, entry: bigint | null, detail: string): void {
    const tally = this.of(part);
    tally.differing += 1;
    tally.first ??= { entry, detail };
  }

  /** Something that nothing can be said of: no fault, and no proof either. */
  leaveOpen(part: Part, why: string, count = 1): void {
    const { open } = this.of(part);
    open.set(why, (open.get(why) ?? 0) + count);
  }

  hasDifference(part: Part): boolean {
    return (this.parts.get(part)?.differing ?? 0) > 0;
  }

  hasOpen(part: Part): boolean {
    return (this.parts.get(part)?.open.size ?? 0) > 0;
  }

  report(): ReplayReport {
    const parts = PARTS.flatMap((part): PartReport[] => {
      const tally = this.parts.get(part);
      if (tally === undefined) return [];
      const { agreed, differing, first, open } = tally;
      const reasons = [...open].map(([why, count]) => ({ why, count }));
      return [{ part, agreed, differing, first, open: reasons }];
    });
    return { agrees: parts.every(({ differing }) => differing === 0), parts };
  }

  private of(part: Part): PartTally {
    const known = this.parts.get(part);
    if (known !== undefined) return known;
    const made = new PartTally();
    this.parts.set(part, made);
    return made;
  }
}
