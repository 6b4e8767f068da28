import { types } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Level, type Logger } from 'pino';
import { describeError } from './describe-error.js';
import { presentContext } from './work-context.js';

/** One JSON line for each event, with the request or job it belongs to. */
export function createPino(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service: 'outturn', pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => ({ ...presentContext() }), // a copy: pino writes the fields of the line into it
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What Nest says about its own start is of use only to whoever looks for a fault in it. */
const FRAMEWORK = new Set<unknown>([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

type Fields = Readonly<Record<string, unknown>>;

/**
 * Nest's logger, written through pino. Log a sentence, and facts as a record: `logger.log('Job done', { lines: 3 })`.
 * Headers, bodies and anything about a participant never belong in a record.
 */
export class StructuredLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log = (message: unknown, ...rest: unknown[]): void =>
    this.write(FRAMEWORK.has(rest.at(-1)) ? 'debug' : 'info', message, rest);
  warn = (message: unknown, ...rest: unknown[]): void => this.write('warn', message, rest);
  error = (message: unknown, ...rest: unknown[]): void => this.write('error', message, rest);
  fatal = (message: unknown, ...rest: unknown[]): void => this.write('fatal', message, rest);
  debug = (message: unknown, ...rest: unknown[]): void => this.write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]): void => this.write('trace', message, rest);

  private write(level: Level, message: unknown, rest: unknown[]): void {
    // Nest appends the name of the logger as the last text; before it come records, errors and stacks
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
    const given = context === undefined ? rest : rest.slice(0, -1);
    const fields: Record<string, unknown> = context === undefined ? {} : { context };
    for (const item of [message, ...given]) {
      if (types.isNativeError(item)) fields.error = describeError(item);
      else if (typeof item === 'object' && item !== null) Object.assign(fields, item as Fields);
      else if (typeof item === 'string' && item !== message) fields.stack = item;
    }
    this.pino[level](fields, sentenceOf(message));
  }
}

function sentenceOf(message: unknown): string {
  if (types.isNativeError(message)) return message.message;
  return typeof message === 'string' ? message : '';
}
