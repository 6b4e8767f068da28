import type { NotMeasured, PublishedFollowUp } from '../../../src/domain/disclosure/follow-up.js';
import type { Release } from '../../../src/domain/disclosure/release.js';
import type { ReleasedTotal } from '../../../src/domain/disclosure/totals.js';
import { Knowledge, type Term } from './knowledge.js';
import type { Publication } from './publications.js';
import { LARGEST_COHORT, PAYERS, STATEMENTS, type Event, type World } from './world.js';

/** A count that nobody may find out while it is of 1 to 7: its name, its variables and its true value. */
export interface Secret {
  readonly name: string;
  readonly variables: readonly number[];
  readonly value: number;
}

interface Place {
  readonly clause: number;
  readonly cohort: number;
  readonly statement: number;
  readonly home: number;
  readonly outcomes: number;
  readonly points: number;
}

const PARTS = ['measured', 'late', 'missed', 'declined', 'couldNotCollect'] as const;
type Part = (typeof PARTS)[number];

/**
 * What an investor with every statement, the tariffs, the sizes of cohorts, the shares and the rounding rule knows, as
 * linear facts about what happened in each clause, cohort, quarter and home. Written from the published tables alone and
 * from what the method's description says of a figure that is missing; it calls nothing of the module.
 */
export class Reader {
  readonly knowledge = new Knowledge();
  readonly truth: number[] = [];
  readonly secrets: Secret[] = [];
  private readonly places: Place[] = [];
  private readonly followUps = new Map<string, number>();
  private readonly events = new Map<string, Event[]>();

  constructor(private readonly world: World) {
    for (const event of world.events) {
      const key = `${event.clause} ${event.cohort} ${event.statement}`;
      this.events.set(key, [...(this.events.get(key) ?? []), event]);
    }
    for (const clause of world.clauses.keys())
      for (const cohort of world.cohorts.keys())
        for (let statement = 1; statement <= STATEMENTS; statement += 1)
          this.addPlaces(clause, cohort, statement);
    for (const [at, cells] of world.followUp.entries())
      for (const cell of cells)
        for (const part of PARTS)
          this.addFollowUp(at + 1, cell.clause, cell.cohort, part, cell[part]);
  }

  read(publications: readonly Publication[]): void {
    const all: Release[] = [];
    for (const { statement, releases, period, toDate, followUp } of publications) {
      all.push(...releases);
      for (const release of releases) this.readRelease(release);
      this.readHeldBack(statement, all);
      this.readTotal(releases, period);
      this.readTotal(all, toDate);
      for (const row of followUp) this.readFollowUp(statement, row);
    }
  }

  /** Terms of a sum over all places that are asked for. */
  terms(of: 'outcomes' | 'points' | 'money', isMeant: (place: Place) => boolean): Term[] {
    return this.places.filter(isMeant).map((place) => {
      const { tariffMinor } = this.world.clauses[place.clause]!;
      if (of === 'outcomes') return [place.outcomes, 1];
      return [place.points, of === 'points' ? 1 : tariffMinor];
    });
  }

  /** Learns a sum of the true world: for figures that a careless statement would print. */
  learn(terms: readonly Term[], low = this.sumOf(terms), high = this.sumOf(terms)): void {
    this.knowledge.know(terms, low, high);
  }

  sumOf = (terms: readonly Term[]): number =>
    terms.reduce((sum, [variable, coefficient]) => sum + coefficient * this.truth[variable]!, 0);

  private add(low: number, high: number, value: number): number {
    this.truth.push(value);
    return this.knowledge.variable(low, high);
  }

  private addPlaces(clause: number, cohort: number, statement: number): void {
    const { isByPoint, isReversible } = this.world.clauses[clause]!;
    const least = isReversible ? -LARGEST_COHORT : 0;
    const homes = this.world.isByHome ? [0, 1] : [0];
    const variables = homes.map((home) => {
      const here = this.events.get(`${clause} ${cohort} ${statement}`) ?? [];
      const own = here.filter((its) => !this.world.isByHome || its.home === home);
      const net = own.reduce((sum, its) => sum + its.outcomes, 0);
      const outcomes = this.add(least, LARGEST_COHORT, net);
      const points = isByPoint
        ? this.add(
            6 * least,
            6 * LARGEST_COHORT,
            own.reduce((sum, its) => sum + its.points, 0),
          )
        : outcomes;
      if (isByPoint && !isReversible) {
        this.knowledge.know(
          [
            [points, 1],
            [outcomes, -1],
          ],
          0,
          Infinity,
        );
        this.knowledge.know(
          [
            [outcomes, 6],
            [points, -1],
          ],
          0,
          Infinity,
        );
      }
      this.places.push({ clause, cohort, statement, home, outcomes, points });
      return outcomes;
    });
    const name = `clause ${clause + 1}, cohort ${cohort + 1}, statement ${statement}`;
    this.keepSecret(name, variables);
    if (variables.length > 1)
      for (const [home, variable] of variables.entries())
        this.keepSecret(`${name}, ${PAYERS[home]!}`, [variable]);
  }

  private keepSecret(name: string, variables: readonly number[]): void {
    const value = variables.reduce((sum, variable) => sum + this.truth[variable]!, 0);
    if (Math.abs(value) >= 1 && Math.abs(value) <= 7) this.secrets.push({ name, variables, value });
  }

