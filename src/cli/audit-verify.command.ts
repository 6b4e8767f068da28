import { PermissionRefused } from '../access/access.errors.js';
import { AccessService } from '../access/access.service.js';
import { AuditService } from '../audit/audit.service.js';
import { AmountsCheck, type AmountsVerification } from '../claims/amounts-check.service.js';
import type { Verification } from '../domain/audit/verify.js';
import { LogCheck, type LogVerification } from '../log/log-check.service.js';
import { SERVICE } from '../platform/auth/acting.js';
import { auditorFor } from '../platform/auth/acting.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Permission } from '../platform/auth/permission.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { asPerson, openApplication, type Get } from './application.js';
import { CheckFailed } from './cli.errors.js';
import { contractCodes } from './contract-codes.repository.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import type { Terminal } from './terminal.js';

interface Options extends GlobalOptions {
  readonly contract?: string;
}

/** What came of reading one trail, with the code of its contract; that of the service is called "service". */
export type NamedVerification = Verification & { readonly name: string };

/** What came of reading every trail, and the log into which they are sealed. */
export interface EverythingVerified {
  readonly trails: readonly NamedVerification[];
  readonly log: LogVerification;
}

/** `outturn audit verify`: whether the audit trail is as it was written; of one contract, or of all with the log. */
export const auditVerify: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'verify')
    .description('read the audit trail and say whether it is as it was written')
    .option(
      '--contract <code>',
      'one contract and its amounts, as whoever the key belongs to; otherwise every trail and the log into which they are sealed, which needs no key',
    );
  made.action(async () => {
    const options = made.optsWithGlobals<Options>();
    const { trails, log, amounts } = await verifications(options, terminal);
    const checks = [
      ...trails.map((one) => ({ view: viewOf(one), words: verificationInWords(one) })),
      ...(log === null ? [] : [{ view: logView(log), words: logInWords(log) }]),
      ...(amounts === null ? [] : [{ view: amountsView(amounts), words: amountsInWords(amounts) }]),
    ];
    print(
      terminal,
      options.json,
      checks.map(({ view }) => view),
      () => checks.map(({ words }) => words).join('\n'),
    );
    if (checks.some(({ view }) => !view.verified)) throw new CheckFailed();
  });
};

/** What one command looked at: null for what whoever asks may not read all of. */
interface Verifications {
  readonly trails: readonly NamedVerification[];
  readonly log: LogVerification | null;
  readonly amounts: AmountsVerification | null;
}

async function verifications(options: Options, terminal: Terminal): Promise<Verifications> {
  const { contract } = options;
  if (contract !== undefined)
    return asPerson(options, terminal, ({ get, actor }) => ofContract(get, actor, contract));
  const application = await openApplication();
  try {
    return { ...(await verifyEverything(application.get)), amounts: null };
  } finally {
    await application.close();
  }
}

async function ofContract(get: Get, actor: Actor, contract: string): Promise<Verifications> {
  const transactions = get(TransactionRunner);
  const { contractId } = await transactions.readOnly(actor, (tx) =>
    get(AccessService).authoriseByCode(tx, actor, 'audit:verify', contract),
  );
  const trail = await transactions.readOnly(auditorFor(actor.personId, contractId), (tx) =>
    get(AuditService).verify(tx, contractId),
  );
  return {
    trails: [{ ...trail, name: contract }],
    log: null, // the leaves of other contracts are not this person's to read
    amounts: await amountsOf(get, actor, contractId),
  };
}

const AMOUNTS_NEED: readonly Permission[] = ['audit:read', 'claim:read', 'line:read'];

/** null for somebody who may not read all amounts, such as an investor. */
async function amountsOf(
  get: Get,
  actor: Actor,
  contractId: string,
): Promise<AmountsVerification | null> {
  try {
    return await get(TransactionRunner).readOnly(actor, async (tx) => {
      for (const permission of AMOUNTS_NEED)
        await get(AccessService).authorise(tx, actor, permission, contractId);
      return get(AmountsCheck).verify(tx, contractId);
    });
  } catch (error) {
    if (error instanceof PermissionRefused) return null;
    throw error;
  }
}

/** Every trail of the service, and its log. Only for whoever runs it: nobody's permission is asked. */
export const verifyEverything = (get: Get): Promise<EverythingVerified> =>
  get(TransactionRunner).readOnly(SERVICE.operator, async (tx) => {
    const codes = await contractCodes(tx);
    const found: NamedVerification[] = [];
    for await (const one of get(AuditService).verifyAll(tx))
      found.push({ ...one, name: codes.get(one.stream) ?? one.stream });
    return { trails: found, log: await get(LogCheck).verify(tx) };
  });

const logView = ({ good, root, firstBad }: LogVerification) => ({
  name: 'audit log',
  verified: firstBad === null,
  leaves: String(good),
  root: Buffer.from(root).toString('base64'),
  firstBad: firstBad && { ...firstBad, seq: firstBad.seq && String(firstBad.seq) },
});

export const logInWords = ({ good, root, firstBad }: LogVerification): string =>
  firstBad === null
    ? `audit log: all ${good} leaves are as they were sealed; their root is ${Buffer.from(root).toString('base64')}`
    : `audit log: ${firstBad.detail} The ${good} leaves before it are as they were sealed. Keep the database as it is and look into it.`;

const viewOf = ({ name, stream, good, last, firstBad }: NamedVerification) => ({
  name,
  stream,
  verified: firstBad === null,
  entries: String(good),
  last: last && { seq: String(last.seq), hash: Buffer.from(last.hash).toString('hex') },
  firstBad: firstBad && { ...firstBad, seq: String(firstBad.seq) },
});

export function verificationInWords({ name, good, last, firstBad }: NamedVerification): string {
  if (firstBad !== null)
    return `${name}: entry ${firstBad.seq} is the first that is not as it was written; ${good} before it are. Keep the database as it is and look into it.`;
  const hash =
    last === null ? '' : `; note entry ${last.seq} as ${Buffer.from(last.hash).toString('hex')}`;
  return `${name}: all ${good} entries are as they were written${hash}`;
}

const amountsView = ({ checked, firstBad }: AmountsVerification) => ({
  name: 'amounts',
  verified: firstBad === null,
  checked: String(checked),
  firstBad: firstBad && { detail: firstBad },
});

const amountsInWords = ({ checked, firstBad }: AmountsVerification): string =>
  firstBad === null
    ? `amounts: all ${checked} computations and claims come to what was recorded; they are as they were written`
    : `amounts: ${firstBad} Keep the database as it is and look into it.`;
