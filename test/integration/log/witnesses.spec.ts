import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../../src/audit/audit.service.js';
import { openApplication, type Application } from '../../../src/cli/application.js';
import { leafHash } from '../../../src/domain/log/hashes.js';
import { parseNote } from '../../../src/domain/log/signed-note.js';
import { LogReader } from '../../../src/log/log-reader.service.js';
import { Sealer } from '../../../src/log/sealer.service.js';
import { Witnessing } from '../../../src/log/witnessing.service.js';
import { runCli } from '../../../src/cli/run.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { CLOCK } from '../../../src/platform/clock/clock.module.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { createPino, StructuredLogger } from '../../../src/platform/logging/logger.js';
import { startTestWorker } from '../../support/harness.js';
import { waitUntil } from '../../support/wait.js';
import { aWitness, type TestWitness } from '../../support/witness.js';

let investor: TestWitness;
let commissioner: TestWitness;
let application: Application;

beforeAll(async () => {
  investor = await aWitness('investor.example/witness');
  commissioner = await aWitness('commissioner.example/witness');
  process.env['LOG_WITNESSES'] =
    `investor=${investor.vkey}=${investor.url},commissioner=${commissioner.vkey}=${commissioner.url}`;
  application = await openApplication();
});
afterAll(async () => {
  await application.close();
  await investor.stop();
  await commissioner.stop();
});

const witnessing = () => application.get<Witnessing>(Witnessing);
const seal = () => application.get<Sealer>(Sealer).sealAll();
const act = () => {
  const stream = uuidv7();
  return application.get<TransactionRunner>(TransactionRunner).run(SERVICE.operator, (tx) =>
    application.get<AuditService>(AuditService).append(tx, {
      stream,
      type: 'computation.cancelled',
      actor: null,
      duty: 'service',
      payload: { computationId: stream, number: 1 },
    }),
  );
};
const latest = () =>
  application.get<TransactionRunner>(TransactionRunner).readOnly(SERVICE.stranger, async (tx) => {
    const reader = application.get<LogReader>(LogReader);
    return { latest: await reader.latest(tx), witnessed: await reader.latestWitnessed(tx) };
  });

