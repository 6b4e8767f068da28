import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { DecisionService } from '../../../src/claims/decision.service.js';
import { SubmissionService } from '../../../src/claims/submission.service.js';
import { FeaturesModule } from '../../../src/features.module.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import type { IssuedStatement } from '../../../src/statements/issued-document.js';
import { IssuingService } from '../../../src/statements/issuing.service.js';
import { StatementsService } from '../../../src/statements/statements.service.js';
import { withoutEntry } from '../../support/owner.js';
import { readCsv } from '../../support/csv.reader.js';
import { aComputation, type LineSpec } from '../../support/lines.builder.js';
import {
  aReviewedContract,
  type ReviewedContract,
} from '../../support/reviewed-contract.builder.js';

let app: INestApplicationContext;
let contract: ReviewedContract;
let computations = 0;
const client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });

beforeAll(async () => {
  await client.connect();
  app = await NestFactory.createApplicationContext(FeaturesModule, { logger: false });
});
afterAll(async () => {
  await app.close();
  await client.end();
});
beforeEach(async () => {
  contract = await aReviewedContract(client);
  computations = 0;
});

const commandOf = (actor: Actor) => ({ actor, idempotencyKey: randomUUID(), requestHash: '00' });

/** A line as the record has it, where it is not one that lines.builder makes. */
interface RawLine {
  readonly participant: string | null;
  readonly amountMinor: number;
  readonly parts: Readonly<Record<string, string>>;
  readonly followUp?: Readonly<Record<string, number>>;
  readonly unit?: string;
}

/** Records lines of a period, and has them claimed and approved. */
async function approved(
  periodId: string,
  lines: readonly LineSpec[],
  raw: readonly RawLine[] = [],
): Promise<void> {
  const { pat, connie } = contract.people;
  computations += 1;
  await aComputation(client, contract, { number: computations, periodId, lines });
  for (const [index, line] of raw.entries()) await record(lines.length + index + 1, line);
  const claim = { computation: computations, lines: null };
  const { number } = (await app.get(SubmissionService).submit(commandOf(pat), contract.code, claim))
    .result;
  await app.get(DecisionService).decide(commandOf(connie), contract.code, number, {
    ifMatch: '*',
    decisions: [],
    approveUndecided: true,
  });
}

const record = (lineNo: number, line: RawLine): Promise<void> =>
  withoutEntry(client, async () => {
    const { rows } = await client.query<{ id: string }>(
      `update payment_computation set lines = lines + 1, total_minor = total_minor + $3
      where contract_id = $1 and number = $2 returning id`,
      [contract.id, computations, line.amountMinor],
    );
    if (line.participant !== null)
      await client.query('insert into participant (contract_id, reference) values ($1, $2)', [
        contract.id,
        line.participant,
      ]);
    await client.query(
      `insert into payment_line (computation_id, line_no, computation_number, participant_id, cohort, terms_number, clause,
       metric, occurrence, revision, kind, outcome_on, quantity, unit, rate_minor, uncapped_minor, amount_minor,
       withheld_minor, parts, reason, steps, evidence, corrects, explanation, follow_up)
     values ($1, $2, $3, (select id from participant where contract_id = $4 and reference = $5), $6, 1, '4.1', 'ucla',
       '6m', 1, 'payment', '2015-05-01', '1', $7, $8, $9, $9, 0, $10, null, '[]', '{}', null, 'worth it', $11)`,
      [
        rows[0]!.id,
        lineNo,
        computations,
        contract.id,
        line.participant,
        line.participant === null ? `group-${lineNo}` : 'all',
        line.unit ?? 'point',
        line.participant === null ? 0 : 66_000,
        line.amountMinor,
        line.parts,
        line.followUp ?? null,
      ],
    );
  });

/** People of an area whose payer pays for them alone, £660.00 each. */
const ofArea = (payer: 'council' | 'fund', count: number): RawLine[] =>
  Array.from({ length: count }, (_, at) => ({
    participant: `${payer}-${at}`,
    amountMinor: 66_000,
    parts: { council: '0', fund: '0', [payer]: '66000' },
  }));

