import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Public, Requires } from '../../../src/platform/auth/access.decorators.js';
import { RoutesCheck } from '../../../src/platform/auth/routes-check.js';
import { createHttpServer } from '../../../src/platform/http/http-server.js';
import { createPino, StructuredLogger } from '../../../src/platform/logging/logger.js';
import { PlatformModule } from '../../../src/platform/platform.module.js';

@Controller('silent')
class SilentController {
  @Get()
  silent(): string {
    return 'anybody may read this by mistake';
  }

  @Public()
  @Get('open')
  open(): string {
    return 'open';
  }

  @Requires('line:read')
  @Get('closed')
  closed(): string {
    return 'closed';
  }

  @Public()
  @Requires('line:read')
  @Get('both')
  both(): string {
    return 'which?';
  }

  notARoute(): string {
    return '';
  }
}

@Module({
  imports: [PlatformModule, DiscoveryModule],
  controllers: [SilentController],
  providers: [RoutesCheck],
})
class SilentModule {}

it('the service does not start while a route is silent, or contradicts itself, about who may use it', async () => {
  const app = await createHttpServer(SilentModule, new StructuredLogger(createPino('silent')));
  const start = app.init();
  await expect(start).rejects.toThrow(/SilentController\.silent\n.*SilentController\.both$/);
  await expect(start).rejects.not.toThrow(/open|closed|notARoute/);
  await app.close();
});
