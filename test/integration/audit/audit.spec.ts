import { createHash, randomUUID } from 'node:crypto';
import { AuditService } from '../../../src/audit/audit.service.js';
import { MembersService } from '../../../src/access/members.service.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import type { Transaction } from '../../../src/platform/database/transaction.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { problemIn, startTestApp, TestPerson, type TestApp } from '../../support/harness.js';
import { asOwner } from '../../support/owner.js';

let service: TestApp;
let administrator: Actor;
let verifier: TestPerson;
const contractId = randomUUID();

const run = asOwner;
const audit = () => service.get(AuditService);
const act = (tx: Transaction, number: number, stream = contractId) =>
  audit().append(tx, {
    stream,
    type: 'computation.cancelled',
    actor: administrator,
    duty: 'provider',
    party: 'age-uk',
    payload: { computationId: 'c', number },
  });

beforeAll(async () => {
  service = await startTestApp();
  const me = await service.administrator.get('/v1/me').expect(200);
  const personId = me.body.id as string;
  administrator = { personId, name: 'Ada', isAdministrator: true, via: 'api' };
  const email = 'vera@example.org';
  const vera = await service.administrator.post('/v1/people', { email, name: 'Vera' }).expect(201);
  verifier = new TestPerson(service.app, { name: 'Vera', email, key: vera.body.apiKey as string });
  await run(async (tx) => {
    await tx.query(
      `insert into contract (id, code, title, state, created_by) values ($1, 'trial', 'Trial', 'draft', $2)`,
      [contractId, personId],
    );
  });
  const member = { email, party: 'evaluator', role: 'verifier' } as const;
  await service
    .get(TransactionRunner)
    .run(administrator, (tx) =>
      service.get(MembersService).addMember(tx, administrator, 'trial', member),
    );
});
afterAll(() => service.stop());

describe('recording', () => {
  it('gives the number that lock foretold', async () => {
    await run(async (tx) => {
      const next = await audit().lock(tx, contractId);
      expect(await act(tx, 1)).toBe(next);
      expect(await act(tx, 2)).toBe(next + 1n);
      expect(await audit().head(tx, contractId)).toBe(next + 1n);
    });
  });

  it('leaves no number unused when the act is undone', async () => {
    const before = await run((tx) => audit().head(tx, contractId));
    const undone = run(async (tx) => {
      await act(tx, 3);
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    expect(await run((tx) => act(tx, 4))).toBe(before + 1n);
  });

  it('has no gap and no double when many act at once, on a stream that nobody used before', async () => {
    const stream = randomUUID();
    const acts = Array.from({ length: 30 }, (_, n) => run((tx) => act(tx, n, stream)));
    const numbers = (await Promise.all(acts)).sort((a, b) => Number(a - b));
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, n) => BigInt(n + 1)));
    const verification = await run((tx) => audit().verify(tx, stream));
    expect(verification).toMatchObject({ good: 30n, firstBad: null });
  });
});

