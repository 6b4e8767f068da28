import { AccessService } from '../access/access.service.js';
import { AuditService } from '../audit/audit.service.js';
import type { Verification } from '../domain/audit/verify.js';
import { SERVICE } from '../platform/auth/acting.js';
import { auditorFor } from '../platform/auth/acting.js';
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

/** `outturn audit verify`: whether the audit trail is as it was written; of one contract, or of all. */
export const auditVerify: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'verify')
    .description('read the audit trail and say whether it is as it was written')
    .option(
      '--contract <code>',
      'one contract, as whoever the key belongs to; otherwise every trail, which needs no key',
    );
  made.action(async () => {
    const options = made.optsWithGlobals<Options>();
    const found = await verifications(options, terminal);
    print(terminal, options.json, found.map(viewOf), () =>
      found.map(verificationInWords).join('\n'),
    );
    if (found.some(({ firstBad }) => firstBad !== null)) throw new CheckFailed();
  });
};

async function verifications(
  options: Options,
  terminal: Terminal,
): Promise<readonly NamedVerification[]> {
  const { contract } = options;
  if (contract !== undefined)
    return asPerson(options, terminal, async ({ get, actor }) => {
      const transactions = get(TransactionRunner);
      const { contractId } = await transactions.readOnly(actor, (tx) =>
        get(AccessService).authoriseByCode(tx, actor, 'audit:verify', contract),
      );
      return transactions.readOnly(auditorFor(actor.personId, contractId), async (tx) => [
        { ...(await get(AuditService).verify(tx, contractId)), name: contract },
      ]);
    });
  const application = await openApplication();
  try {
    return await verifyEverything(application.get);
  } finally {
    await application.close();
  }
}

/** Every trail of the service. Only for whoever runs it: nobody's permission is asked. */
export const verifyEverything = (get: Get): Promise<readonly NamedVerification[]> =>
  get(TransactionRunner).readOnly(SERVICE.operator, async (tx) => {
    const codes = await contractCodes(tx);
    const found: NamedVerification[] = [];
    for await (const one of get(AuditService).verifyAll(tx))
      found.push({ ...one, name: codes.get(one.stream) ?? one.stream });
    return found;
  });

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
    last === null ? '' : `; entry ${last.seq} has hash ${Buffer.from(last.hash).toString('hex')}`;
  return `${name}: all ${good} entries are as they were written${hash}`;
}
