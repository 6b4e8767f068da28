import { KeyRotationService } from '../privacy/key-rotation.service.js';
import { openApplication } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn privacy rewrap`: after a new key of the service was put before the old one. */
export const privacyRewrap: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'rewrap').description(
    'wrap the keys of participants under the first key of OUTTURN_SECRET_KEY, as whoever runs the service',
  );
  made.action(async () => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    const { get, close } = await openApplication();
    try {
      const keys = await get(KeyRotationService).rewrap();
      print(terminal, json, { keys }, () =>
        keys === 0
          ? 'Every key is wrapped under the first key already.'
          : `Wrapped ${keys} key${keys === 1 ? '' : 's'} anew. The old key of the service is no longer needed for them.`,
      );
    } finally {
      await close();
    }
  });
};
