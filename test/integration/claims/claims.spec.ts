import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { ClaimsRepository } from '../../../src/claims/claims.repository.js';
import type { ActedLine } from '../../../src/domain/claims/claim-line.js';
import { ClaimsService, type LineQuery } from '../../../src/claims/claims.service.js';
import { DecisionService, type Review } from '../../../src/claims/decision.service.js';
import { SubmissionService } from '../../../src/claims/submission.service.js';
import { LinesTree } from '../../../src/domain/claims/lines-tree.js';
import { FeaturesModule } from '../../../src/features.module.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { aComputation } from '../../support/lines.builder.js';
import {
  aReviewedContract,
  enteredScores,
  type ReviewedContract,
} from '../../support/reviewed-contract.builder.js';

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
beforeEach(async () => {
  contract = await aReviewedContract(client);
});

const commandOf = (actor: Actor, idempotencyKey = randomUUID()) => ({
  actor,
  idempotencyKey,
  requestHash: '00',
});
const submit = async (computation: number, lines: readonly string[] | null = null) =>
  (
    await app
      .get(SubmissionService)
      .submit(commandOf(contract.people.pat), contract.code, { computation, lines })
  ).result;
const decide = async (
  actor: Actor,
  claim: number,
  review: Partial<Review>,
  { revision = 1, key = randomUUID() } = {},
) =>
  (
    await app.get(DecisionService).decide(commandOf(actor, key), contract.code, claim, {
      ifMatch: `"claim.${contract.code}.${claim}.${revision}"`,
      decisions: [],
      approveUndecided: false,
      ...review,
    })
  ).result;
const approve = (line: string) => ({ line, decision: 'approved' as const, reason: null });
const back = (line: string, reason: string | null) => ({
  line,
  decision: 'returned' as const,
  reason,
});
const view = (claim: number) =>
  app.get(ClaimsService).get(contract.people.connie, contract.code, claim);
const faultsOf = (code: string, faults: readonly string[]) =>
  expect.objectContaining({
    code,
    faults: faults.map((fault) => expect.objectContaining({ code: fault })),
  });
const lastEntry = async () => {
  const { rows } = await client.query<{ type: string; body: string }>(
    'select type, body from audit_entry where stream = $1 order by seq desc limit 1',
    [contract.id],
  );
  return { type: rows[0]!.type, payload: JSON.parse(rows[0]!.body).payload };
};

/** Five lines: two payments of clause 4.1, one nil, one of clause 5.1, and one that takes money back. */
const fiveLines = () =>
  aComputation(client, contract, {
    number: 1,
    periodId: '2015-Q2',
    lines: [
      { participant: 'P1', amount: '1320.00' },
      { participant: 'P2', amount: '660.00' },
      { participant: 'P3', amount: '0.00' },
      { participant: 'P1', amount: '1000.00', clause: '5.1' },
      { participant: 'P4', amount: '-660.00', corrects: 'before.1.1', revision: 2 },
    ],
  });

/** Those of fiveLines that can be claimed. */
const ACTED_LINES = [
  { lineNo: 1, clause: '4.1', amountMinor: 132_000n, participant: 'P1' },
  { lineNo: 2, clause: '4.1', amountMinor: 66_000n, participant: 'P2' },
  { lineNo: 4, clause: '5.1', amountMinor: 100_000n, participant: 'P1' },
  { lineNo: 5, clause: '4.1', amountMinor: -66_000n, participant: 'P4' },
];
const acted = (line: (typeof ACTED_LINES)[number], what: ActedLine['what']): ActedLine => ({
  ...line,
  reference: `${contract.code}.1.${line.lineNo}`,
  cohort: 'all',
  what,
});
const saltOf = async (sql: string): Promise<Buffer> => {
  const { rows } = await client.query<{ salt: Buffer }>(sql, [contract.id]);
  return rows[0]!.salt;
};

