import { demoCode } from '../demo/demo-code.js';
import { runDemo } from '../demo/demo.js';
import { CheckFailed } from './cli.errors.js';
import { subcommand, type AddCommand, type GlobalOptions } from './command.js';

type DemoFlags = GlobalOptions & { readonly exit: boolean; readonly code?: string };

/** `outturn demo`: the examples of the project, from terms to statement, on a database of its own; then it serves. */
export const demo: AddCommand = (parent, terminal) => {
  const made = subcommand(parent, terminal, 'demo')
    .description(
      'load the example contracts, compute and check their payments, and serve them until Ctrl-C',
    )
    .option('--code <email>', 'show the code of an authenticator of the demo, and do nothing else')
    .option('--exit', 'end after the check; status 0 only if every expected total came out', false);
  made.action(async () => {
    const { exit, json, code } = made.optsWithGlobals<DemoFlags>();
    if (code !== undefined) {
      terminal.out(`${await demoCode(terminal.environment, code)}\n`);
      return;
    }
    if (!(await runDemo(terminal, { exit, json }))) throw new CheckFailed();
  });
};
