import { PeopleService, type Person } from '../access/people.service.js';
import type { IssuedKey } from '../access/keys/keys.service.js';
import { PasswordsService } from '../access/sign-in/passwords.service.js';
import { SET_PASSWORD_PATH } from '../access/sign-in/paths.js';
import type { Config } from '../platform/config/config.js';
import { CONFIG } from '../platform/config/config.module.js';
import { SERVICE } from '../platform/auth/acting.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { asPerson, openApplication } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';
import type { Terminal } from './terminal.js';

interface Options extends GlobalOptions {
  readonly firstAdministrator: boolean;
}

/** The link to choose a password is given for the first administrator only. */
type Added = Person & IssuedKey & { readonly passwordLink?: string };

/** `outturn person add EMAIL NAME`: adds a person and prints their first API key, which is shown only now. */
export const personAdd: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'add <email> <name>')
    .description('add a person, as an administrator; prints their API key, this once')
    .option(
      '--first-administrator',
      'add an administrator without a key, as whoever runs the service may (each is in the audit trail)',
      false,
    );
  made.action(async (email: string, name: string) => {
    const options = made.optsWithGlobals<Options>();
    const added: Added = options.firstAdministrator
      ? await addAdministrator(email, name)
      : await addPerson(options, terminal, email, name);
    print(terminal, options.json, added, () =>
      [
        `${added.name} <${added.email}> is added${added.isAdministrator ? ' as an administrator' : ''}.`,
        `Their API key, shown only now: ${added.apiKey}`,
        ...(added.passwordLink === undefined
          ? []
          : [`They choose a password within seven days at: ${added.passwordLink}`]),
      ].join('\n'),
    );
  });
};

/** Whoever installs the service hands the link to the first administrator; everybody later gets theirs by letter. */
async function addAdministrator(email: string, name: string): Promise<Added> {
  const { get, close } = await openApplication();
  try {
    return await get(TransactionRunner).run(SERVICE.operator, async (tx) => {
      const added = await get(PeopleService).addFirstAdministrator(tx, { email, name });
      const { token } = await get(PasswordsService).issueInvitation(tx, null, added.id);
      const { publicUrl } = get<Config>(CONFIG);
      return { ...added, passwordLink: `${publicUrl}${SET_PASSWORD_PATH}/${token}` };
    });
  } finally {
    await close();
  }
}

const addPerson = (options: Options, terminal: Terminal, email: string, name: string) =>
  asPerson(options, terminal, ({ get, actor }) =>
    get(TransactionRunner).run(actor, (tx) =>
      get(PeopleService).addPerson(tx, actor, { email, name, isAdministrator: false }),
    ),
  );
