import { join } from 'node:path';
import { openApplication, type Application } from '../cli/application.js';
import { toJson } from '../cli/print.js';
import type { Terminal } from '../cli/terminal.js';
import type { ComputationView } from '../payments/computation-view.js';
import { signerIn } from '../log/signing-key.js';
import { migrate } from '../platform/database/migrate.js';
import { startChild, type ChildService } from './child-service.js';
import { ADMINISTRATOR, DEMO_CONTRACTS, peopleOf, type DemoContract } from './demo-contracts.js';
import { DemoKeys } from './demo-keys.js';
import { DemoSignIns } from './demo-sign-ins.js';
import { settingOf, startWitnesses, type DemoWitness } from './demo-witnesses.js';
import { endInAnyCase, listenForEnding } from './ending.js';
import { readExpectedTotal } from './expected-totals.js';
import { openDemoDatabase, type DemoDatabase } from './local-database.js';
import { proofInWords, verifyOffline, writeOfflineProof } from './offline-proof.js';
import { playContract, waitForAll } from './play-contract.js';
import {
  reportAudit,
  reportClaim,
  reportIssue,
  reportLines,
  reportPayments,
  type Report,
} from './report.js';
import { ProcessEnded } from './process-ended.js';
import { issueClaimedPeriod } from './issue-statement.js';
import { reviewClaim } from './review-claim.js';
import { startServing, waitUntilReady } from './serving.js';
import { setUpContract } from './set-up-contract.js';
import { inWords } from './sign-ins.js';
import { Stops } from './stops.js';

/** How the demo was asked for. */
export interface DemoOptions {
  /** End after the check instead of serving. */
  readonly exit: boolean;
  /** The figures as JSON on the output, and everything that is said beside them. */
  readonly json: boolean;
}

/** Where the words go: to the output, unless that is for JSON. */
const speaker =
  (terminal: Terminal, { json }: DemoOptions) =>
  (text: string) =>
    (json ? terminal.err : terminal.out)(`${text}\n`);

/**
 * Plays the examples and serves them. Every step finds what an earlier run has done already, so that it may be killed
 * at any moment and started again. True when every expected total came out.
 */
export async function runDemo(terminal: Terminal, options: DemoOptions): Promise<boolean> {
  const ending = listenForEnding();
  const stops = new Stops();
  try {
    const played = play(terminal, stops, options);
    played.catch(() => undefined); // once somebody asks for the end, what it was doing breaks off
    const agrees = await Promise.race([played, ending.asked.then(() => null)]);
    if (agrees !== null) return agrees;
    terminal.err('\nStopping.\n');
    return !options.exit; // somebody who waits for the check has not got it
  } finally {
    await stops.all();
    ending.ignore();
    endInAnyCase();
  }
}

/** Resolves once all is done; while it serves, only when a process dies or somebody asks for the end. */
async function play(terminal: Terminal, stops: Stops, options: DemoOptions): Promise<boolean> {
  const { stopping } = stops;
  const say = speaker(terminal, options);
  say('Outturn: three outcomes contracts, from their terms to explained payments.\n');
  const database = await openDemoDatabase(terminal.environment);
  await stops.keep(() => database.stop());
  const signIns = await DemoSignIns.open(database.signInsFile);
  terminal.environment['DATABASE_URL'] = database.url;
  if (!terminal.environment['OUTTURN_SECRET_KEY'])
    terminal.environment['OUTTURN_SECRET_KEY_FILE'] ||= database.secretKeyFile;
  terminal.environment['LOG_SIGNING_KEY_FILE'] ||= database.logKeyFile;
  terminal.environment['LOG_ORIGIN'] ||= database.logOrigin;
  // nobody of the demo is real: no letter leaves this machine
  for (const name of ['SMTP_URL', 'SMTP_URL_FILE']) delete terminal.environment[name];
  terminal.environment['LETTERS_DIR'] ||= join(database.folder, 'letters');
  // only the owner's login was given: it will do to look around, and production would refuse it
  if (database.ownerUrl === database.url) terminal.environment['NODE_ENV'] ||= 'development';
  say(`  ${database.inWords}`);
  await migrate(database.ownerUrl, database.url);
  const log = signerIn(
    terminal.environment['LOG_SIGNING_KEY_FILE'],
    terminal.environment['LOG_ORIGIN'],
  ).key;
  const witnesses = terminal.environment['LOG_WITNESSES']
    ? []
    : await startWitnesses(database, log, stops);
  if (witnesses.length > 0) terminal.environment['LOG_WITNESSES'] = settingOf(witnesses);

  const worker = startService('worker', 'worker.js', database, terminal.environment, stops);
  const serving = startServing(terminal.environment, stopping, (port) =>
    startService('api', 'main.js', database, atPort(terminal.environment, port), stops),
  );
  const died = Promise.race([
    database.died,
    worker.died,
    serving.then(({ api }) => api.died),
    ...witnesses.map((witness) => witness.died),
  ]).then((why): never => {
    throw new ProcessEnded(why);
  });
  died.catch(() => undefined); // heard by the races below
  say(`  Worker and API are starting; their logs are in ${join(database.folder, 'logs')}`);

  const application = await openApplication();
  await stops.keep(() => application.close());
  const keys = new DemoKeys(application, database.keysFile);
  await keys.load();
  const { folder } = database;
  const shown = present(application, keys, terminal, { ...options, folder, witnesses });
  const agrees = await Promise.race([died, shown]);
  await Promise.race([died, letEverybodyIn(application, keys, signIns)]);
  const { url } = await serving;
  await Promise.race([died, waitUntilReady(url, stopping)]);
  say(inWords(keys, signIns, url));
  if (options.exit) return agrees;
  say(`\nServing at ${url} until Ctrl-C.`);
  return died;
}

