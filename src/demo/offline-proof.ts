import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BundlesService } from '../bundles/bundles.service.js';
import type { Application } from '../cli/application.js';
import { formatVkey } from '../domain/log/note-key.js';
import { LogReader, type CheckpointView } from '../log/log-reader.service.js';
import { LogRepository } from '../log/log.repository.js';
import { Sealer } from '../log/sealer.service.js';
import { SigningKey } from '../log/signing-key.js';
import { Witnessing } from '../log/witnessing.service.js';
import { SERVICE } from '../platform/auth/acting.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { DemoContract } from './demo-contracts.js';
import type { DemoKeys } from './demo-keys.js';
import type { DemoWitness } from './demo-witnesses.js';
import { projectFile } from './expected-totals.js';

/** Where a statement's proof lies, and what it was proved against. */
export interface OfflineProof {
  readonly bundleFile: string;
  readonly policyFile: string;
  readonly checkpoint: CheckpointView;
}

const VERIFIER = 'verifier/outturn-verify.mjs';
const WITNESSED = 0;
const UNWITNESSED = 10;
const ATTEMPTS = 40;
const ASK_AGAIN_MS = 250;

/**
 * Seals the log, has it cosigned, and writes what somebody takes away who trusts nobody here: the bundle of the statement of
 * a period, a policy, and the checkpoint to keep.
 */
export async function writeOfflineProof(
  { get }: Application,
  keys: DemoKeys,
  { code, people }: DemoContract,
  period: string,
  folder: string,
  witnesses: readonly DemoWitness[],
): Promise<OfflineProof> {
  const checkpoint = await sealedAndCosigned(get, witnesses.length > 0);
  const files = ['statement.bundle', 'policy.txt', 'checkpoint.txt'].map((name) =>
    join(folder, name),
  );
  const [bundleFile, policyFile, checkpointFile] = files as [string, string, string];
  let text = '';
  const commissioner = keys.actorOf(people.commissioner.email);
  const request = { type: 'statement', period, number: null } as const;
  await get(BundlesService).write(commissioner, code, request, null, async (some) => {
    text += some;
  });
  writeFileSync(bundleFile, text);
  writeFileSync(policyFile, policyOf(formatVkey(get(SigningKey).signer().key), witnesses));
  writeFileSync(checkpointFile, checkpoint.note);
  return { bundleFile, policyFile, checkpoint };
}

/**
 * The latest checkpoint, once everything is in it and both witnesses have cosigned it, or have been asked for long enough.
 * The worker seals and asks beside this: it may be at it, and what it seals last is cosigned a moment later.
 */
async function sealedAndCosigned(
  get: Application['get'],
  isAsked: boolean,
): Promise<CheckpointView> {
  for (let attempt = 1; ; attempt += 1) {
    await get(Sealer).sealAll();
    await get(Witnessing).ask();
    const { entries, latest } = await get(TransactionRunner).readOnly(
      SERVICE.sealer,
      async (tx) => ({
        entries: (await get(LogRepository).waiting(tx)).entries,
        latest: await get(LogReader).latest(tx),
      }),
    );
    const isWhole = entries === 0 && (latest.isWitnessed || !isAsked);
    if (isWhole || attempt === ATTEMPTS) return latest;
    await pause(ASK_AGAIN_MS);
  }
}

function policyOf(log: string, witnesses: readonly DemoWitness[]): string {
  if (witnesses.length === 0) return `log ${log}\nquorum none\n`;
  const lines = witnesses.map(({ name, vkey }) => `witness ${name} ${vkey}\n`).join('');
  return `log ${log}\n${lines}group both all ${witnesses.map(({ name }) => name).join(' ')}\nquorum both\n`;
}

/** The checkpoint, and the one command that verifies the statement without this service. */
export function proofInWords({ bundleFile, policyFile, checkpoint }: OfflineProof): string {
  const seen = checkpoint.isWitnessed
    ? 'cosigned by the witnesses of both parties'
    : 'unwitnessed: no witness was asked or none answered, so others may have been shown another history';
  const [bundle, policy] = [bundleFile, policyFile].map((file) => relative(process.cwd(), file));
  return [
    `\nCheckpoint of the audit log, ${seen}`,
    ...checkpoint.note
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`.trimEnd()),
    '\nVerify the statement offline, without this service',
    `  node ${VERIFIER} ${bundle} --policy ${policy}`,
  ].join('\n');
}

/** Runs that command; the verdict has to be what the witnesses allow. */
export function verifyOffline(
  { bundleFile, policyFile }: OfflineProof,
  isAsked: boolean,
): { readonly text: string; readonly agrees: boolean } {
  const program = fileURLToPath(projectFile(VERIFIER));
  const words = [program, bundleFile, '--policy', policyFile];
  const { status, stdout } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  const verdict = stdout.trimEnd().split('\n').at(-1) ?? 'The verifier said nothing.';
  return { text: `  ${verdict}`, agrees: status === (isAsked ? WITNESSED : UNWITNESSED) };
}
