import { Command } from 'commander';
import { EXIT_STATUS_HELP } from './exit-status.js';
import type { Terminal } from './terminal.js';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly key?: string;
  readonly json: boolean;
}

/** Adds one command below its parent. */
export type AddCommand = (parent: Command, terminal: Terminal) => void;

/** A command that throws instead of ending the process, and writes where the terminal says. */
export const command = (made: Command, terminal: Terminal): Command =>
  made
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('(add --help for what is understood)')
    .helpCommand(false);

/** Adds a subcommand with the behaviour and the help that all share. */
export const subcommand = (parent: Command, terminal: Terminal, usage: string): Command => {
  const [name, ...rest] = usage.split(' ');
  const made = command(new Command(name), terminal).addHelpText('after', EXIT_STATUS_HELP);
  if (rest.length > 0) made.arguments(rest.join(' '));
  parent.addCommand(made);
  return made;
};
