import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { refuseUnusableSigningKey } from './log/signing-key.js';
import { removeLeftBehind } from './platform/csv/left-behind.js';
import { loadServiceConfig } from './platform/config/config.js';
import { refuseUnsafeLogin } from './platform/database/start-check.js';
import { serveDocumentation } from './platform/http/documentation.js';
import { createHttpServer } from './platform/http/http-server.js';
import { createPino, StructuredLogger } from './platform/logging/logger.js';
import { configurationOrExit, runProcess } from './platform/process/run-process.js';
import { refuseEvictingRedis } from './platform/queue/redis-policy.js';
import { ServiceModule } from './service.module.js';
import { serveAssets } from './web/frame/assets.js';

const config = configurationOrExit(() => loadServiceConfig(process.env));
const logger = new StructuredLogger(createPino(config.logLevel));

await runProcess(logger, config.shutdownSeconds, async () => {
  refuseUnusableSigningKey(config);
  await refuseUnsafeLogin(config);
  await refuseEvictingRedis(config.redisUrl);
  const removed = await removeLeftBehind();
  if (removed > 0)
    logger.warn('Copies of uploads of a process that was killed were removed', { removed });
  const app: NestFastifyApplication = await createHttpServer(ServiceModule, logger);
  await serveAssets(app);
  serveDocumentation(app);
  await app.listen({ host: config.host, port: config.port });
  logger.log(`Outturn is listening on ${await app.getUrl()}`);
  return app;
});