/** People who each gain a point, £660.00. */
const points = (from: number, to: number): LineSpec[] =>
  Array.from({ length: to - from + 1 }, (_, at) => ({
    participant: `P${from + at}`,
    amount: '660.00',
  }));
/** People who are settled, £1,000.00 each. */
const settled = (from: number, to: number): LineSpec[] =>
  points(from, to).map(({ participant }) => ({ participant, amount: '1000.00', clause: '5.1' }));

const issue = (periodId: string, who: Actor = contract.people.connie) =>
  app.get(IssuingService).issue(commandOf(who), contract.code, periodId);
const read = async (periodId: string, number: number | null = null, who = contract.people.ivy) =>
  (await app
    .get(StatementsService)
    .quarter(who, contract.code, periodId, number)) as IssuedStatement;
const csv = (periodId: string, number: number | null = null) =>
  app.get(StatementsService).quarterAsCsv(contract.people.ivy, contract.code, periodId, number);

describe('an issued statement', () => {
  it('holds a clause back until 8 people are behind it, and then shows both quarters together', async () => {
    await approved('2015-Q2', [...points(1, 12), ...settled(1, 3)]);
    await issue('2015-Q2');
    const first = await read('2015-Q2');
    expect(first.released).toMatchObject([
      { clause: '4.1', people: 10, outcomes: 10, amount: '7920.00', cohort: null },
    ]);
    expect(first.heldBack).toEqual([
      {
        clause: '5.1',
        title: '=Settled, at "home"',
        why: 'Of 0 to 7 people so far, and carried forward.',
      },
    ]);
    expect(first.inStatement).toMatchObject({
      outcomes: 10,
      amount: '7920.00',
      notByPayer: '0.00',
    });

    await approved('2015-Q3', [...settled(4, 9)]);
    await issue('2015-Q3');
    const second = await read('2015-Q3');
    expect(second.released).toMatchObject([
      { clause: '5.1', people: 10, amount: '9000.00', fromStatement: 1, throughStatement: 2 },
    ]);
    expect(second.heldBack).toMatchObject([
      { clause: '4.1', why: 'Of 0 to 7 people since statement 1, and carried forward.' },
    ]);
    expect(second.toDate).toMatchObject({
      outcomes: 20,
      amount: '16920.00',
      plan: { planned: { amount: '7500.00' }, difference: { amount: '9420.00' } },
      payers: [
        { payer: 'council', amount: '10152.00' },
        { payer: 'fund', amount: '6768.00' },
      ],
    });
  });

  it('shows no count from 1 to 7 anywhere, and no amount that is a multiple of so few', async () => {
    await approved('2015-Q2', [...points(1, 3), ...settled(1, 6)]);
    await issue('2015-Q2');
    const statement = await read('2015-Q2');
    expect(statement.released).toEqual([]);
    expect(statement.inStatement.amount).toBe('0.00');
    expect(statement.followUp).toMatchObject([
      { measured: null, notMeasured: null, due: null, rate: null, cohort: null },
    ]);
    expect(statement.pending.unclaimed.lines).toBeNull();
    const text = JSON.stringify(statement) + (await csv('2015-Q2'));
    for (const amount of ['1980', '6000', '7980', '660.00']) expect(text).not.toContain(amount);
  });

  it('counts people once: corrections of the same people do not make up the number', async () => {
    await approved('2015-Q2', points(1, 5));
    await issue('2015-Q2');
    await approved(
      '2015-Q3',
      points(1, 5).map((line) => ({
        ...line,
        revision: 2,
        corrects: `${contract.code}.1.1`,
        quantity: '2',
      })),
    );
    await issue('2015-Q3');
    expect((await read('2015-Q3')).released).toEqual([]);
    await approved('2015-Q4', points(6, 8));
    await issue('2015-Q4');
    // eight different people; three lines of 660 beside the five of 1,320
    expect((await read('2015-Q4')).released).toMatchObject([
      { people: 10, outcomes: 10, amount: '8580.00', fromStatement: 1, throughStatement: 3 },
    ]);
  });

  it.each([
    [8, [{ payer: 'council' }, { payer: 'fund', amount: '5280.00' }], '0.00'],
    [7, null, '11220.00'],
  ] as const)(
    'names payers only where each has 8 people behind its part: %i',
    async (count, payers, notByPayer) => {
      await approved('2015-Q2', [], [...ofArea('council', 17 - count), ...ofArea('fund', count)]);
      await issue('2015-Q2');
      const { released, inStatement } = await read('2015-Q2');
      expect(released).toMatchObject([{ people: 15, amount: '11220.00' }]);
      if (payers === null) expect(released[0]!.payers).toBeNull();
      else expect(released[0]!.payers).toMatchObject(payers);
      expect(inStatement.notByPayer).toBe(notByPayer);
    },
  );

  it.each([
    [12, [{ people: 10, outcomes: null, amount: '5000.00', tariff: '0.00' }]],
    [7, []],
  ])(
    'counts behind a payment for a group those who were measured: %i',
    async (measured, expected) => {
      const counts = { due: 20, late: 0, missed: 20 - measured, declined: 0, couldNotCollect: 0 };
      const group: RawLine = {
        participant: null,
        amountMinor: 500_000,
        parts: { council: '300000', fund: '200000' },
        followUp: { ...counts, measured, excluded: 0 },
      };
      await approved('2015-Q2', [], [group]);
      await issue('2015-Q2');
      expect((await read('2015-Q2')).released).toMatchObject(expected);
    },
  );

  it('keeps amounts that an uplift or a cap has bent apart from those at the tariff', async () => {
    const bent = { parts: { council: '59400', fund: '39600' }, amountMinor: 99_000 };
    const uplifted = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, at) => ({ ...bent, participant: `U${from + at}` }));
    await approved('2015-Q2', points(1, 9), uplifted(1, 3));
    await issue('2015-Q2');
    // with the three, the amount would be nine times the tariff and 2,970.00 left over
    expect((await read('2015-Q2')).released).toMatchObject([
      { tariff: '660.00', amount: '5940.00' },
    ]);
    await approved('2015-Q3', [], uplifted(4, 8));
    await issue('2015-Q3');
    expect((await read('2015-Q3')).released).toMatchObject([
      { tariff: '0.00', people: 10, outcomes: 10, amount: '7920.00', fromStatement: 1 },
    ]);
  });

  it('holds back a payment for a group whose size nobody recorded, and shows a fee that is about no one', async () => {
    const about = (unit: string): RawLine => ({
      participant: null,
      amountMinor: 500_000,
      parts: { council: '300000', fund: '200000' },
      unit,
    });
    await approved('2015-Q2', [], [about('point')]);
    await issue('2015-Q2');
    expect((await read('2015-Q2')).released).toEqual([]);
    contract = await aReviewedContract(client);
    computations = 0;
    await approved('2015-Q2', [], [about('fee')]);
    await issue('2015-Q2');
    expect((await read('2015-Q2')).released).toMatchObject([{ people: null, amount: '5000.00' }]);
  });

  it('is the same, byte for byte, whatever is approved and issued after it', async () => {
    await approved('2015-Q2', points(1, 9));
    await issue('2015-Q2');
    const [json, file] = [JSON.stringify(await read('2015-Q2')), await csv('2015-Q2')];
    await approved('2015-Q2', points(10, 10));
    expect(JSON.stringify(await read('2015-Q2'))).toBe(json);
    await issue('2015-Q2');
    expect(JSON.stringify(await read('2015-Q2', 1))).toBe(json);
    expect(await csv('2015-Q2', 1)).toBe(file);
    // the late one is not published again within the nine: it waits for others
    expect(await read('2015-Q2')).toMatchObject({
      issue: { number: 2 },
      released: [],
      toDate: { amount: '5940.00' },
    });
  });

  it('cannot be changed in the database', async () => {
    await approved('2015-Q2', points(1, 9));
    await issue('2015-Q2');
    await expect(client.query('update issued_statement set document = $1', ['{}'])).rejects.toThrow(
      'append-only',
    );
    await expect(client.query('delete from issued_line')).rejects.toThrow('append-only');
  });

  it('is what the top-up fund and the investor read; provider and commissioner read exact figures', async () => {
    await approved('2015-Q2', points(1, 9));
    const { tess, ivy, pat, connie } = contract.people;
    for (const who of [tess, ivy])
      await expect(read('2015-Q2', null, who)).rejects.toMatchObject({
        code: 'STATEMENT_NOT_ISSUED',
      });
    await issue('2015-Q2');
    for (const who of [tess, ivy])
      expect(await read('2015-Q2', null, who)).toMatchObject({ issue: { number: 1 } });
    for (const who of [pat, connie]) {
      const exact = await app.get(StatementsService).quarter(who, contract.code, '2015-Q2');
      expect(exact).toMatchObject({
        inPeriod: { total: { all: { outcomes: 9, amount: '5940.00' } } },
      });
      expect(await read('2015-Q2', 1, who)).toMatchObject({ issue: { number: 1 } });
    }
  });

  it('is listed for investors with what it released, and only once it is issued', async () => {
    await approved('2015-Q2', [...points(1, 9), ...settled(1, 2)]);
    const list = () => app.get(StatementsService).list(contract.people.ivy, contract.code);
    expect(await list()).toEqual([]);
    await issue('2015-Q2');
    expect(await list()).toMatchObject([{ period: '2015-Q2', approved: '5940.00' }]);
  });

  it('is issued by a commissioner only, in order, and of periods that are computed', async () => {
    await approved('2015-Q2', points(1, 9));
    await approved('2015-Q3', points(10, 19));
    for (const who of [contract.people.pat, contract.people.ivy])
      await expect(issue('2015-Q2', who)).rejects.toMatchObject({ code: 'PERMISSION_REFUSED' });
    await expect(issue('2015-Q4')).rejects.toMatchObject({ code: 'PERIOD_NOT_COMPUTED' });
    await expect(issue('2015-Q9')).rejects.toMatchObject({ code: 'NO_SUCH_PERIOD' });
    await issue('2015-Q3');
    await expect(issue('2015-Q2')).rejects.toMatchObject({ code: 'LATER_STATEMENT_ISSUED' });
    await expect(read('2015-Q2')).rejects.toMatchObject({ code: 'STATEMENT_NOT_ISSUED' });
    expect(await read('2015-Q3')).toMatchObject({ toDate: { amount: '12540.00' } });
  });

  it('is bound into the audit trail by the digest of its bytes', async () => {
    await approved('2015-Q2', points(1, 9));
    const { result } = await issue('2015-Q2');
    const { rows } = await client.query<{ body: string }>(
      `select body from audit_entry where stream = $1 and type = 'statement.issued'`,
      [contract.id],
    );
    expect(JSON.parse(rows[0]!.body)).toMatchObject({
      payload: { number: 1, periodId: '2015-Q2', documentHash: result.documentHash },
    });
  });

  it('has the same numbers as CSV, with nothing that a spreadsheet would run', async () => {
    await approved('2015-Q2', [...points(1, 12), ...settled(1, 3)]);
    await issue('2015-Q2');
    const rows = readCsv(await csv('2015-Q2'));
    const value = (section: string, source: string, measure: string) =>
      rows.find(
        (row) =>
          row['section'] === section && row['source'] === source && row['measure'] === measure,
      )?.['value'];
    expect(value('clause', 'all cohorts at 660.00', 'amount')).toBe('7920.00');
    expect(value('clause', 'all cohorts at 660.00', 'people')).toBe('10');
    expect(value('clause', 'held back', 'text')).toContain('0 to 7 people');
    expect(value('total', 'all', 'amount')).toBe('7920.00');
    expect(value('follow-up', 'all cohorts 6m', 'notMeasured')).toBe('[held back]');
    for (const cell of rows.flatMap((row) => Object.values(row)))
      if (/^[=+@\t\r-]/.test(cell)) expect(cell).toMatch(/^-\d+(\.\d+)?$/);
  });
});
