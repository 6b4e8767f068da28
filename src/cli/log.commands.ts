import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { formatVkey } from '../domain/log/note-key.js';
import { LogReader, type CheckpointView } from '../log/log-reader.service.js';
import { SigningKeyMissing, SigningKeyNotDeclared } from '../log/log.errors.js';
import { Sealer } from '../log/sealer.service.js';
import { signerIn, SigningKey } from '../log/signing-key.js';
import { Witnessing } from '../log/witnessing.service.js';
import { SERVICE } from '../platform/auth/acting.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { openApplication, type Get } from './application.js';
import { FileNotWritable, NewKeyNotInPlace } from './cli.errors.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import { print } from './print.js';

/** `outturn log checkpoint`: the latest checkpoint, to be noted or shown to somebody. */
export const logCheckpoint: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'checkpoint').description(
    'print the latest checkpoint of the audit log, with the cosignatures that there are',
  );
  made.action(async () => {
    const latest = await withService((get) => read(get, (reader, tx) => reader.latest(tx)));
    print(terminal, made.optsWithGlobals<GlobalOptions>().json, viewOf(latest), () =>
      latest.note.trimEnd(),
    );
    if (!latest.isWitnessed)
      terminal.err(
        'Unwitnessed: this service asks no witnesses, or those that it asks have not cosigned it.\n',
      );
  });
};

/** `outturn log seal`: seals what waits, now. */
export const logSeal: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'seal').description(
    'seal the entries that wait into the audit log now, instead of when the worker next does',
  );
  made.action(async () => {
    const sealed = await withService(async (get) => {
      await get<Witnessing>(Witnessing).hear();
      return get<Sealer>(Sealer).sealAll();
    });
    print(terminal, made.optsWithGlobals<GlobalOptions>().json, { sealed }, () =>
      sealed === null
        ? 'Nothing waits to be sealed.'
        : `${sealed.entries} entries sealed; the audit log has ${sealed.size} leaves.`,
    );
  });
};

/** `outturn log rotate-key`: a new key for the log, declared by the old one. */
export const logRotateKey: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'rotate-key').description(
    'make a new key, declare it in the log under the present one, and put it into LOG_SIGNING_KEY_FILE',
  );
  made.action(async () => {
    const rotated = await withService(rotate);
    print(terminal, made.optsWithGlobals<GlobalOptions>().json, rotated, () =>
      [
        `The audit log signs with ${rotated.vkey} from now on.`,
        `The key before it is in ${rotated.retired}. Tell the witnesses, and whoever has a policy file: the new log line comes beside the old one, under which what was signed before stays good.`,
      ].join('\n'),
    );
  });
};

interface Rotated {
  readonly vkey: string;
  /** Where the old key lies now. */
  readonly retired: string;
}

/**
 * The new key is written beside the present one before it is declared, and takes its place after. Killed in between, the
 * next try finds the file: a key that has been declared is put in place, any other is declared.
 */
async function rotate(get: Get): Promise<Rotated> {
  const { origin, signingKeyFile: file } = get<Config>(CONFIG).log;
  if (file === null) throw new SigningKeyMissing();
  await get<Witnessing>(Witnessing).hear();
  const present = get<SigningKey>(SigningKey).signer().key;
  const declared = await read(get, (reader, tx) => reader.declaredKey(tx));
  const next = `${file}.next`;
  if (!existsSync(next)) {
    if (declared !== null && declared !== formatVkey(present))
      throw new SigningKeyNotDeclared(declared, formatVkey(present));
    const key = generateKeyPairSync('ed25519').privateKey;
    const text = key.export({ type: 'pkcs8', format: 'pem' });
    orRefused(next, () => writeFileSync(next, text, { flag: 'wx', mode: 0o600 }));
  }
  const signer = signerIn(next, origin);
  const vkey = formatVkey(signer.key);
  if (declared !== vkey) await get<Sealer>(Sealer).replaceKey(signer);
  const retired = `${file}.${present.id}`;
  if (!existsSync(retired)) orRefused(retired, () => copyFileSync(file, retired)); // at no moment is there no key
  try {
    renameSync(next, file);
  } catch {
    throw new NewKeyNotInPlace(vkey, next, file);
  }
  return { vkey, retired };
}

/** Refuses FileNotWritable. */
function orRefused(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new FileNotWritable(file, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

const read = <T>(
  get: Get,
  work: (reader: LogReader, ...rest: Parameters<LogReader['latest']>) => Promise<T>,
): Promise<T> =>
  get<TransactionRunner>(TransactionRunner).readOnly(SERVICE.operator, (tx) =>
    work(get<LogReader>(LogReader), tx),
  );

async function withService<T>(work: (get: Get) => Promise<T>): Promise<T> {
  const application = await openApplication();
  try {
    return await work(application.get);
  } finally {
    await application.close();
  }
}

const viewOf = ({ size, note, isWitnessed }: CheckpointView) => ({
  size: String(size),
  witnessed: isWitnessed,
  note,
});
