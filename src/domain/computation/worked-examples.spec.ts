import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatAmount, money } from '../money/money.js';
import { EMPTY_RECORD } from '../outcomes/contract-record.js';
import {
  inForce,
  onlyReading,
  perPointTerms,
  period,
  score,
  somebody,
  totalOf,
} from '../../../test/support/record.builder.js';
import { activationProblems } from '../contract-terms/activation/activation-problems.js';

/** One worked example: a rule, the follow-up scores of people who all began at 8, and what it must come to. */
interface Example {
  readonly case: string;
  readonly rule: { readonly type: string };
  readonly people: readonly Readonly<Record<string, string>>[];
  readonly expect: string;
}
const EXAMPLES = JSON.parse(
  readFileSync(resolve(__dirname, '../../../test/worked-examples/scores.json'), 'utf8'),
) as Example[];

const ON: Readonly<Record<string, string>> = { '6m': '2015-12-10', '18m': '2016-12-10' };

it.each(EXAMPLES)('$case: £$expect', ({ rule, people, expect: total }) => {
  const of = perPointTerms();
  const clause = { ...of.clauses[0], rule };
  const version = inForce({ ...of, clauses: [clause] });
  expect(activationProblems(version.terms)).toEqual([]);
  const computation = onlyReading({
    versions: [version],
    period: period('all', '2015-04-01', '2020-04-01'),
    capUse: new Map(),
    reckonedUntil: null,
    record: EMPTY_RECORD,
  });
  const lines = people.flatMap((scores, i) => {
    const followUps = Object.entries(scores).map(([point, value]) =>
      score(point, ON[point]!, value),
    );
    const seen = [score('baseline', '2015-06-02', '8'), ...followUps];
    return computation.participant(somebody(seen, { reference: `P-${i + 1}` }), []);
  });
  const all = [...lines, ...computation.close([])];
  expect(formatAmount(money(totalOf(all), 'GBP'))).toBe(total);
  for (const { parts, amountMinor } of all)
    expect([...parts.values()].reduce((sum, part) => sum + part, 0n)).toBe(amountMinor);
});
