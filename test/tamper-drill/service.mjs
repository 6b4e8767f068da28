// The service as it is built, asked in this process: what the command line and the worker do, on whichever database the
// environment names.
import 'reflect-metadata';

const dist = (path) => import(new URL(`../../dist/src/${path}`, import.meta.url));
export const { openApplication } = await dist('cli/application.js');
const { runCli } = await dist('cli/run.js');
const { AuditService } = await dist('audit/audit.service.js');
const { BundlesService } = await dist('bundles/bundles.service.js');
const { Sealer } = await dist('log/sealer.service.js');
const { Witnessing } = await dist('log/witnessing.service.js');
const { signerIn } = await dist('log/signing-key.js');
const { formatVkey } = await dist('domain/log/note-key.js');
const { TransactionRunner } = await dist('platform/database/transaction-runner.js');
const { SERVICE } = await dist('platform/auth/acting.js');
export const { chainHash, NO_HASH } = await dist('domain/audit/entry.js');
export const { migrate } = await dist('platform/database/migrate.js');
export const demo = {
  ...(await dist('demo/demo-contracts.js')),
  ...(await dist('demo/demo-keys.js')),
  ...(await dist('demo/set-up-contract.js')),
  ...(await dist('demo/play-contract.js')),
  ...(await dist('demo/review-claim.js')),
  ...(await dist('demo/issue-statement.js')),
  ...(await dist('demo/child-service.js')),
};
/** The log's verifier key, out of its file. */
export const vkeyOf = (file, origin) => formatVkey(signerIn(file, origin).key);

/** A command line of `outturn`: what it printed and the status with which it ends. */
export async function outturn(...words) {
  let text = '';
  const say = (some) => (text += some);
  const progress = () => ({ update: () => undefined, stop: () => undefined });
  const status = await runCli(words, { environment: process.env, out: say, err: say, progress });
  return { status, text };
}

/** Runs work with the service's parts, and closes it. */
export async function withService(work) {
  const application = await openApplication();
  try {
    return await work(application.get);
  } finally {
    await application.close();
  }
}

/** What the worker does again and again: it hears the witnesses, seals what waits, and shows the witnesses the result. */
export async function sealAndShow(get) {
  await get(Witnessing).ask();
  get(Witnessing).requireUncontradicted();
  await get(Sealer).sealAll();
  return get(Witnessing).ask();
}

export const seal = (get) => get(Sealer).sealAll();

/** An act on the stream, so that something waits to be sealed. */
export const act = (get, stream, number = 1) =>
  get(TransactionRunner).run(SERVICE.operator, (tx) =>
    get(AuditService).append(tx, {
      stream,
      type: 'computation.cancelled',
      actor: null,
      duty: 'service',
      payload: { computationId: stream, number },
    }),
  );

/** A bundle as somebody downloads it. */
export async function bundleOf(get, actor, code, request, since) {
  const parts = [];
  await get(BundlesService).write(actor, code, request, since, async (text) => parts.push(text));
  return Buffer.from(parts.join(''));
}
