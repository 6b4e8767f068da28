import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { DecisionService } from '../../../src/claims/decision.service.js';
import { SubmissionService } from '../../../src/claims/submission.service.js';
import { noteHash } from '../../../src/domain/audit/entry.js';
import { formatAmount, money, parseMoney } from '../../../src/domain/money/money.js';
import { FeaturesModule } from '../../../src/features.module.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import type { SpanView, StatementDocument } from '../../../src/statements/statement-document.js';
import { StatementsService } from '../../../src/statements/statements.service.js';
import { withoutEntry } from '../../support/owner.js';
import { readCsv } from '../../support/csv.reader.js';
import { aComputation } from '../../support/lines.builder.js';
import {
  aReviewedContract,
  type ReviewedContract,
} from '../../support/reviewed-contract.builder.js';
import { TWO_QUARTERS } from '../../worked-examples/statement-of-two-quarters.js';

let app: INestApplicationContext;
let contract: ReviewedContract;
const client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });

beforeAll(async () => {
  await client.connect();
  app = await NestFactory.createApplicationContext(FeaturesModule, { logger: false });
});
afterAll(async () => {
  await app.close();
  await client.end();
});

const commandOf = (actor: Actor) => ({ actor, idempotencyKey: randomUUID(), requestHash: '00' });
/** The exact statement, as the commissioner reads it; what investors read is in issued-statements.spec.ts. */
const quarter = async (periodId: string, who: Actor = contract.people.connie) =>
  (await app.get(StatementsService).quarter(who, contract.code, periodId)) as StatementDocument;
const csv = (periodId: string) =>
  app.get(StatementsService).quarterAsCsv(contract.people.connie, contract.code, periodId);

async function claim(computation: number, lines: readonly string[] | null) {
  const { pat } = contract.people;
  const submission = { computation, lines };
  const submitted = await app
    .get(SubmissionService)
    .submit(commandOf(pat), contract.code, submission);
  return submitted.result.number;
}

async function decide(number: number, returned: readonly string[]) {
  await app.get(DecisionService).decide(commandOf(contract.people.connie), contract.code, number, {
    ifMatch: '*',
    decisions: returned.map((line) => ({ line, decision: 'returned', reason: 'Not agreed' })),
    approveUndecided: true,
  });
}

/** Records the worked example: both computations, their claims and the decisions on them. */
async function twoQuarters() {
  for (const { lines, ...computation } of TWO_QUARTERS.computations(contract.code)) {
    const references = await aComputation(client, contract, { ...computation, lines });
    const claimed = 'claimed' in computation ? computation.claimed : null;
    const number = await claim(
      computation.number,
      claimed && claimed.map((lineNo) => references[lineNo - 1]!),
    );
    await decide(
      number,
      computation.returned.map((lineNo) => references[lineNo - 1]!),
    );
  }
}

const sum = (amounts: readonly string[]) =>
  formatAmount(
    money(
      amounts.reduce((total, amount) => total + parseMoney(amount, 'GBP').minor, 0n),
      'GBP',
    ),
  );
const payersOf = (span: SpanView) =>
  Object.fromEntries(span.payers.map(({ payer, all }) => [payer, all.amount]));

/** The total of a span, having checked that clauses, payers and sources each come to it. */
function totalOf(span: SpanView) {
  const { total, clauses, payers } = span;
  expect(sum(clauses.map(({ all }) => all.amount))).toBe(total.all.amount);
  expect(sum(payers.map(({ all }) => all.amount))).toBe(total.all.amount);
  expect(sum([total.payments.amount, total.trueUps.amount])).toBe(total.all.amount);
  return total;
}
const pendingOf = ({ pending }: StatementDocument) => ({
  awaiting: pending.awaiting.amount,
  returned: pending.returned.amount,
  unclaimed: pending.unclaimed.amount,
});