/** Browsers reach it by the name `localhost`, to which passkeys can be bound; an address of digits cannot have any. */
const atPort = (environment: NodeJS.ProcessEnv, port: number): NodeJS.ProcessEnv => ({
  ...environment,
  PORT: `${port}`,
  PUBLIC_URL: environment['PUBLIC_URL'] || `http://localhost:${port}`,
});

/** Passwords and authenticators for all, so that each can be tried at a browser. */
async function letEverybodyIn(
  application: Application,
  keys: DemoKeys,
  signIns: DemoSignIns,
): Promise<void> {
  const administrator = keys.actorOf(ADMINISTRATOR.email);
  for (const { email } of [ADMINISTRATOR, ...DEMO_CONTRACTS.flatMap(peopleOf)])
    await signIns.add(application, administrator, keys.actorOf(email), email);
}

function startService(
  name: string,
  program: string,
  database: DemoDatabase,
  environment: NodeJS.ProcessEnv,
  stops: Stops,
): ChildService {
  stops.stopping.throwIfAborted();
  const settings: NodeJS.ProcessEnv = {
    // the demo is looked at while it works: the worker hears of work at once, and takes over early from a killed one
    RELAY_SECONDS: '0.05',
    SWEEP_SECONDS: '1',
    COMPUTATION_LEASE_SECONDS: '10',
    ...environment,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'info', // the API says there where it listens
  };
  const child = startChild(name, program, settings, join(database.folder, 'logs', `${name}.log`));
  void stops.keep(() => child.stop());
  return child;
}

/** Where a proof is written, and who witnesses it. */
interface Proving {
  readonly folder: string;
  readonly witnesses: readonly DemoWitness[];
}

/** Sets up, plays and reports every example. */
async function present(
  application: Application,
  keys: DemoKeys,
  terminal: Terminal,
  options: DemoOptions & Proving,
): Promise<boolean> {
  const say = speaker(terminal, options);
  await keys.administrator();
  const asked = new Map<DemoContract, readonly ComputationView[]>();
  const titles = new Map<DemoContract, string>();
  for (const contract of DEMO_CONTRACTS) {
    titles.set(contract, await setUpContract(application, keys, contract));
    asked.set(contract, await playContract(application, keys, contract));
    say(
      `  ${contract.code}: terms in force, input imported, ${asked.get(contract)!.length} periods asked for`,
    );
  }
  await computeAll(application, keys, terminal, asked);
  const reports: Report[] = [];
  const report = (one: Report) => {
    say(one.text);
    reports.push(one);
  };
  for (const contract of DEMO_CONTRACTS) {
    const its = await readExpectedTotal(contract.code);
    report(await reportPayments(application, keys, contract, titles.get(contract)!, its));
  }
  const claimed = new Map<DemoContract, string>();
  for (const contract of DEMO_CONTRACTS) {
    const claim = await reviewClaim(application, keys, contract, asked.get(contract)!);
    if (claim === null) continue;
    say(reportClaim(claim));
    const issue = await issueClaimedPeriod(application, keys, contract, claim);
    say(reportIssue(issue, claim));
    claimed.set(contract, issue.period);
  }
  say(await reportLines(application, keys));
  report(await reportAudit(application));
  const isProved = await proveStatements(application, keys, claimed, options, say);
  const agrees = isProved && reports.every((one) => one.agrees);
  if (options.json) terminal.out(toJson({ agrees, reports: reports.map(({ data }) => data) }));
  return agrees;
}

/** Writes the proof of the statement that was issued; with --exit it is verified as well, and the verdict counts. */
async function proveStatements(
  application: Application,
  keys: DemoKeys,
  issued: ReadonlyMap<DemoContract, string>,
  { exit, folder, witnesses }: DemoOptions & Proving,
  say: (text: string) => void,
): Promise<boolean> {
  let isProved = true;
  for (const [contract, period] of issued) {
    const proof = await writeOfflineProof(application, keys, contract, period, folder, witnesses);
    say(proofInWords(proof));
    if (!exit) continue;
    const { text, agrees } = verifyOffline(proof, witnesses.length > 0);
    say(text);
    isProved &&= agrees;
  }
  return isProved;
}

async function computeAll(
  application: Application,
  keys: DemoKeys,
  terminal: Terminal,
  asked: ReadonlyMap<DemoContract, readonly ComputationView[]>,
): Promise<void> {
  const total = [...asked.values()].reduce((count, views) => count + views.length, 0);
  const progress = terminal.progress('  Computing');
  let done = 0;
  progress.update(done, total);
  try {
    for (const [contract, views] of asked)
      await waitForAll(application, keys, contract, views, () => progress.update((done += 1)));
  } finally {
    progress.stop();
  }
}
