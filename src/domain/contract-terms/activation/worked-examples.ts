import { formatMoney, money, parseMoney } from '../../money/money.js';
import type { Fault } from '../../shared/domain-error.js';
import { exampleFaults, refusal } from '../example-faults.js';
import type { Example } from '../example.schema.js';
import { MOST_STEPS, stepsInWords, stepsOf } from '../example-size.js';
import type { Clause, TermsDocument } from '../terms.schema.js';
import { weighExample } from '../weigh-example.js';
import { fault } from './check.js';

/** Worked examples attached to clauses are computed, and must come to the amount that they promise. */
export function workedExamples(terms: TermsDocument): Fault[] {
  const inAll = terms.clauses
    .flatMap(({ examples }) => examples)
    .reduce((sum, example) => sum + stepsOf(terms, example), 0);
  if (inAll > MOST_STEPS) {
    const detail = `The worked examples together take ${stepsInWords(inAll)}. Make them smaller.`;
    return [fault('/clauses', 'EXAMPLE_TOO_LARGE', detail)];
  }
  return terms.clauses.flatMap((clause, c) =>
    clause.examples.flatMap((example, e) => {
      const at = `/clauses/${c}/examples/${e}`;
      const unclear = exampleFaults(terms, example).map((one) => ({ ...one, at: at + one.at }));
      return unclear.length > 0 ? unclear : resultFaults(terms, clause, example, at);
    }),
  );
}

function resultFaults(terms: TermsDocument, clause: Clause, example: Example, at: string): Fault[] {
  const unreadable = refusal(`${at}/expect`, () => parseMoney(example.expect, terms.currency));
  if (unreadable.length > 0) return unreadable;
  const expected = parseMoney(example.expect, terms.currency);
  const paid = money(payOf(terms, clause, example), terms.currency);
  return paid.minor === expected.minor
    ? []
    : [
        fault(
          at,
          'EXAMPLE_MISMATCH',
          `The example "${example.name}" promises ${formatMoney(expected)}, but the clause pays ${formatMoney(paid)}.`,
        ),
      ];
}

/** What one clause pays for an example, in minor units, before caps over more than one line. */
export const payOf = (terms: TermsDocument, clause: Clause, example: Example): bigint =>
  weighExample(terms, clause, example).reduce((total, { worthMinor }) => total + worthMinor, 0n);