describe('the database', () => {
  it.each([
    `update audit_entry set duty = 'x'`,
    'delete from audit_entry',
    'truncate audit_entry cascade',
    'delete from audit_head',
    'update audit_head set seq = seq - 1',
    'update audit_head set seq = seq + 2',
    'truncate audit_head cascade',
  ])('refuses to %s', async (sql) => {
    await expect(run((tx) => tx.query(sql))).rejects.toMatchObject({ code: '23001' });
  });

  it.each([
    ['again', 'h.seq', 'h.hash', '23505'],
    ['after a gap', 'h.seq + 2', 'h.hash', '23001'],
    ['after another', 'h.seq + 1', `sha256('another')`, '23001'],
    ['after the last one', 'h.seq + 1', 'h.hash', 'undone'],
  ])('adds an entry after the last one only: %s', async (_, seq, previous, code) => {
    const added = run(async (tx) => {
      await tx.query(
        `insert into audit_entry (stream, seq, type, duty, recorded_at, body, previous_hash, hash, salt)
         select h.stream, ${seq}, 'x', 'service', now(), '{}', ${previous}, sha256('x'), sha256('y')
           from audit_head h where h.stream = $1`,
        [contractId],
      );
      expect(await audit().commitment(tx, contractId)).toMatchObject({
        hash: createHash('sha256').update(sha256('y')).update(sha256('x')).digest('hex'),
      });
      throw Object.assign(new Error('undone'), { code: 'undone' });
    });
    await expect(added).rejects.toMatchObject({ code });
  });

  it('lets the service lock a head, and never write one', async () => {
    const transactions = service.get(TransactionRunner);
    await transactions.run(SERVICE.operator, async (tx) => {
      expect(
        await tx.query('select 1 from audit_head where stream = $1 for update', [contractId]),
      ).toHaveLength(1);
    });
    await expect(
      transactions.run(SERVICE.operator, (tx) =>
        tx.query('update audit_head set seq = seq + 1 where stream = $1', [contractId]),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });
});

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Does what only somebody with the database's keys can do, looks at the trail, and undoes it. */
async function tampered(sql: string, noted?: { seq: bigint; hash: Uint8Array }) {
  let found: Awaited<ReturnType<AuditService['verify']>> | undefined;
  await run(async (tx) => {
    await tx.query(`set local session_replication_role = 'replica'`);
    await tx.query(sql.replaceAll('$id', `'${contractId}'`));
    found = await audit().verify(tx, contractId, noted);
    throw new Error('undo');
  }).catch((error: Error) => expect(error.message).toBe('undo'));
  return found!;
}

describe('verification', () => {
  it.each([
    [
      'a changed text',
      `update audit_entry set body = replace(body, 'age-uk', 'age-us') where stream = $id and seq = 2`,
      2n,
      'edited',
    ],
    [
      'a changed instant',
      `update audit_entry set recorded_at = recorded_at - interval '1 day' where stream = $id and seq = 2`,
      2n,
      'edited',
    ],
    ['a removed entry', `delete from audit_entry where stream = $id and seq = 2`, 2n, 'missing'],
    [
      'two entries that changed places',
      `update audit_entry set seq = 1000 where stream = $id and seq = 2;
       update audit_entry set seq = 2 where stream = $id and seq = 3;
       update audit_entry set seq = 3 where stream = $id and seq = 1000`,
      2n,
      'out-of-order',
    ],
    [
      'an end cut off',
      `delete from audit_entry where stream = $id and seq = (select max(seq) from audit_entry where stream = $id)`,
      4n,
      'cut-off',
    ],
  ])('finds %s', async (_, sql, seq, fault) => {
    expect((await tampered(sql)).firstBad).toMatchObject({ seq, fault });
  });

  it('finds an end that was cut off together with its head, by what a reader noted', async () => {
    const { last } = await run((tx) => audit().verify(tx, contractId));
    const sql = `delete from audit_entry where stream = $id and seq = ${last!.seq};
      update audit_head set seq = seq - 1,
        hash = (select hash from audit_entry where stream = $id and seq = ${last!.seq} - 1) where stream = $id`;
    expect((await tampered(sql)).firstBad).toBeNull();
    expect((await tampered(sql, last!)).firstBad).toMatchObject({
      seq: last!.seq,
      fault: 'cut-off',
    });
  });

  it('reads a long trail page by page', async () => {
    const stream = randomUUID();
    await run(async (tx) => {
      for (let n = 0; n < 1_001; n++) await act(tx, n, stream);
    });
    expect(await run((tx) => audit().verify(tx, stream))).toMatchObject({ good: 1001n });
  }, 60_000);

  it('covers every stream', async () => {
    const streams = await run(async (tx) => {
      const seen: string[] = [];
      for await (const { stream, firstBad } of audit().verifyAll(tx)) {
        expect(firstBad).toBeNull();
        seen.push(stream);
      }
      return seen;
    });
    expect(streams).toEqual(expect.arrayContaining(['service', contractId]));
  });
});

describe('over HTTP', () => {
  it('gives a reader all they need to check the hashes themselves', async () => {
    const items = await verifier.all<{ body: string; previousHash: string; hash: string }>(
      '/v1/contracts/trial/audit',
      2,
    );
    expect(items.length).toBeGreaterThanOrEqual(4);
    let previous = '00'.repeat(32);
    for (const { body, previousHash, hash } of items) {
      expect(previousHash).toBe(previous);
      const bytes = Buffer.concat([Buffer.from(previousHash, 'hex'), Buffer.from(body, 'utf8')]);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
      previous = hash;
    }
  });

  it('verifies, also against what was noted before', async () => {
    const path = '/v1/contracts/trial/audit/verification';
    const { body } = await verifier.get(path).expect(200);
    expect(body).toMatchObject({ verified: true, firstBad: null });
    const noted = `?notedSeq=${body.last.seq}&notedHash=${body.last.hash}`;
    expect((await verifier.get(path + noted).expect(200)).body.verified).toBe(true);
    const wrong = `?notedSeq=1&notedHash=${'ab'.repeat(32)}`;
    const against = await verifier.get(path + wrong).expect(200);
    expect(against.body).toMatchObject({ verified: false, firstBad: { fault: 'rewritten' } });
    const half = await verifier.get(`${path}?notedHash=${'ab'.repeat(32)}`).expect(422);
    expect(problemIn(half).code).toBe('NOTED_ENTRY_INCOMPLETE');
  });

  it('is for those whose role allows it', async () => {
    const refused = await service.administrator.get('/v1/contracts/trial/audit').expect(403);
    expect(problemIn(refused).code).toBe('PERMISSION_REFUSED');
    expect(problemIn(await verifier.get('/v1/contracts/other/audit').expect(404)).code).toBe(
      'NOT_FOUND',
    );
  });
});
