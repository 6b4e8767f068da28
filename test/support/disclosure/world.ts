import type { Behind, Cell, PayerPart } from '../../../src/domain/disclosure/cell.js';
import { NOT_MEASURED, type FollowUpCell } from '../../../src/domain/disclosure/follow-up.js';
import { fraction } from '../../../src/domain/money/fraction.js';

/** The same numbers from the same seed (mulberry32): every run of the test sees the same contracts. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const STATEMENTS = 8;
export const PAYERS = ['north', 'south'] as const;

/** One approved change about one person. `outcomes` is -1 where an earlier payment is taken back. */
export interface Event {
  readonly person: number;
  readonly clause: number;
  readonly cohort: number;
  readonly home: number;
  readonly statement: number;
  readonly outcomes: 1 | -1;
  readonly points: number;
}

export interface ClauseOfWorld {
  readonly id: string;
  readonly tariffMinor: number;
  /** Pays for points, one to six for a person, and not for each person once. */
  readonly isByPoint: boolean;
  /** Payments may be taken back later. */
  readonly isReversible: boolean;
}

/** A contract of eight quarters with everything that happened in it, which nobody outside is to find out. */
export interface World {
  readonly cohorts: readonly string[];
  readonly clauses: readonly ClauseOfWorld[];
  /** Whether each payer pays for those who live with it; otherwise both share every line 60:40. */
  readonly isByHome: boolean;
  readonly events: readonly Event[];
  /** Of an event that takes back an earlier one: the statement of that one. */
  readonly lastIn: ReadonlyMap<Event, number>;
  /** Follow-up to date after each statement, of each clause that pays for points and takes nothing back. */
  readonly followUp: readonly (readonly FollowUpCell[])[];
}

const TARIFFS = [50_000, 66_000, 100_000, 120_000, 180_000, 400_000];
/** The most people of a cohort, which the terms say. */
export const LARGEST_COHORT = 60;

export function aWorld(seed: number): World {
  const draw = random(seed);
  const upTo = (most: number) => Math.floor(draw() * (most + 1));
  const one = <T>(all: readonly T[]): T => all[upTo(all.length - 1)]!;
  const cohorts = Array.from({ length: 1 + upTo(2) }, (_, at) => `c${at + 1}`);
  const clauses = Array.from({ length: 1 + upTo(2) }, (_, at): ClauseOfWorld => ({
    id: `${at + 1}`,
    tariffMinor: one(TARIFFS),
    isByPoint: draw() < 0.4,
    isReversible: draw() < 0.3,
  }));
  const events: Event[] = [];
  const lastIn = new Map<Event, number>();
  let person = 0;
  for (const cohort of cohorts.keys()) {
    const size = one([2, 5, 9, 14, 25, 40, LARGEST_COHORT]);
    const chances = clauses.map(() => one([0.15, 0.5, 0.9]));
    const first = 1 + upTo(3);
    const spread = 1 + upTo(STATEMENTS - first - 1);
    for (let each = 0; each < size; each += 1, person += 1)
      for (const [clause, its] of clauses.entries()) {
        if (draw() > chances[clause]!) continue;
        const statement = Math.min(STATEMENTS, first + upTo(spread));
        const points = its.isByPoint ? 1 + upTo(5) : 1;
        const event = { person, clause, cohort, home: person % 4 === 0 ? 1 : 0, points };
        events.push({ ...event, statement, outcomes: 1 });
        if (its.isReversible && draw() < 0.25 && statement < STATEMENTS) {
          const back = statement + 1 + upTo(STATEMENTS - statement - 1);
          const taken: Event = { ...event, statement: back, outcomes: -1, points: -points };
          events.push(taken);
          lastIn.set(taken, statement);
        }
      }
  }
  const world = { cohorts, clauses, isByHome: draw() < 0.4, events, lastIn };
  return { ...world, followUp: followUpOf(world, upTo) };
}

function followUpOf(
  { cohorts, clauses, events }: Omit<World, 'followUp'>,
  upTo: (most: number) => number,
): FollowUpCell[][] {
  const counted = clauses.filter(({ isByPoint, isReversible }) => isByPoint && !isReversible);
  const running = new Map<string, FollowUpCell>();
  const paidIn = new Map<string, number>();
  for (const { clause, cohort, statement } of events) {
    const key = `${clauses[clause]!.id} ${cohort} ${statement}`;
    paidIn.set(key, (paidIn.get(key) ?? 0) + 1);
  }
  return Array.from({ length: STATEMENTS }, (_, at) =>
    counted.flatMap((clause) =>
      cohorts.map((cohort, number): FollowUpCell => {
        const key = `${clause.id} ${cohort}`;
        const before = running.get(key);
        const paid = paidIn.get(`${clause.id} ${number} ${at + 1}`) ?? 0;
        const cell = { clause: clause.id, timePoint: '6m', cohort } as Record<string, unknown>;
        cell['measured'] = (before?.measured ?? 0) + paid + upTo(3);
        for (const reason of NOT_MEASURED)
          cell[reason] = (before?.[reason] ?? 0) + Math.floor(upTo(5) / 2);
        cell['excluded'] = 0;
        running.set(key, cell as unknown as FollowUpCell);
        return cell as unknown as FollowUpCell;
      }),
    ),
  );
}

/** The cells that the record hands in: of every clause, cohort and statement in which something was approved. */
export function cellsOf(world: World): Cell[] {
  const groups = new Map<string, Event[]>();
  for (const event of world.events) {
    const key = `${event.clause} ${event.cohort} ${event.statement}`;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()].map((events): Cell => {
    const [{ clause, cohort, statement }] = events as [Event];
    const { id, tariffMinor } = world.clauses[clause]!;
    return {
      clause: id,
      tariffMinor: BigInt(tariffMinor),
      cohort: world.cohorts[cohort]!,
      statement,
      behind: behindOf(world, events),
      outcomes: netOf(events),
      quantity: fraction(BigInt(pointsOf(events))),
      amountMinor: BigInt(pointsOf(events) * tariffMinor),
      payers: PAYERS.map((_, payer) => partOf(world, events, payer)),
    };
  });
}

function partOf(world: World, events: readonly Event[], payer: number): PayerPart {
  const own = world.isByHome ? events.filter(({ home }) => home === payer) : events;
  const { tariffMinor } = world.clauses[events[0]!.clause]!;
  const share = world.isByHome ? 10 : [6, 4][payer]!;
  return {
    payer: PAYERS[payer]!,
    amountMinor: BigInt((pointsOf(own) * tariffMinor * share) / 10),
    behind: behindOf(world, own),
    outcomes: netOf(own),
  };
}

/** How many had the line before, by the statement in which they last had it. */
function behindOf(world: World, events: readonly Event[]): Behind {
  const counts = new Map<number | null, number>();
  for (const event of events) {
    const lastIn = world.lastIn.get(event) ?? null;
    counts.set(lastIn, (counts.get(lastIn) ?? 0) + 1);
  }
  return [...counts].map(([lastIn, people]) => ({ lastIn, people }));
}

const netOf = (events: readonly Event[]) => events.reduce((sum, { outcomes }) => sum + outcomes, 0);
const pointsOf = (events: readonly Event[]) => events.reduce((sum, { points }) => sum + points, 0);
