// The witness program that investor and commissioner run, asked by the service.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openApplication, type Application } from '../../../src/cli/application.js';
import { formatVkey } from '../../../src/domain/log/note-key.js';
import { LogReader } from '../../../src/log/log-reader.service.js';
import { Sealer } from '../../../src/log/sealer.service.js';
import { signerIn } from '../../../src/log/signing-key.js';
import { Witnessing } from '../../../src/log/witnessing.service.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { startTestApp, type TestApp } from '../../support/harness.js';

const folder = mkdtempSync(join(tmpdir(), 'outturn-witness-'));
const program = 'verifier/outturn-witness.mjs';
let witness: ChildProcess | null = null;
let service: TestApp;
let application: Application;

beforeAll(async () => {
  const key = join(folder, 'key');
  const vkey = execFileSync(process.execPath, [
    program,
    '--new-key',
    'investor.example/witness',
    '--key',
    key,
  ])
    .toString()
    .trim();
  const { key: log } = signerIn(process.env['LOG_SIGNING_KEY_FILE']!, process.env['LOG_ORIGIN']!);
  const words = ['--key', key, '--log', formatVkey(log), '--state', folder, '--port', '0'];
  const child = spawn(process.execPath, [program, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  witness = child;
  const [said] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const port = /"port":(\d+)/.exec(said)![1]!;
  process.env['LOG_WITNESSES'] = `investor=${vkey}=http://127.0.0.1:${port}`;
  service = await startTestApp(); // whose first administrator is an entry
  application = await openApplication();
}, 60_000);
afterAll(async () => {
  await application.close();
  await service.stop();
  witness?.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

it('cosigns the first checkpoint, the next and the one after', async () => {
  for (let round = 1; round <= 3; round += 1) {
    await service.administrator
      .post('/v1/people', { name: `Person ${round}`, email: `p${round}@outturn.example` })
      .expect(201);
    await application.get<Sealer>(Sealer).sealAll();
    expect(await application.get<Witnessing>(Witnessing).ask()).toBe(1);
    const { isWitnessed } = await application
      .get<TransactionRunner>(TransactionRunner)
      .readOnly(SERVICE.stranger, (tx) => application.get<LogReader>(LogReader).latest(tx));
    expect(isWitnessed).toBe(true);
  }
});
