import { buildProgram } from './program.js';
import { EXIT, type ExitStatus } from './exit-status.js';
import { printRefusal } from './print-refusal.js';
import type { Terminal } from './terminal.js';

/** Runs one command line and gives the status with which the process should end. It never throws. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  try {
    await buildProgram(terminal).parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return printRefusal(error, terminal, args.includes('--json'));
  }
}
