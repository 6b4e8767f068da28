// The log on a real PostgreSQL: what is sealed, by many at once, whatever is killed, and what is refused.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../src/audit/audit.service.js';
import { openApplication } from '../../src/cli/application.js';
import { isContinued, isIncluded } from '../../src/domain/log/check-proofs.js';
import { parseCheckpoint } from '../../src/domain/log/checkpoint.js';
import { Frontier, rootOf } from '../../src/domain/log/frontier.js';
import { leafHash } from '../../src/domain/log/hashes.js';
import { streamHeadLeaf, TreeOfHeads } from '../../src/domain/log/heads.js';
import { commitmentOf, entryLeaf, headsLeaf } from '../../src/domain/log/leaf-text.js';
import { formatVkey } from '../../src/domain/log/note-key.js';
import { isSignedBy, logSigner, parseNote } from '../../src/domain/log/signed-note.js';
import { LogReader } from '../../src/log/log-reader.service.js';
import { Sealer } from '../../src/log/sealer.service.js';
import { SigningKey } from '../../src/log/signing-key.js';
import { SERVICE } from '../../src/platform/auth/acting.js';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { TransactionRunner } from '../../src/platform/database/transaction-runner.js';
import { startTestApp, type TestApp } from '../support/harness.js';
import { asOwner, rowsOfOwner } from '../support/owner.js';

const OTHER = generateKeyPairSync('ed25519').privateKey;
const otherSigner = () => logSigner(process.env['LOG_ORIGIN']!, OTHER);

let service: TestApp;
let sealer: Sealer;
let transactions: TransactionRunner;
let audit: AuditService;
const owner = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });

beforeAll(async () => {
  service = await startTestApp();
  sealer = service.get(Sealer);
  transactions = service.get(TransactionRunner);
  audit = service.get(AuditService);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await service.stop();
});

/** An act on a stream, as the operator, who may record on any. */
const act = (stream: string, number = 1): Promise<bigint> =>
  transactions.run(SERVICE.operator, (tx) =>
    audit.append(tx, {
      stream,
      type: 'computation.cancelled',
      actor: null,
      duty: 'service',
      payload: { computationId: stream, number },
    }),
  );
const read = <T>(work: (tx: Transaction, reader: LogReader) => Promise<T>): Promise<T> =>
  transactions.readOnly(SERVICE.sealer, (tx) => work(tx, service.get(LogReader)));

/** The text of every leaf, rebuilt from the entries alone, and whose it is. */
async function leaves(): Promise<{ text: string; stream: string | null; seq: string | null }[]> {
  const rows = await rowsOfOwner<{
    index: string;
    stream: string | null;
    seq: string | null;
    type: string;
    salt: Buffer;
    body: string;
    heads_leaf: string | null;
  }>(
    `select l.index, l.stream, l.seq, e.type, e.salt, e.body, c.heads_leaf
       from log_leaf l left join audit_entry e using (stream, seq)
       left join log_checkpoint c on l.stream is null and c.size = l.index + 1 order by l.index`,
  );
  return rows.map((row, place) => {
    if (Number(row.index) !== place) throw new Error(`leaf ${place} is not in its place`);
    const { stream, seq } = row;
    if (stream === null) return { text: row.heads_leaf!, stream, seq };
    const commitment = commitmentOf(row.salt, row.body);
    const text = entryLeaf({ commitment, seq: BigInt(seq!), stream, type: row.type });
    return { text, stream, seq };
  });
}

/** Everything that the page says of a log holds, at every checkpoint. */
async function checkWholeLog(): Promise<void> {
  const all = await leaves();
  const tree = new Frontier();
  const checkpoints = await rowsOfOwner<{ size: string; note: string; root: Buffer }>(
    'select size, note, root from log_checkpoint order by size',
  );
  const { key } = service.get(SigningKey).signer();
  const seen = new Map<string, bigint>();
  let from = 0;
  for (const { size, note, root } of checkpoints) {
    const { text, signatures } = parseNote(note);
    expect(isSignedBy(text, signatures[0]!, key)).toBe(true);
    const head = parseCheckpoint(text);
    expect(head).toEqual({ origin: key.name, size: Number(size), root: expect.anything() });
    expect(Buffer.from(head.root)).toEqual(root);
    for (const { text: leaf } of all.slice(from, head.size)) tree.append(leafHash(leaf));
    expect(Buffer.from(tree.root())).toEqual(root);
    for (const { stream, seq } of all.slice(from, head.size - 1)) {
      if (BigInt(seq!) !== (seen.get(stream!) ?? 0n) + 1n) throw new Error(`a gap before ${seq}`);
      seen.set(stream!, BigInt(seq!));
    }
    const heads = new TreeOfHeads([...seen].map(([stream, seq]) => ({ stream, seq })));
    const last = JSON.parse(all[head.size - 1]!.text) as { recordedAt: string };
    expect(all[head.size - 1]!.text).toBe(
      headsLeaf({ heads: heads.root(), recordedAt: last.recordedAt, streams: heads.size }),
    );
    from = head.size;
  }
  expect(from).toBe(all.length);
}