describe('the statement of two quarters worked by hand', () => {
  beforeAll(async () => {
    contract = await aReviewedContract(client);
    await twoQuarters();
  });

  it('comes out for the second quarter', async () => {
    const expected = TWO_QUARTERS.secondQuarter;
    const statement = await quarter('2015-Q2');
    expect(totalOf(statement.inPeriod).all).toEqual(expected.total);
    expect(payersOf(statement.inPeriod)).toEqual(expected.payers);
    expect(statement.inPeriod.plan).toMatchObject({ difference: expected.difference });
    expect(pendingOf(statement)).toEqual(expected.pending);
    expect(statement.toDate).toEqual(statement.inPeriod);
    // three measured who improved and one who did not, whatever became of their lines
    expect(statement.followUp).toMatchObject([
      { clause: '4.1', cohort: 'all', timePoint: '6m', due: 4, measured: 4, missed: 0, rate: '1' },
    ]);
  });

  it('comes out for the third quarter, with true-ups apart and what is paid to date', async () => {
    const { thirdQuarter: expected, toDate } = TWO_QUARTERS;
    const statement = await quarter('2015-Q3');
    const total = totalOf(statement.inPeriod);
    expect(total).toEqual({
      payments: expected.payments,
      trueUps: expected.trueUps,
      all: expected.all,
    });
    expect(payersOf(statement.inPeriod)).toEqual(expected.payers);
    expect(statement.inPeriod.plan).toMatchObject({ difference: expected.difference });
    expect(pendingOf(statement)).toEqual(expected.pending);
    expect(totalOf(statement.toDate).all).toEqual(toDate.all);
    expect(payersOf(statement.toDate)).toEqual(toDate.payers);
    expect(statement.toDate.plan).toMatchObject({ difference: toDate.difference });
  });

  it('says what it rests on, what it is worth, and that there was no control group', async () => {
    const statement = await quarter('2015-Q3');
    expect(statement.contract).toMatchObject({ code: contract.code, standing: 'illustrative' });
    expect(statement.notes.join(' ')).toMatch(/Illustrative.*without a control group/);
    expect(statement.basis.computations).toEqual([
      { number: 1, period: '2015-Q2', digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { number: 2, period: '2015-Q3', digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    const { rows } = await client.query<{ seq: string; hash: Buffer; salt: Buffer }>(
      'select seq::text, hash, salt from audit_head join audit_entry using (stream, seq, hash) where stream = $1',
      [contract.id],
    );
    expect(statement.basis.audit).toEqual({
      sequence: rows[0]!.seq,
      hash: Buffer.from(noteHash(rows[0]!.salt, rows[0]!.hash)).toString('hex'),
    });
  });

  it('names no participant, no line and no sentence', async () => {
    const text = JSON.stringify(await quarter('2015-Q3')) + (await csv('2015-Q3'));
    for (const private_ of [/\bP[1-9]\b/, new RegExp(`${contract.code}\\.\\d`), /at the tariff/])
      expect(text).not.toMatch(private_);
  });

  it('is the same, byte for byte, as long as nothing is recorded', async () => {
    expect(await csv('2015-Q3')).toBe(await csv('2015-Q3'));
    expect(JSON.stringify(await quarter('2015-Q3'))).toBe(JSON.stringify(await quarter('2015-Q3')));
  });

  it('has the same numbers as CSV', async () => {
    const statement = await quarter('2015-Q3');
    const text = await csv('2015-Q3');
    expect(text.split('\r\n')[0]).toBe('section,span,item,name,source,measure,value,unit');
    const rows = readCsv(text);
    const value = (section: string, span: string, item: string, source: string, measure: string) =>
      rows.find(
        (row) =>
          row['section'] === section &&
          row['span'] === span &&
          row['item'] === item &&
          row['source'] === source &&
          row['measure'] === measure,
      )?.['value'];
    for (const [span, its] of [
      ['period', statement.inPeriod],
      ['to-date', statement.toDate],
    ] as const) {
      for (const clause of its.clauses)
        for (const measure of ['outcomes', 'quantity', 'amount'] as const) {
          expect(value('clause', span, clause.clause, 'payments', measure)).toBe(
            `${clause.payments[measure]}`,
          );
          expect(value('clause', span, clause.clause, 'true-ups', measure)).toBe(
            `${clause.trueUps[measure]}`,
          );
          expect(value('clause', span, clause.clause, 'all', measure)).toBe(
            `${clause.all[measure]}`,
          );
        }
      for (const payer of its.payers)
        expect(value('payer', span, payer.payer, 'all', 'amount')).toBe(payer.all.amount);
      expect(value('total', span, '', 'all', 'amount')).toBe(its.total.all.amount);
      expect(value('plan', span, '', 'difference', 'amount')).toBe(its.plan?.difference.amount);
    }
    expect(value('pending', 'period', 'unclaimed', '', 'amount')).toBe('1000.00');
    expect(value('audit', '', '', '', 'sha-256')).toBe(statement.basis.audit.hash);
  });

  it('has no cell that a spreadsheet would run as a formula', async () => {
    const rows = readCsv(await csv('2015-Q3'));
    const cells = rows.flatMap((row) => Object.values(row));
    expect(cells).toContain(`'=Settled, at "home"`);
    expect(cells).toContain(`'+ each person is their own control`);
    expect(cells).toContain('-660.00');
    for (const cell of cells) if (/^[=+@\t\r-]/.test(cell)) expect(cell).toMatch(/^-\d+(\.\d+)?$/);
  });

  it('is listed by period, with what is approved', async () => {
    const list = await app.get(StatementsService).list(contract.people.pat, contract.code);
    expect(list.map(({ period, approved }) => [period, approved])).toEqual([
      ['2015-Q2', '2980.00'],
      ['2015-Q3', '1320.00'],
    ]);
  });
});

describe('a statement', () => {
  beforeEach(async () => {
    contract = await aReviewedContract(client);
  });

  it('counts a returned line as awaiting once it is claimed again, and as paid once approved', async () => {
    const [line] = await aComputation(client, contract, {
      number: 1,
      periodId: '2015-Q2',
      lines: [{ participant: 'P1', amount: '660.00' }],
    });
    const pending = async () => pendingOf(await quarter('2015-Q2'));
    expect(await pending()).toMatchObject({ unclaimed: '660.00' });
    await decide(await claim(1, null), [line!]);
    expect(await pending()).toEqual({ awaiting: '0.00', returned: '660.00', unclaimed: '0.00' });
    const again = await claim(1, null);
    expect(await pending()).toEqual({ awaiting: '660.00', returned: '0.00', unclaimed: '0.00' });
    await decide(again, []);
    expect(totalOf((await quarter('2015-Q2')).inPeriod).all).toMatchObject({
      outcomes: 1,
      amount: '660.00',
    });
  });

  it('counts two computations of one period together', async () => {
    for (const number of [1, 2]) {
      await aComputation(client, contract, {
        number,
        periodId: '2015-Q2',
        lines: [{ participant: `P${number}`, amount: '660.00' }],
      });
      await decide(await claim(number, null), []);
    }
    expect(totalOf((await quarter('2015-Q2')).inPeriod).all).toMatchObject({
      outcomes: 2,
      quantity: '2',
      amount: '1320.00',
    });
  });

  it('is refused of a period that does not exist or has not been computed', async () => {
    await expect(quarter('2015-Q9')).rejects.toMatchObject({ code: 'NO_SUCH_PERIOD' });
    await expect(quarter('2015-Q2')).rejects.toMatchObject({ code: 'PERIOD_NOT_COMPUTED' });
  });

  it('is refused to an observer and hidden from a stranger', async () => {
    await expect(quarter('2015-Q2', contract.people.olga)).rejects.toMatchObject({
      code: 'PERMISSION_REFUSED',
    });
    const stranger = (await aReviewedContract(client)).people.ivy;
    await expect(quarter('2015-Q2', stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not given when it does not tie to what was computed', async () => {
    await aComputation(client, contract, {
      number: 1,
      periodId: '2015-Q2',
      lines: [{ participant: 'P1', amount: '660.00' }],
    });
    await withoutEntry(client, () =>
      client.query(
        'update payment_computation set total_minor = total_minor + 1 where contract_id = $1',
        [contract.id],
      ),
    );
    await expect(quarter('2015-Q2')).rejects.toThrow('does not tie');
  });
});
