import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PeopleService } from '../../../src/access/people.service.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import type { Actor } from '../../../src/platform/auth/actor.js';
import { CommandRunner, type Command } from '../../../src/platform/database/command-runner.js';
import {
  DatabaseNotMigrated,
  IdempotencyKeyReused,
} from '../../../src/platform/database/database.errors.js';
import { copyRows } from '../../../src/platform/csv/copy-reader.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { startTestApp, type TestApp } from '../../support/harness.js';
import { rowsOfOwner } from '../../support/owner.js';

let service: TestApp;
let actor: Actor;
beforeAll(async () => {
  service = await startTestApp();
  actor = await transactions().run(SERVICE.operator, (tx) =>
    service.get(PeopleService).actorByEmail(tx, service.administrator.email, 'cli'),
  );
});
afterAll(() => service.stop());

const transactions = () => service.get(TransactionRunner);
const commands = () => service.get(CommandRunner);
const aCommand = (over: Partial<Command> = {}): Command => ({
  actor,
  idempotencyKey: randomUUID(),
  requestHash: 'ab'.repeat(32),
  ...over,
});
const count = async (label: string) => {
  const [row] = await transactions().readOnly(actor, (tx) =>
    tx.query<{ n: string }>('select count(*) as n from api_key where label = $1', [label]),
  );
  return Number(row!.n);
};

/** An act that leaves a trace that can be counted. */
const leaveTrace = (label: string) => (command: Command) =>
  commands().perform(command, async (tx) => {
    const [row] = await tx.query<{ id: string }>(
      `insert into api_key (id, person_id, prefix, secret_hash, label)
       values (gen_random_uuid(), $1, gen_random_uuid(), '', $2) returning id`,
      [command.actor.personId, label],
    );
    return { id: row!.id, amount: '1320.00', nothing: null };
  });

describe('a command', () => {
  it('is done once per key, and repeated in answer only', async () => {
    const act = leaveTrace('once');
    const command = aCommand();
    const first = await act(command);
    const second = await act(command);
    expect(first.replayed).toBe(false);
    expect(second).toEqual({ result: first.result, replayed: true });
    expect(await count('once')).toBe(1);
  });

  it('is done once when the same request arrives twenty times at the same moment', async () => {
    const act = leaveTrace('race');
    const command = aCommand();
    const all = await Promise.all(Array.from({ length: 20 }, () => act(command)));
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(new Set(all.map(({ result }) => result.id)).size).toBe(1);
    expect(await count('race')).toBe(1);
  });

  it('is refused when its key came with other content', async () => {
    const act = leaveTrace('reused');
    const command = aCommand();
    await act(command);
    await expect(act({ ...command, requestHash: 'cd'.repeat(32) })).rejects.toThrow(
      IdempotencyKeyReused,
    );
    expect(await count('reused')).toBe(1);
  });

  it('may use a key that another person used', async () => {
    const other = await transactions().run(SERVICE.operator, (tx) =>
      service.get(PeopleService).addFirstAdministrator(tx, { email: 'b@example.org', name: 'B' }),
    );
    const act = leaveTrace('people');
    const command = aCommand();
    await act(command);
    await act({ ...command, actor: { ...actor, personId: other.id } });
    expect(await count('people')).toBe(2);
  });

  it('frees its key when it fails, so that it can be tried again', async () => {
    const command = aCommand();
    const failing = commands().perform(command, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect((await leaveTrace('again')(command)).replayed).toBe(false);
  });

  it('without a key is done every time', async () => {
    const act = leaveTrace('keyless');
    await act(aCommand({ idempotencyKey: null }));
    await act(aCommand({ idempotencyKey: null }));
    expect(await count('keyless')).toBe(2);
  });
});

describe('a transaction', () => {
  it('gives money and dates as the texts they are', async () => {
    const [row] = await transactions().readOnly(actor, (tx) =>
      tx.query(
        `select 9007199254740993::int8 as minor, 0.1::numeric(20, 10) as part, date '2015-06-02' as day,
                array[date '2015-06-02'] as days, timestamptz '2015-06-02T09:30:00Z' as instant`,
      ),
    );
    expect(row).toEqual({
      minor: '9007199254740993',
      part: '0.1000000000',
      day: '2015-06-02',
      days: ['2015-06-02'],
      instant: new Date('2015-06-02T09:30:00Z'),
    });
  });

  it('that only reads cannot write, and sees one moment', async () => {
    await transactions().readOnly(actor, async (tx) => {
      const before = await tx.query('select count(*) from api_key');
      await leaveTrace('moment')(aCommand());
      expect(await tx.query('select count(*) from api_key')).toEqual(before);
    });
    const writing = transactions().readOnly(actor, (tx) => tx.query(`delete from api_key`));
    await expect(writing).rejects.toMatchObject({ code: '25006' });
  });

  it('gives its connection back whatever happens', async () => {
    for (let n = 0; n < 30; n++) {
      await transactions()
        .run(actor, (tx) => tx.query('select 1/0'))
        .catch(() => undefined);
    }
    expect(await transactions().run(actor, (tx) => tx.query('select 1 as one'))).toEqual([
      { one: 1 },
    ]);
  });

  it('that fails with rows half copied, into a table or out of one, is rolled back and gives its connection back', async () => {
    const failing = async (nth: number) =>
      transactions().run(actor, async (tx) => {
        await tx.query('create temporary table half_copied (n integer) on commit drop');
        const stream = tx.copyIn('copy half_copied from stdin');
        stream.write('1\n2\n');
        if (nth % 2 === 0) await new Promise((resolve) => stream.write('3\n', resolve));
        throw new Error(`no more rows of ${nth}`);
      });
    const reading = (nth: number) =>
      transactions().run(actor, (tx) =>
        copyRows(tx.client, 'copy (select generate_series(1, 300000)) to stdout', 1, () => {
          throw new Error(`no use for the row of ${nth}`);
        }),
      );
    for (let nth = 0; nth < 20; nth += 1) {
      await expect(failing(nth)).rejects.toThrow(`no more rows of ${nth}`);
      await expect(reading(nth)).rejects.toThrow(`no use for the row of ${nth}`);
    }
    expect(await transactions().run(actor, (tx) => tx.query('select 1 as one'))).toEqual([
      { one: 1 },
    ]);
  });

  it('whose connection is cut says so, and the next one works', async () => {
    const cut = transactions().run(actor, async (tx) => {
      const [own] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await rowsOfOwner('select pg_terminate_backend($1)', [own!.pid]);
      await sleep(50);
      await tx.query('select 1');
    });
    await expect(cut).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await transactions().run(actor, (tx) => tx.query('select 1 as one'))).toEqual([
      { one: 1 },
    ]);
  });

  it('that misses a table says what to do', async () => {
    const missing = transactions().run(actor, (tx) => tx.query('select 1 from not_there'));
    await expect(missing).rejects.toThrow(DatabaseNotMigrated);
  });
});