  /** Follow-up to date never falls, and whoever was paid for had been measured. */
  private addFollowUp(
    statement: number,
    clause: string,
    cohort: string,
    part: Part,
    value: number,
  ) {
    const variable = this.add(0, 200, value);
    this.followUps.set(`${statement} ${clause} ${cohort} ${part}`, variable);
    this.keepSecret(`follow-up of ${clause}, ${cohort}, statement ${statement}: ${part}`, [
      variable,
    ]);
    const before = this.followUps.get(`${statement - 1} ${clause} ${cohort} ${part}`);
    if (before !== undefined)
      this.knowledge.know(
        [
          [variable, 1],
          [before, -1],
        ],
        0,
        Infinity,
      );
    if (part !== 'measured') return;
    const paid = this.terms(
      'outcomes',
      (its) => this.isOf(its, clause, cohort) && its.statement <= statement,
    );
    this.knowledge.know([[variable, 1], ...paid.map(([its]): Term => [its, -1])], 0, Infinity);
  }

  private isOf(place: Place, clause: string, cohort: string | null): boolean {
    return (
      this.world.clauses[place.clause]!.id === clause &&
      (cohort === null || this.world.cohorts[place.cohort] === cohort)
    );
  }

  private readonly isIn = (release: Release) => (place: Place) =>
    this.isOf(place, release.clause, release.cohort) &&
    place.statement >= release.from &&
    place.statement <= release.through;

  private readRelease(release: Release): void {
    const isIn = this.isIn(release);
    const outcomes = this.terms('outcomes', isIn);
    this.knowledge.know(this.terms('money', isIn), Number(release.amountMinor));
    this.knowledge.know(outcomes, ...behindRounded(release.outcomes!));
    this.knowledge.know(this.terms('points', isIn), release.quantity - 2, release.quantity + 2);
    this.readPeople(release, outcomes);
    if (release.payers === null) return;
    for (const [home, payer] of PAYERS.entries()) {
      const amount = Number(release.payers.find((its) => its.payer === payer)!.amountMinor);
      if (this.world.isByHome)
        this.knowledge.know(
          this.terms('money', (its) => isIn(its) && its.home === home),
          amount,
        );
      else
        this.knowledge.know(
          this.terms('money', isIn).map(([its, tariff]): Term => [
            its,
            (tariff * [6, 4][home]!) / 10,
          ]),
          amount,
        );
    }
  }

  /** Where nothing is taken back, everybody is paid for once, so people are outcomes. */
  private readPeople(release: Release, outcomes: readonly Term[]): void {
    const { isReversible } = this.world.clauses.find(({ id }) => id === release.clause)!;
    if (!isReversible) this.knowledge.know(outcomes, ...behindRounded(release.people!));
  }

  /** A line that has not been released since some statement is of 0 to 7 people: the method says so. */
  private readHeldBack(statement: number, all: readonly Release[]): void {
    for (const [clause, { id, isReversible }] of this.world.clauses.entries()) {
      const last = Math.max(0, ...all.filter((its) => its.clause === id).map((its) => its.through));
      if (last === statement || isReversible) continue;
      const isHeld = (its: Place) =>
        its.clause === clause && its.statement > last && its.statement <= statement;
      this.knowledge.know(this.terms('outcomes', isHeld), 0, 7);
    }
  }

  private readTotal(releases: readonly Release[], total: ReleasedTotal): void {
    const released = new Set(releases.flatMap((release) => this.places.filter(this.isIn(release))));
    const isIn = (place: Place) => released.has(place);
    const slack = 2 * releases.length;
    this.knowledge.know(this.terms('money', isIn), Number(total.amountMinor));
    this.knowledge.know(
      this.terms('outcomes', isIn),
      total.outcomes - slack,
      total.outcomes + slack,
    );
    this.knowledge.know(this.terms('points', isIn), total.quantity - slack, total.quantity + slack);
  }

  private readFollowUp(statement: number, row: PublishedFollowUp): void {
    const cohorts = row.cohort === null ? this.world.cohorts : [row.cohort];
    const sum = (parts: readonly Part[]): Term[] =>
      parts.flatMap((part) =>
        cohorts.map((cohort): Term => [
          this.followUps.get(`${statement} ${row.clause} ${cohort} ${part}`)!,
          1,
        ]),
      );
    const read = (parts: readonly Part[], value: number | null, slack = 2) =>
      value === null
        ? this.knowledge.know(sum(parts), 0, 7)
        : this.knowledge.know(sum(parts), Math.max(8, value - slack), value + slack);
    const reasons = PARTS.filter((part): part is NotMeasured => part !== 'measured');
    read(['measured'], row.measured);
    read(reasons, row.notMeasured, row.reasons === null ? 2 : 8);
    if (row.reasons !== null) for (const reason of reasons) read([reason], row.reasons[reason]);
  }
}

/** The five counts behind a rounded one; never fewer than 8 in size. */
function behindRounded(value: number): [low: number, high: number] {
  return value > 0 ? [Math.max(8, value - 2), value + 2] : [value - 2, Math.min(-8, value + 2)];
}