describe('witnesses', () => {
  it('have nothing to cosign before the first checkpoint', async () => {
    await witnessing().hear();
    expect(await witnessing().ask()).toBe(0);
    expect(investor.asked).toBe(0);
  });

  it('cosign nothing by being heard', async () => {
    await act();
    await seal();
    await witnessing().hear();
    expect([investor.asked, investor.state]).toEqual([1, null]);
    investor.asked = 0;
  });

  it('cosign each checkpoint once, with a proof that it continues the one before', async () => {
    for (let round = 0; round < 4; round += 1) {
      await act();
      await seal();
      expect((await latest()).latest.isWitnessed).toBe(false);
      expect(await witnessing().ask()).toBe(2);
      expect(await witnessing().ask()).toBe(0);
      const { latest: checkpoint } = await latest();
      expect(checkpoint.isWitnessed).toBe(true);
      const names = parseNote(checkpoint.note).signatures.map(({ name }) => name);
      expect(names[0]).toBe('test.example/outturn');
      expect(names.slice(1).sort()).toEqual([
        'commissioner.example/witness',
        'investor.example/witness',
      ]);
      expect(investor.state).toEqual({
        origin: 'test.example/outturn',
        size: checkpoint.size,
        root: expect.anything(),
      });
    }
    expect(investor.asked).toBe(4);
  });

  it('that are away delay their cosignature and nothing else; what lacks the quorum is unwitnessed', async () => {
    investor.failing = 503;
    await act();
    await seal();
    expect(await witnessing().ask()).toBe(1);
    const { latest: checkpoint, witnessed } = await latest();
    expect(checkpoint.isWitnessed).toBe(false);
    expect(witnessed!.size).toBeLessThan(checkpoint.size);
    investor.failing = null;
    expect(await witnessing().ask()).toBe(1);
    expect((await latest()).latest.isWitnessed).toBe(true);
  });

  it('are asked from where they stand, also where the log does not know it', async () => {
    const before = investor.state!;
    await act();
    await seal();
    investor.state = null; // it lost its own record
    expect(await witnessing().ask()).toBe(2);
    investor.state = before;
    await act();
    await seal();
    expect(await witnessing().ask()).toBe(2);
  });

  it('are not asked while sealing is behind: their cosignature would prove that a promise was broken', async () => {
    await act();
    await seal();
    const late = new Date(Date.now() - 31_000);
    const clock = application.get<{ now: () => Date }>(CLOCK);
    const { now } = clock;
    clock.now = () => late;
    await act(); // recorded half the promise ago, and not sealed yet
    clock.now = now;
    const { asked } = investor;
    expect(await witnessing().ask()).toBe(0);
    expect(investor.asked).toBe(asked);
    await seal();
    expect(await witnessing().ask()).toBe(2);
  });

  it('are not believed when what they answer is no cosignature of theirs', async () => {
    await act();
    await seal();
    investor.failing = 200; // with a text that is no signature
    expect(await witnessing().ask()).toBe(1);
    expect((await latest()).latest.isWitnessed).toBe(false);
    investor.failing = null;
    expect(await witnessing().ask()).toBe(1);
  });

  it('are asked by the worker, which seals', async () => {
    const { latest: before } = await latest();
    const worker = await startTestWorker();
    await act();
    await waitUntil('both witnesses cosign what the worker sealed', async () => {
      const { latest: checkpoint } = await latest();
      const isSeen = checkpoint.isWitnessed && investor.state!.size === checkpoint.size;
      return isSeen && checkpoint.size > before.size ? true : null;
    }).finally(() => worker.close());
  });

  it.each([
    ['has seen a longer log', (witness: TestWitness) => ({ ...witness.state!, size: 100_000 })],
    [
      'has seen another history',
      (witness: TestWitness) => ({ ...witness.state!, root: leafHash('another') }),
    ],
  ])('are heard when one %s: from then on nothing is sealed', async (_, seen) => {
    const fresh = await openApplication();
    const kept = commissioner.state;
    await act();
    await seal();
    commissioner.state = seen(commissioner);
    await expect(fresh.get<Witnessing>(Witnessing).ask()).rejects.toThrow('older copy');
    commissioner.state = kept; // saying nothing more does not make it unsaid
    expect(() => fresh.get<Witnessing>(Witnessing).requireUncontradicted()).toThrow(
      'not signed any further',
    );
    await fresh.close();
  });

  describe('that went on after the copy was made which was restored', () => {
    let kept: TestWitness['state'];
    beforeEach(async () => {
      await act();
      await seal();
      await witnessing().ask();
      kept = commissioner.state;
      expect(kept!.size).toBe((await latest()).latest.size); // the copy has its cosignature
      commissioner.state = { ...kept!, size: 100_000 };
    });
    afterEach(() => void (commissioner.state = kept));

    it('are heard by a worker before it seals anything', async () => {
      await act();
      const { latest: before } = await latest();
      const lines: string[] = [];
      const write = (line: string) => void lines.push(line);
      const worker = await startTestWorker(new StructuredLogger(createPino('error', { write })));
      await waitUntil('the worker says that it does not sign', async () =>
        lines.some((line) => line.includes('not signed any further')) ? true : null,
      ).finally(() => worker.close());
      expect((await latest()).latest.size).toBe(before.size);
    });

    it('are heard also where entries have waited for long, and cosign nothing', async () => {
      const clock = application.get<{ now: () => Date }>(CLOCK);
      const { now } = clock;
      clock.now = () => new Date(Date.now() - 31_000);
      await act();
      clock.now = now;
      const fresh = await openApplication();
      const others = investor.state;
      await expect(fresh.get<Witnessing>(Witnessing).hear()).rejects.toThrow('older copy');
      await expect(fresh.get<Witnessing>(Witnessing).ask()).rejects.toThrow('older copy');
      expect(investor.state).toEqual(others);
      await fresh.close();
    });

    it.each(['log seal', 'log rotate-key'])(
      'are heard by the command line: %s',
      async (command) => {
        await act();
        const { latest: before } = await latest();
        let err = '';
        const status = await runCli(command.split(' '), {
          environment: process.env,
          out: () => undefined,
          err: (text) => void (err += text),
          progress: () => ({ update: () => undefined, stop: () => undefined }),
        });
        expect([status, err]).toEqual([1, expect.stringContaining('LOG_CONTRADICTED')]);
        expect((await latest()).latest.size).toBe(before.size);
      },
    );
  });
});
