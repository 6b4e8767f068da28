import type { Publication } from './publications.js';
import type { Reader } from './reader.js';
import { PAYERS, STATEMENTS, type World } from './world.js';

/** A figure too many: what a careless statement prints beside those of the method, learnt by the reader. */
export interface Careless {
  readonly prints: string;
  readonly to: (reader: Reader, world: World, publications: readonly Publication[]) => void;
}

const statements = Array.from({ length: STATEMENTS }, (_, at) => at + 1);

/** Whether at least 8 net outcomes stand behind what is asked for: what a rule that looks at one figure alone would ask. */
type Places = Parameters<Reader['terms']>[1];
const isLarge = (reader: Reader, places: Places) =>
  reader.sumOf(reader.terms('outcomes', places)) >= 8;

/** Prints an amount where the figure alone is of enough people. */
function printAmount(reader: Reader, places: Places): void {
  if (isLarge(reader, places)) reader.learn(reader.terms('money', places));
}

/** The statement with which a clause was last released, up to one of them; 0 where it never was. */
const lastRelease = (publications: readonly Publication[], clause: string, upTo: number): number =>
  Math.max(
    0,
    ...publications
      .filter(({ statement }) => statement <= upTo)
      .flatMap(({ releases }) => releases.filter((its) => its.clause === clause))
      .map(({ through }) => through),
  );

export const CARELESS: readonly Careless[] = [
  {
    prints: 'what the whole contract came to in a quarter, with what is held back',
    to: (reader) =>
      statements.forEach((number) => printAmount(reader, (its) => its.statement === number)),
  },
  {
    prints:
      'what a clause came to up to each quarter, exact: two of them differ by a small quarter',
    to: (reader, { clauses }) =>
      clauses.forEach((_, clause) =>
        statements.forEach((number) =>
          printAmount(reader, (its) => its.clause === clause && its.statement <= number),
        ),
      ),
  },
  {
    prints: 'every cohort that is large enough, beside the whole clause',
    to: (reader, { clauses, cohorts }) =>
      clauses.forEach((_, clause) =>
        statements.forEach((number) => {
          printAmount(reader, (its) => its.clause === clause && its.statement === number);
          cohorts.forEach((_cohort, cohort) =>
            printAmount(
              reader,
              (its) => its.clause === clause && its.cohort === cohort && its.statement === number,
            ),
          );
        }),
      ),
  },
  {
    prints: 'amounts of small cells, whose counts it holds back',
    to: (reader, { clauses }) =>
      clauses.forEach((_, clause) =>
        reader.learn(reader.terms('money', (its) => its.clause === clause && its.statement === 3)),
      ),
  },
  {
    prints: 'what is held back of all clauses in one sum, once 8 people are behind it together',
    to: (reader, { clauses }, publications) =>
      statements.forEach((number) => {
        const last = clauses.map(({ id }) => lastRelease(publications, id, number));
        printAmount(reader, (its) => its.statement > last[its.clause]! && its.statement <= number);
      }),
  },
  {
    prints: 'what each payer carried, whoever is behind it',
    to: (reader, world, publications) => {
      if (!world.isByHome) return;
      for (const { clause, cohort, from, through } of publications.flatMap((its) => its.releases))
        PAYERS.forEach((_, home) =>
          reader.learn(
            reader.terms(
              'money',
              (its) =>
                its.home === home &&
                world.clauses[its.clause]!.id === clause &&
                (cohort === null || world.cohorts[its.cohort] === cohort) &&
                its.statement >= from &&
                its.statement <= through,
            ),
          ),
        );
    },
  },
  {
    prints: 'a quarter again after a late approval, in figures that are large both times',
    to: (reader, { clauses }) =>
      clauses.forEach((_, clause) => {
        const isEarly: Places = (its) => its.clause === clause && its.statement === 3;
        printAmount(reader, (its) => isEarly(its) && its.cohort > 0);
        printAmount(reader, isEarly);
      }),
  },
  {
    prints: 'counts from 5, rounded to 5: with the amount a 5 is the count itself',
    to: (reader, { clauses }) =>
      clauses.forEach((_, clause) =>
        statements.forEach((number) => {
          const places: Places = (its) => its.clause === clause && its.statement === number;
          const count = reader.sumOf(reader.terms('outcomes', places));
          if (count >= 5) reader.learn(reader.terms('money', places));
        }),
      ),
  },
];
