// (d): what a line costs in a contract of thirty clauses, against one of a single clause, on the same participants. Both are
// computed in turn by the real worker process.
import { computation, emptyTables } from './computation.mjs';
import { buildContract } from './contract.mjs';
import { median } from './median.mjs';

const MANY = 30;

/** So few participants that what they take is what every computation takes, whatever it computes; it is deducted. */
const FEW = 10;

/** A line of the contract with many clauses may cost this much of a line of the one with a single clause, and no more. */
export const TOLERANCE = 1.25;

/** One size; fails where thirty clauses cost more than in proportion to their lines. */
export async function benchClauses({ client, url, dist, participants, repetitions, log }) {
  const [start, one, many] = [
    { participants: FEW, clauses: 1 },
    { participants, clauses: 1 },
    { participants, clauses: MANY },
  ];
  for (const each of [start, one, many]) {
    each.contract = await buildContract(client, each.participants, each.clauses, 'bench-clauses');
    each.times = [];
  }
  for (let repetition = 1; repetition <= repetitions; repetition += 1)
    for (const each of [start, one, many]) {
      await emptyTables(client);
      const { seconds, peakRssMb } = await computation({ client, url, dist, ...each });
      const { rows } = await client.query('select count(*)::int as lines from payment_line');
      each.times.push(seconds);
      each.lines = rows[0].lines;
      log(
        `  ${each.participants} participants, ${each.clauses} clauses, ${repetition}/${repetitions}: ${seconds.toFixed(2)} s for ${each.lines} lines, worker ${peakRssMb} MB`,
      );
    }
  const startSeconds = median(start.times);
  const [cost, costOfMany] = [one, many].map(
    ({ times, lines }) => ((median(times) - startSeconds) / lines) * 1e6,
  );
  const ratio = costOfMany / cost;
  if (many.lines !== one.lines * MANY)
    throw new Error(`${MANY} clauses posted ${many.lines} lines, one posted ${one.lines}`);
  if (ratio > TOLERANCE)
    throw new Error(
      `A line costs ${costOfMany.toFixed(1)} microseconds with ${MANY} clauses and ${cost.toFixed(1)} with one: ${ratio.toFixed(2)}x, and ${TOLERANCE}x is the most`,
    );
  return {
    participants,
    clauses: MANY,
    lines: many.lines,
    startSeconds,
    microsecondsPerLine: { one: cost, many: costOfMany },
    ratio,
    times: { start: start.times, one: one.times, many: many.times },
  };
}
