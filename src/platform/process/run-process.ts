import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { ConfigurationRefused } from '../config/config.js';
import type { StructuredLogger } from '../logging/logger.js';

/**
 * Runs one process of the service: starts it, stops it on SIGTERM or SIGINT within the time allowed, and leaves with
 * status 0 after a clean stop and 1 after anything else. A second signal leaves at once.
 */
export async function runProcess(
  logger: StructuredLogger,
  shutdownSeconds: number,
  start: () => Promise<INestApplication>,
): Promise<void> {
  let application: INestApplication | null = null;
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    logger.log(`Stopping on ${signal}`, { withinSeconds: shutdownSeconds });
    setTimeout(() => {
      logger.error(
        'It did not stop in time and is ended now; what was not committed is done again',
      );
      process.exit(1);
    }, shutdownSeconds * 1_000).unref();
    // while it is still starting, it is closed as soon as it has started
    if (application) void close(application, shutdownSeconds, logger);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('unhandledRejection', (error) =>
    logger.error('A promise was rejected and nobody listened', error),
  );
  try {
    application = await start();
  } catch (error) {
    logger.fatal('It cannot start', error);
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
  if (isStopping) await close(application, shutdownSeconds, logger);
}

async function close(
  application: INestApplication,
  shutdownSeconds: number,
  logger: StructuredLogger,
): Promise<void> {
  const server = application.getHttpServer() as Server;
  // a reader of a long stream of events may be there still: it comes back by itself
  setTimeout(() => server.closeAllConnections(), (shutdownSeconds * 1_000) / 4).unref();
  try {
    await application.close();
    logger.log('Stopped');
    process.exit(process.exitCode ?? 0);
  } catch (error) {
    logger.error('It did not stop cleanly', error);
    process.exit(1);
  }
}

/** Reads the configuration, or says on stderr what is wrong with it and leaves with status 2. */
export function configurationOrExit<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (!(error instanceof ConfigurationRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
