import { Controller, Get } from '@nestjs/common';
import { ApiTags, ApiOperation } from '@nestjs/swagger';
import { Public } from '../../platform/auth/access.decorators.js';
import { SERVICE_VERSION } from '../../platform/version.js';
import { ApiInfo } from './api-info.dto.js';

@ApiTags('Service')
@Controller('v1')
export class RootController {
  /** What is served here, and where to go on. */
  @Public()
  @Get()
  @ApiOperation({ summary: 'The service, its version and where to go from here' })
  show(): ApiInfo {
    return {
      name: 'Outturn',
      version: SERVICE_VERSION,
      links: {
        documentation: '/docs',
        openapi: '/v1/openapi.json',
        contracts: '/v1/contracts',
        termsSchema: '/v1/terms-schema',
        health: '/health/ready',
      },
    };
  }
}
