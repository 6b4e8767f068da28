import { counted } from '../domain/activity/words.js';
import { KeyRotationService } from '../privacy/key-rotation.service.js';
import { openApplication } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn privacy rewrap`: after a new key of the service was put before the old one. */
export const privacyRewrap: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'rewrap').description(
    'move all that is sealed in the database to the first key of OUTTURN_SECRET_KEY, as whoever runs the service',
  );
  made.action(async () => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    const { get, close } = await openApplication();
    try {
      const moved = await get(KeyRotationService).rewrap();
      const { keys, authenticators, letters } = moved;
      print(terminal, json, moved, () =>
        keys + authenticators + letters === 0
          ? 'Everything is sealed under the first key already.'
          : `Moved to the first key: ${counted(keys, 'key')} of participants, ${counted(authenticators, 'authenticator')}, ${counted(letters, 'waiting letter')}. No secret in the database needs an older key of the service any more.`,
      );
    } finally {
      await close();
    }
  });
};
