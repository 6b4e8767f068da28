import { CommanderError } from 'commander';
import { ConfigurationRefused } from '../platform/config/config.js';
import { DomainError } from '../domain/shared/domain-error.js';
import { CheckFailed, UsageError } from './cli.errors.js';
import { EXIT, exitStatusOf, type ExitStatus } from './exit-status.js';
import type { Terminal } from './terminal.js';

const FAULTS_SHOWN = 50;

/** Says why a command ended early, in sentences or as JSON, and with which status. A stack is never shown. */
export function printRefusal(error: unknown, terminal: Terminal, asJson: boolean): ExitStatus {
  if (error instanceof CheckFailed) return error.status;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    terminal.err(`${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof DomainError) {
    terminal.err(asJson ? problemOf(error) : sentencesOf(error));
    return exitStatusOf(error.kind);
  }
  if (error instanceof ConfigurationRefused) {
    terminal.err(`${error.message}\n`);
    return EXIT.unavailable;
  }
  terminal.err(`Something unexpected went wrong: ${messageOf(error)}\n`);
  if (terminal.environment['LOG_LEVEL'] === 'debug' && error instanceof Error)
    terminal.err(`${error.stack}\n`);
  return EXIT.unavailable;
}

function sentencesOf(error: DomainError): string {
  const shown = error.faults.slice(0, FAULTS_SHOWN);
  const left = error.faults.length - shown.length;
  return [
    `${error.message} (${error.code})`,
    ...shown.map(({ at, detail, code }) => `  ${at === '' ? '' : `${at}: `}${detail} (${code})`),
    ...(left > 0 ? [`  and ${left} more; --json lists them all`] : []),
    '',
  ].join('\n');
}

const problemOf = ({ code, kind, message, faults }: DomainError): string =>
  `${JSON.stringify({ code, kind, detail: message, faults })}\n`;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