describe('sealing', () => {
  it('takes every entry into the log, declares its key first, and does nothing when nothing is new', async () => {
    const stream = uuidv7();
    for (let number = 1; number <= 5; number += 1) await act(stream, number);
    expect(await sealer.sealAll()).toMatchObject({ entries: expect.any(Number) });
    await checkWholeLog();
    expect(await sealer.sealAll()).toBeNull();
    const [declared] = await rowsOfOwner<{ body: string }>(
      `select body from audit_entry where type = 'log.key-declared'`,
    );
    const { key } = service.get(SigningKey).signer();
    expect(JSON.parse(declared!.body).payload).toEqual({ origin: key.name, vkey: formatVkey(key) });
  });

  it('proves every entry, every step from one checkpoint to another, and how far each stream goes', async () => {
    const streams = [uuidv7(), uuidv7()];
    for (let round = 1; round <= 3; round += 1) {
      for (const stream of streams) await act(stream, round);
      await sealer.sealAll(2);
    }
    const all = await leaves();
    await read(async (tx, reader) => {
      const latest = await reader.latest(tx);
      for (const [index, { text, stream, seq }] of all.entries()) {
        const proof = await reader.inclusion(tx, index, latest.size);
        expect(isIncluded(leafHash(text), index, latest, proof)).toBe(true);
        if (stream !== null) expect(await reader.indexOf(tx, stream, BigInt(seq!))).toBe(index);
      }
      for (let from = 1; from <= latest.size; from += 1) {
        const earlier = {
          size: from,
          root: rootOf(all.slice(0, from).map(({ text }) => leafHash(text))),
        };
        const proof = await reader.consistency(tx, from, latest.size);
        expect(isContinued(earlier, latest, proof)).toBe(true);
      }
      const sizes = await tx.query<{ size: string }>('select size from log_checkpoint');
      for (const { size } of sizes) {
        const checkpoint = (await reader.at(tx, Number(size)))!;
        const { heads } = JSON.parse(checkpoint.headsLeaf) as { heads: string };
        for (const stream of streams) {
          const head = await reader.headOf(tx, stream, checkpoint.size);
          if (head === null) continue;
          const leaf = leafHash(streamHeadLeaf({ stream, seq: head.seq }));
          const tree = { size: head.streams, root: Buffer.from(heads, 'base64') };
          expect(isIncluded(leaf, head.position, tree, head.hashes)).toBe(true);
          expect(await reader.indexesOf(tx, stream, checkpoint.size)).toHaveLength(
            Number(head.seq),
          );
        }
      }
      await expect(reader.consistency(tx, 1, latest.size + 1)).rejects.toThrow('never had');
      await expect(reader.consistency(tx, 0, latest.size)).rejects.toThrow('never had 0');
    });
  });

  it('makes no fork and no gap while 64 write at once and two seal', async () => {
    const streams = Array.from({ length: 8 }, () => uuidv7());
    let writing = true;
    const writers = Array.from({ length: 64 }, async (_, writer) => {
      for (let number = 1; number <= 157; number += 1)
        await act(streams[(writer + number) % streams.length]!, number);
    });
    const other = await openApplication(); // as another process does, with connections of its own
    const sealers = [sealer, other.get<Sealer>(Sealer)].map(async (one) => {
      while (writing) await one.sealAll(1_000);
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(sealers);
    await other.close();
    await sealer.sealAll();
    const [left] = await rowsOfOwner<{ sealed: string; written: string }>(
      `select (select sum(seq) from log_stream where stream = any($1)) as sealed,
              (select count(*) from audit_entry where stream = any($1)) as written`,
      [streams],
    );
    expect(left).toEqual({ sealed: `${64 * 157}`, written: `${64 * 157}` });
    await checkWholeLog();
  }, 240_000);

  it('is whole wherever the sealer is killed', async () => {
    const stream = uuidv7();
    const steps = [
      'insert into log_leaf',
      'insert into log_stream',
      'insert into log_node',
      'insert into log_checkpoint',
    ];
    for (const step of steps) {
      await act(stream);
      await expect(killedAt(step)).rejects.toThrow();
      await checkWholeLog();
    }
    expect(await sealer.sealAll()).toMatchObject({ entries: steps.length });
    await checkWholeLog();
  });

  /** A turn of sealing whose connection is ended by the server right after a statement. */
  async function killedAt(step: string): Promise<void> {
    const broken = Object.create(transactions) as TransactionRunner;
    broken.run = (acting, work) =>
      transactions.run(acting, (tx) =>
        work({
          ...tx,
          query: async (sql, parameters) => {
            const rows = await tx.query(sql, parameters);
            if (sql.includes(step)) {
              const [self] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
              await owner.query('select pg_terminate_backend($1)', [self!.pid]);
              await tx.query('select 1');
            }
            return rows as never;
          },
        }),
      );
    const killed = Object.create(sealer) as Sealer;
    Object.assign(killed, { transactions: broken });
    await killed.sealOnce();
  }
});

describe('a log that is not what was signed', () => {
  const asBefore = async (
    tamper: string,
    refusal: string,
    parameters: readonly unknown[] = [],
  ): Promise<void> => {
    await act(uuidv7());
    await owner.query('begin');
    await owner.query(`set local session_replication_role = replica`);
    await owner.query(tamper, [...parameters]);
    await owner.query('commit');
    const whole = await rowsOfOwner('select max(size) from log_checkpoint');
    await expect(sealer.sealAll()).rejects.toThrow(refusal);
    expect(await rowsOfOwner('select max(size) from log_checkpoint')).toEqual(whole);
  };
  const undo = async (...statements: readonly string[]) => {
    await owner.query('begin');
    await owner.query(`set local session_replication_role = replica`);
    for (const statement of statements) await owner.query(statement);
    await owner.query('commit');
    expect(await sealer.sealAll()).not.toBeNull();
    await checkWholeLog();
  };

  it('is not continued where a hash was changed', async () => {
    await owner.query('create table kept as select * from log_node');
    await asBefore(`update log_node set hash = sha256('x')`, 'do not give the root');
    await undo(
      'delete from log_node',
      'insert into log_node select * from kept',
      'drop table kept',
    );
  });

  it('is not continued where a checkpoint is newer than its leaves, as in a copy restored in part', async () => {
    await owner.query(
      `create table kept as select * from log_leaf where index >= (select max(index) - 1 from log_leaf)`,
    );
    await asBefore('delete from log_leaf where index in (select index from kept)', 'are stored');
    await undo('insert into log_leaf select * from kept', 'drop table kept');
  });

  it('is not continued where leaves are newer than its checkpoint', async () => {
    await owner.query(
      'create table kept as select * from log_checkpoint order by size desc limit 1',
    );
    await asBefore(
      'delete from log_checkpoint where size in (select size from kept)',
      'are stored',
    );
    await undo('insert into log_checkpoint select * from kept', 'drop table kept');
  });

  it('is not continued where an entry was taken out before it was sealed', async () => {
    const stream = uuidv7();
    for (const number of [1, 2, 3]) await act(stream, number);
    await owner.query(
      `create table kept as select * from audit_entry where stream = '${stream}' and seq = 2`,
    );
    await asBefore(
      'delete from audit_entry where stream = $1 and seq = 2',
      'no entry before its entry 3',
      [stream],
    );
    await undo(`insert into audit_entry select * from kept`, 'drop table kept');
  });

  it('cannot be changed by anybody who has triggers on, nor grow a second leaf in a place', async () => {
    for (const table of ['log_leaf', 'log_node', 'log_checkpoint', 'log_key']) {
      const column = table === 'log_key' ? 'vkey' : table === 'log_checkpoint' ? 'size' : 'index';
      await expect(owner.query(`update ${table} set ${column} = ${column}`)).rejects.toThrow(
        'append-only',
      );
      await expect(owner.query(`delete from ${table}`)).rejects.toThrow('append-only');
      await expect(owner.query(`truncate ${table} cascade`)).rejects.toThrow('append-only');
    }
    await expect(owner.query('update log_stream set seq = seq - 1')).rejects.toThrow('only grows');
    await expect(owner.query('delete from log_stream')).rejects.toThrow('only grows');
    await expect(
      owner.query(`insert into log_leaf (index, stream, seq) values (0, null, null)`),
    ).rejects.toThrow('duplicate key');
    await expect(
      owner.query(`insert into log_node (level, index, hash) values (0, 0, sha256('x'))`),
    ).rejects.toThrow('duplicate key');
    await expect(
      asOwner((tx) =>
        tx.query(`insert into log_checkpoint (size, root, heads_leaf, note, made_at)
                  select size, root, heads_leaf, note, made_at from log_checkpoint limit 1`),
      ),
    ).rejects.toThrow('duplicate key');
  });
});

describe('the key', () => {
  it('is refused when it is not the one that was declared', async () => {
    await act(uuidv7());
    const stranger = Object.create(sealer) as Sealer;
    const other = { signer: () => otherSigner() };
    Object.assign(stranger, { key: other });
    await expect(stranger.sealAll()).rejects.toThrow('rotate-key');
    expect(await sealer.sealAll()).not.toBeNull();
  });

  it('is replaced by a declaration that the old one signs as its last', async () => {
    const next = otherSigner();
    const { size } = await sealer.replaceKey(next);
    const old = service.get(SigningKey).signer();
    const [row] = await rowsOfOwner<{ note: string }>(
      'select note from log_checkpoint where size = $1',
      [size],
    );
    const note = parseNote(row!.note);
    expect(isSignedBy(note.text, note.signatures[0]!, old.key)).toBe(true);
    await act(randomUUID());
    await expect(sealer.sealAll()).rejects.toThrow('rotate-key');
    const renewed = Object.create(sealer) as Sealer;
    Object.assign(renewed, { key: { signer: () => next } });
    const after = await renewed.sealAll();
    const [last] = await rowsOfOwner<{ note: string }>(
      'select note from log_checkpoint where size = $1',
      [after!.size],
    );
    const signed = parseNote(last!.note);
    expect(isSignedBy(signed.text, signed.signatures[0]!, next.key)).toBe(true);
  });
});
