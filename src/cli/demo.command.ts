import { runDemo } from '../demo/demo.js';
import { CheckFailed } from './cli.errors.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

/** `outturn demo`: the examples of the project, from terms to statement, on a database of its own; then it serves. */
export const demo: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'demo')
    .description(
      'load the example contracts, compute and check their payments, and serve the API until Ctrl-C',
    )
    .option('--exit', 'end after the check; status 0 only if every expected total came out', false);
  made.action(async () => {
    const { exit, json } = made.optsWithGlobals<GlobalOptions & { exit: boolean }>();
    if (!(await runDemo(terminal, { exit, json }))) throw new CheckFailed();
  });
};
