import { createHash, randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { parseMoney } from '../../src/domain/money/money.js';
import { allocate } from '../../src/domain/money/allocate.js';
import { parseFraction } from '../../src/domain/money/fraction.js';
import { quarters } from '../../src/domain/calendar/period.js';
import { civilDate } from '../../src/domain/calendar/civil-date.js';
import { withoutEntry } from './owner.js';
import type { ReviewedContract } from './reviewed-contract.builder.js';

/** One line to record; what is left out follows from the clause. */
export interface LineSpec {
  readonly participant: string;
  readonly amount: string;
  readonly clause?: '4.1' | '5.1';
  readonly quantity?: string;
  readonly occurrence?: string;
  /** Line number, in an earlier computation, that this one corrects. */
  readonly corrects?: string;
  readonly revision?: number;
}

const CLAUSES = {
  '4.1': { metric: 'ucla', unit: 'point', rate: 66_000n, occurrence: '6m' },
  '5.1': { metric: 'settled', unit: 'outcome', rate: 100_000n, occurrence: 'event-1' },
} as const;
const SHARES = [parseFraction('60%'), parseFraction('40%')];

/** Records a computation with its lines as a worker would have; gives the references of the lines in order. */
export async function aComputation(
  client: Client,
  contract: ReviewedContract,
  spec: {
    readonly number: number;
    readonly periodId: string;
    readonly lines: readonly LineSpec[];
    readonly state?: 'computed' | 'requested' | 'failed';
  },
): Promise<string[]> {
  const id = randomUUID();
  const period = quarters(civilDate('2015-04-01'), civilDate('2016-04-01')).find(
    (its) => its.id === spec.periodId,
  )!;
  const total = spec.lines.reduce((sum, line) => sum + parseMoney(line.amount, 'GBP').minor, 0n);
  const isComputed = (spec.state ?? 'computed') === 'computed';
  await withoutEntry(client, async () => {
    await client.query(
      `insert into payment_computation (id, contract_id, number, kind, period_id, period_from, period_to, known_through,
       state, requested_by, lines, currency, total_minor, digest, engine_version)
     values ($1, $2, $3, 'payable', $4, $5, $6, 1, $7, $8, $9, 'GBP', $10, $11, '1')`,
      [
        id,
        contract.id,
        spec.number,
        period.id,
        period.from,
        period.to,
        spec.state ?? 'computed',
        contract.people.pat.personId,
        isComputed ? spec.lines.length : null,
        isComputed ? total : null,
        isComputed ? createHash('sha256').update(id).digest() : null,
      ],
    );
    for (const [index, line] of spec.lines.entries())
      await insertLine(client, contract, { id, number: spec.number, lineNo: index + 1 }, line);
  });
  return spec.lines.map((_, index) => `${contract.code}.${spec.number}.${index + 1}`);
}

async function insertLine(
  client: Client,
  contract: ReviewedContract,
  place: { readonly id: string; readonly number: number; readonly lineNo: number },
  line: LineSpec,
): Promise<void> {
  const clause = CLAUSES[line.clause ?? '4.1'];
  const { minor } = parseMoney(line.amount, 'GBP');
  const [council, fund] = allocate(minor, SHARES);
  const quantity = line.quantity ?? (minor <= 0n ? '0' : `${minor / clause.rate}`);
  await client.query(
    `insert into payment_line (computation_id, line_no, computation_number, participant_id, cohort, terms_number, clause,
       metric, occurrence, revision, kind, outcome_on, quantity, unit, rate_minor, uncapped_minor, amount_minor,
       withheld_minor, parts, reason, steps, evidence, corrects, explanation)
     values ($1, $2, $3, $4, 'all', 1, $5, $6, $7, $8, $9, '2015-05-01', $10, $11, $12, $13, $13, 0, $14, $15, '[]',
       '{}', $16, $17)`,
    [
      place.id,
      place.lineNo,
      place.number,
      await participantId(client, contract, line.participant),
      line.clause ?? '4.1',
      clause.metric,
      line.occurrence ?? clause.occurrence,
      line.revision ?? 1,
      line.corrects ? 'true-up' : minor === 0n ? 'refusal' : 'payment',
      quantity,
      clause.unit,
      clause.rate,
      minor,
      { council: `${council}`, fund: `${fund}` },
      minor === 0n ? 'not-improved' : null,
      line.corrects ?? null,
      `${line.participant}: ${quantity} at the tariff = ${line.amount} (clause ${line.clause ?? '4.1'}).`,
    ],
  );
}

async function participantId(
  client: Client,
  contract: ReviewedContract,
  reference: string,
): Promise<string> {
  await client.query(
    'insert into participant (contract_id, reference) values ($1, $2) on conflict do nothing',
    [contract.id, reference],
  );
  const { rows } = await client.query<{ id: string }>(
    'select id from participant where contract_id = $1 and reference = $2',
    [contract.id, reference],
  );
  return rows[0]!.id;
}
