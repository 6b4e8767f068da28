import { AuditService } from '../../../src/audit/audit.service.js';
import { Client } from 'pg';
import { PaymentsRepository } from '../../../src/payments/payments.repository.js';
import { SERVICE, type Acting } from '../../../src/platform/auth/acting.js';
import type { Transaction } from '../../../src/platform/database/transaction.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { aContractOf, request, rowOf } from '../../support/computed-contract.js';
import { startTestApp, type TestApp, type TestContract } from '../../support/harness.js';

const LEASE = 30;

describe('a claim on a computation', () => {
  let service: TestApp;
  let client: Client;
  let contract: TestContract;
  beforeAll(async () => {
    service = await startTestApp();
    client = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
    await client.connect();
  });
  beforeEach(async () => {
    contract = await aContractOf(service, `claims-${process.hrtime.bigint()}`, 2);
  });
  afterAll(async () => {
    await client.end();
    await service.stop();
  });

  const within = <T>(
    work: (repository: PaymentsRepository, tx: Transaction) => Promise<T>,
    acting: Acting = SERVICE.worker,
  ) =>
    service.get(TransactionRunner).run(acting, (tx) => work(service.get(PaymentsRepository), tx));
  const claim = (id: string) => within((repository, tx) => repository.claim(tx, id, LEASE));
  const expire = (id: string) =>
    client.query(
      `update payment_computation set lease_until = now() - interval '1 second' where id = $1`,
      [id],
    );
  const result = {
    participants: 2,
    lines: 0,
    totalMinor: 0n,
    digest: Buffer.alloc(32),
    engineVersion: '1',
    mismatch: null,
  };

  it('is given to one of many that ask at once', async () => {
    const id = await request(contract);
    const claims = await Promise.all(Array.from({ length: 6 }, () => claim(id)));
    expect(claims.filter((one) => one !== null)).toHaveLength(1);
  });

  it('is refused while the lease runs, and given with the next token once it has run out', async () => {
    const id = await request(contract);
    const first = (await claim(id))!;
    expect(await claim(id)).toBeNull();
    await expire(id);
    const second = (await claim(id))!;
    expect(second).toMatchObject({ token: first.token + 1, attempts: 2 });
  });

  it('waits for every lower number of the contract', async () => {
    const [first, second] = [await request(contract), await request(contract)];
    expect(await claim(second)).toBeNull();
    const run = (await claim(first))!;
    expect(await claim(second)).toBeNull();
    await within(async (repository, tx) => {
      await repository.complete(tx, run, result);
      await service.get(AuditService).append(tx, {
        stream: run.contractId,
        type: 'computation.failed',
        actor: null,
        duty: 'service',
        payload: { computationId: first, number: run.number, code: 'NONE' },
      });
    }, run.acting);
    expect(await claim(second)).not.toBeNull();
  });

  it('that was taken over can neither beat nor write a result nor fail nor be given back', async () => {
    const id = await request(contract);
    const old = (await claim(id))!;
    await expire(id);
    await claim(id);
    const before = await rowOf(client, id);
    await within(async (repository, tx) => {
      expect(await repository.heartbeat(tx, old, LEASE, { done: 1, total: 2 })).toBe(false);
      expect(await repository.complete(tx, old, result)).toBe(false);
      expect(await repository.fail(tx, old, { code: 'X', detail: 'x' })).toBe(false);
      await repository.release(tx, old);
    });
    expect(await rowOf(client, id)).toEqual(before);
  });

  it('is lost by a cancellation', async () => {
    const id = await request(contract);
    const run = (await claim(id))!;
    await contract.provider.post(`/v1/jobs/${id}/cancellation`).expect(200);
    await within(async (repository, tx) => {
      expect(await repository.heartbeat(tx, run, LEASE, { done: 1, total: 2 })).toBe(false);
      expect(await repository.complete(tx, run, result)).toBe(false);
    });
  });

  it('that ran out is rung for again, once, and so is a request that nobody heard', async () => {
    const rung = () => within((repository, tx) => repository.ringOverdue(tx, 60), SERVICE.sweeper);
    const unsent = async (id: string) => {
      const { rows } = await client.query(
        `select payload from work_outbox where sent_at is null and payload ->> 'computationId' = $1`,
        [id],
      );
      return rows.length;
    };
    await client.query('update work_outbox set sent_at = now()');
    const id = await request(contract);
    await rung();
    expect(await unsent(id)).toBe(1); // the first ring is still on its way
    await client.query('update work_outbox set sent_at = now()');
    await rung();
    expect(await unsent(id)).toBe(0); // too young to worry about
    await client.query(
      `update payment_computation set requested_at = now() - interval '2 minutes' where id = $1`,
      [id],
    );
    await rung();
    expect(await unsent(id)).toBe(1);
    await client.query('update work_outbox set sent_at = now()');
    await claim(id);
    await rung();
    expect(await unsent(id)).toBe(0); // somebody is at work
    await expire(id);
    await rung();
    await rung();
    expect(await unsent(id)).toBe(1);
  });
});
