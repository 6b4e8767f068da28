import 'reflect-metadata';
import { refuseUnusableSigningKey } from './log/signing-key.js';
import { loadServiceConfig } from './platform/config/config.js';
import { refuseUnsafeLogin } from './platform/database/start-check.js';
import { createHttpServer } from './platform/http/http-server.js';
import { createPino, StructuredLogger } from './platform/logging/logger.js';
import { configurationOrExit, runProcess } from './platform/process/run-process.js';
import { WorkerModule } from './worker.module.js';

/** Runs the worker until it is told to stop. */
export async function runWorker(): Promise<void> {
  const config = configurationOrExit(() => loadServiceConfig(process.env));
  const logger = new StructuredLogger(createPino(config.logLevel));

  await runProcess(logger, config.shutdownSeconds, async () => {
    refuseUnusableSigningKey(config);
    await refuseUnsafeLogin(config);
    const worker = await createHttpServer(WorkerModule, logger);
    if (config.workerPort === null) {
      await worker.init();
    } else {
      // health and metrics only: a worker answers nothing else
      await worker.listen({ host: config.host, port: config.workerPort });
    }
    logger.log('Outturn worker is running');
    return worker;
  });
}
