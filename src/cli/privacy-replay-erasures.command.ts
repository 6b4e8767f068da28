import { ErasureReplayService } from '../privacy/erasure-replay.service.js';
import { openApplication } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn privacy replay-erasures`: after a backup was put back, as the service does by itself before it serves. */
export const privacyReplayErasures: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'replay-erasures').description(
    'erase again whoever is erased by the file of ERASURES_FILE and not in this database, as after a backup was put back',
  );
  made.action(async () => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    const { get, close } = await openApplication();
    try {
      const { replayed, noted } = await get(ErasureReplayService).replay();
      print(terminal, json, { replayed, noted }, () =>
        [
          replayed === 0
            ? 'The database has forgotten no erasure.'
            : `Made ${replayed} erasure${replayed === 1 ? '' : 's'} again that the database had forgotten.`,
          ...(noted === 0 ? [] : [`Wrote down ${noted} that the file did not have.`]),
        ].join(' '),
      );
    } finally {
      await close();
    }
  });
};
