import { RetentionService } from '../privacy/retention.service.js';
import { openApplication } from './application.js';
import { print } from './print.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn privacy sweep`: erases identifiers whose period is over, as the worker does by itself every hour. */
export const privacySweep: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'sweep').description(
    'erase identifiers whose retention period is over, as whoever runs the service (each is in the audit trail)',
  );
  made.action(async () => {
    const { json } = made.optsWithGlobals<GlobalOptions>();
    const { get, close } = await openApplication();
    try {
      const swept = await get(RetentionService).sweep();
      print(terminal, json, swept, () =>
        swept.erased === 0
          ? `Nothing to erase: identifiers of ${swept.held} are held, all within their period.`
          : `Erased the identifiers of ${swept.erased} of ${swept.held}.`,
      );
    } finally {
      await close();
    }
  });
};