describe('submitting a claim', () => {
  it('takes every payable line, nil lines aside, and money that goes back as well', async () => {
    await fiveLines();
    expect(await submit(1)).toMatchObject({ number: 1, lines: 4, amount: '2320.00', revision: 1 });
  });

  it('takes the lines that are named, and later the rest', async () => {
    const lines = await fiveLines();
    expect(await submit(1, [lines[3]!, lines[0]!])).toMatchObject({ lines: 2, amount: '2320.00' });
    expect(await submit(1)).toMatchObject({ number: 2, lines: 2, amount: '0.00' });
    await expect(submit(1)).rejects.toMatchObject({ code: 'NOTHING_TO_CLAIM' });
  });

  it('says of every line that cannot be claimed why not, and claims none of them', async () => {
    const lines = await fiveLines();
    await submit(1, [lines[0]!]);
    const named = [lines[0]!, lines[2]!, lines[1]!, lines[1]!, `${contract.code}.2.1`, 'nonsense'];
    await expect(submit(1, named)).rejects.toEqual(
      faultsOf('LINES_NOT_CLAIMABLE', [
        'LINE_AWAITS_DECISION',
        'LINE_NIL',
        'LINE_TWICE',
        'LINE_NOT_IN_COMPUTATION',
        'LINE_NOT_IN_COMPUTATION',
      ]),
    );
    expect(await submit(1)).toMatchObject({ number: 2, lines: 3 });
  });

  it('takes a returned line again, and an approved one never', async () => {
    const lines = await fiveLines();
    await submit(1, [lines[0]!, lines[1]!]);
    await decide(contract.people.connie, 1, {
      decisions: [approve(lines[0]!), back(lines[1]!, 'Wrong person')],
    });
    await expect(submit(1, [lines[0]!])).rejects.toEqual(
      faultsOf('LINES_NOT_CLAIMABLE', ['LINE_APPROVED_ALREADY']),
    );
    expect(await submit(1, [lines[1]!])).toMatchObject({ number: 2, amount: '660.00' });
    await expect(submit(1, [lines[1]!])).rejects.toEqual(
      faultsOf('LINES_NOT_CLAIMABLE', ['LINE_AWAITS_DECISION']),
    );
  });

  it('is refused of a computation that has posted nothing, and of one that is not there', async () => {
    await aComputation(client, contract, {
      number: 1,
      periodId: '2015-Q2',
      lines: [],
      state: 'failed',
    });
    await expect(submit(1)).rejects.toMatchObject({ code: 'COMPUTATION_NOT_CLAIMABLE' });
    await expect(submit(7)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('gives a line to one of two claims that are submitted at the same time', async () => {
    await fiveLines();
    const outcomes = await Promise.allSettled([submit(1), submit(1), submit(1)]);
    const refused = outcomes.filter((its) => its.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual([
      'NOTHING_TO_CLAIM',
      'NOTHING_TO_CLAIM',
    ]);
  });

  it('is recorded once in the audit trail, with the root of a tree that the lines give again', async () => {
    await fiveLines();
    const { linesHash } = await submit(1);
    const tree = new LinesTree(
      await saltOf('select lines_salt as salt from claim where contract_id = $1'),
    );
    for (const line of ACTED_LINES) tree.add(acted(line, 'submitted'));
    expect(linesHash).toBe(tree.root());
    expect(await lastEntry()).toEqual({
      type: 'claim.submitted',
      payload: expect.objectContaining({ lines: 4, totalMinor: '232000', linesHash }),
    });
  });
});

describe('deciding a claim', () => {
  it('approves and returns line by line, and is decided with the last of them', async () => {
    const lines = await fiveLines();
    await submit(1);
    const first = await decide(contract.people.connie, 1, {
      decisions: [approve(lines[0]!), back(lines[1]!, 'Wrong person')],
    });
    expect(first).toMatchObject({
      state: 'submitted',
      revision: 2,
      approved: { lines: 1, amount: '1320.00' },
      returned: { lines: 1, amount: '660.00' },
    });
    const rest = await decide(
      contract.people.connie,
      1,
      { decisions: [back(lines[4]!, 'Not agreed')], approveUndecided: true },
      { revision: 2 },
    );
    expect(rest).toMatchObject({
      state: 'decided',
      revision: 3,
      approved: { lines: 1, amount: '1000.00' },
      returned: { lines: 1, amount: '-660.00' },
    });
    const tree = new LinesTree(
      await saltOf(
        'select a.salt from claim_decision_act a join claim c on c.id = a.claim_id where c.contract_id = $1 and a.act = 2',
      ),
    );
    tree.add(acted(ACTED_LINES[2]!, 'approved'));
    tree.add(acted(ACTED_LINES[3]!, 'returned'));
    expect(await lastEntry()).toEqual({
      type: 'claim.decided',
      payload: expect.objectContaining({
        approved: 1,
        returned: 1,
        approvedMinor: '100000',
        returnedMinor: '-66000',
        decisionsHash: tree.root(),
      }),
    });
    await expect(
      decide(contract.people.connie, 1, { approveUndecided: true }, { revision: 3 }),
    ).rejects.toMatchObject({ code: 'NOTHING_TO_DECIDE' });
  });

  it('lists every decision that cannot stand, and records none', async () => {
    const lines = await fiveLines();
    await submit(1, [lines[0]!, lines[1]!, lines[3]!]);
    await decide(contract.people.connie, 1, { decisions: [approve(lines[0]!)] });
    const decisions = [
      approve(lines[0]!),
      back(lines[1]!, null),
      back(lines[3]!, '  '),
      approve(lines[4]!),
      approve(lines[3]!),
    ];
    await expect(decide(contract.people.connie, 1, { decisions }, { revision: 2 })).rejects.toEqual(
      faultsOf('DECISIONS_REFUSED', [
        'LINE_DECIDED_ALREADY',
        'REASON_MISSING',
        'REASON_MISSING',
        'LINE_NOT_IN_CLAIM',
        'LINE_TWICE',
      ]),
    );
    expect((await view(1)).byState).toEqual([
      { state: 'approved', lines: 1, amount: '1320.00' },
      { state: 'awaiting', lines: 2, amount: '1660.00' },
    ]);
  });

  it('is refused on an older reading of the claim', async () => {
    const lines = await fiveLines();
    await submit(1);
    await decide(contract.people.connie, 1, { decisions: [approve(lines[0]!)] });
    await expect(
      decide(contract.people.clive, 1, { approveUndecided: true }),
    ).rejects.toMatchObject({ code: 'VERSION_STALE' });
  });

  it('done again under the same key gives the first result and changes nothing', async () => {
    await fiveLines();
    await submit(1);
    const key = randomUUID();
    const first = await decide(contract.people.connie, 1, { approveUndecided: true }, { key });
    const again = await decide(contract.people.connie, 1, { approveUndecided: true }, { key });
    expect(again).toEqual(first);
    expect((await view(1)).revision).toBe(2);
  });

  it('is never for a person who entered a score, whatever role they have now', async () => {
    await fiveLines();
    await submit(1);
    await enteredScores(client, contract, contract.people.connie);
    await expect(
      decide(contract.people.connie, 1, { approveUndecided: true }),
    ).rejects.toMatchObject({ code: 'DECIDER_NOT_INDEPENDENT', because: 'entered-a-score' });
    expect(await decide(contract.people.clive, 1, { approveUndecided: true })).toMatchObject({
      state: 'decided',
    });
  });

  it('is never for the person who submitted, who may have become a commissioner since', async () => {
    await fiveLines();
    await submit(1);
    const { pat } = contract.people;
    await client.query(
      `insert into membership (contract_id, person_id, party, role, granted_by)
       values ($1, $2, 'council', 'commissioner', $2)`,
      [contract.id, pat.personId],
    );
    await expect(decide(pat, 1, { approveUndecided: true })).rejects.toMatchObject({
      code: 'DECIDER_NOT_INDEPENDENT',
      because: 'submitted-the-claim',
    });
  });

  it('is refused by the database itself where the service would be passed by', async () => {
    await fiveLines();
    await submit(1);
    await enteredScores(client, contract, contract.people.connie);
    const insert = client.query(
      `insert into claim_decision (claim_id, computation_id, line_no, decision, decided_by)
       select l.claim_id, l.computation_id, l.line_no, 'approved', $2 from claim_line l
         join claim c on c.id = l.claim_id where c.contract_id = $1`,
      [contract.id, contract.people.connie.personId],
    );
    await expect(insert).rejects.toMatchObject({ constraint: 'claim_decision_four_eyes' });
    const { rows } = await client.query<{ id: string; computation_id: string }>(
      'select id, computation_id from claim where contract_id = $1',
      [contract.id],
    );
    const act = {
      claimId: rows[0]!.id,
      computationId: rows[0]!.computation_id,
      act: 1,
      decidedBy: contract.people.connie.personId,
      decidedAt: new Date(),
    };
    const repository = app.get(ClaimsRepository);
    await expect(
      app.get(TransactionRunner).run(contract.people.connie, async (tx) => {
        await repository.insertAct(tx, act, { recordedSeq: 9n, salt: new Uint8Array(32) });
        await repository.approve(tx, act, [1]);
      }),
    ).rejects.toMatchObject({ code: 'DECIDER_NOT_INDEPENDENT' });
  });

  it('is for a commissioner of the contract only', async () => {
    await fiveLines();
    await submit(1);
    for (const who of ['pat', 'tess', 'ivy', 'olga'] as const)
      await expect(
        decide(contract.people[who], 1, { approveUndecided: true }),
      ).rejects.toMatchObject({ code: 'PERMISSION_REFUSED' });
    const stranger = (await aReviewedContract(client)).people.connie;
    await expect(decide(stranger, 1, { approveUndecided: true })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('reading a claim', () => {
  it('shows payer shares, caps and headroom first, then counts and totals', async () => {
    const lines = await fiveLines();
    await aComputation(client, contract, {
      number: 2,
      periodId: '2015-Q3',
      lines: [{ participant: 'P9', amount: '660.00' }],
    });
    await submit(2);
    await decide(contract.people.connie, 1, { approveUndecided: true });
    await submit(1);
    await decide(contract.people.connie, 2, { decisions: [back(lines[1]!, 'Wrong person')] });
    const claim = await view(2);
    expect(Object.keys(claim).indexOf('payers')).toBeLessThan(Object.keys(claim).indexOf('total'));
    expect(Object.keys(claim).indexOf('caps')).toBeLessThan(Object.keys(claim).indexOf('total'));
    expect(claim.payers).toEqual([
      {
        payer: 'council',
        name: 'The Council',
        amount: '1392.00',
        awaiting: '996.00',
        approved: '0.00',
        returned: '396.00',
      },
      {
        payer: 'fund',
        name: 'The National Fund',
        amount: '928.00',
        awaiting: '664.00',
        approved: '0.00',
        returned: '264.00',
      },
    ]);
    const cap = (id: string) => {
      const { limit, usedByApprovedLines, usedByThisClaim, headroom } = claim.caps.find(
        (its) => its.cap === id,
      )!;
      return [limit, usedByApprovedLines, usedByThisClaim, headroom];
    };
    expect(cap('whole')).toEqual(['20000.00', '660.00', '1660.00', '17680.00']);
    expect(cap('loneliness')).toEqual(['5000.00', '660.00', '660.00', '3680.00']);
    expect(cap('fund-limit')).toEqual(['6000.00', '264.00', '664.00', '5072.00']);
    expect(cap('a-quarter')).toEqual(['9000.00', '0.00', '1660.00', '7340.00']);
    expect(claim.total).toEqual({ lines: 4, amount: '2320.00' });
    expect(claim.byClause).toEqual([
      expect.objectContaining({ clause: '4.1', lines: 3, amount: '1320.00' }),
      expect.objectContaining({ clause: '5.1', lines: 1, amount: '1000.00' }),
    ]);
  });

  it('pages through its lines, each with its sentence, its parts and its decision', async () => {
    const lines = await fiveLines();
    await submit(1);
    await decide(contract.people.connie, 1, { decisions: [back(lines[0]!, 'Not ours')] });
    const read = (query: Partial<LineQuery>) =>
      app.get(ClaimsService).lines(contract.people.tess, contract.code, 1, {
        limit: 3,
        cursor: null,
        state: null,
        clause: null,
        ...query,
      });
    const first = await read({});
    expect(first.items.map(({ line }) => line)).toEqual([lines[0], lines[1], lines[3]]);
    expect(first.items[0]).toMatchObject({
      state: 'returned',
      explanation: 'P1: 2 at the tariff = 1320.00 (clause 4.1).',
      amount: '1320.00',
      parts: [
        { payer: 'council', amount: '792.00' },
        { payer: 'fund', amount: '528.00' },
      ],
      decision: { decision: 'returned', reason: 'Not ours', decidedBy: 'Connie Commissioner' },
    });
    const second = await read({ cursor: first.next });
    expect(second).toMatchObject({ items: [{ line: lines[4], state: 'awaiting' }], next: null });
    expect((await read({ state: 'awaiting' })).items).toHaveLength(3);
  });

  it('lists the claims, latest first', async () => {
    const lines = await fiveLines();
    for (const line of [0, 1, 3]) await submit(1, [lines[line]!]);
    const list = (cursor: string | null) =>
      app.get(ClaimsService).list(contract.people.connie, contract.code, { limit: 2, cursor });
    const first = await list(null);
    expect(first.items.map(({ number }) => number)).toEqual([3, 2]);
    expect((await list(first.next)).items.map(({ number }) => number)).toEqual([1]);
  });

  it('is not for an investor', async () => {
    await fiveLines();
    await submit(1);
    await expect(
      app.get(ClaimsService).get(contract.people.ivy, contract.code, 1),
    ).rejects.toMatchObject({ code: 'PERMISSION_REFUSED' });
  });
});
