import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/auth/access.decorators.js';
import { Readiness } from '../../platform/health/readiness.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { LivenessView, ReadinessView } from './health.dto.js';

@ApiTags('Service')
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  /** Whether the process runs; it says nothing about what it depends on. */
  @Public()
  @Get('health/live')
  @ApiOperation({ summary: 'Whether the process answers' })
  @Header('Cache-Control', 'no-store')
  live(): LivenessView {
    return { status: 'up' };
  }

  /** Whether the service can do its work: 503 when a thing that it needs is down, each by name. */
  @Public()
  @Get('health/ready')
  @ApiOperation({
    summary:
      'Whether database, migrations and queue are there, and how long the oldest work and letter have waited',
  })
  @Header('Cache-Control', 'no-store')
  @ApiResponse({ status: 503, type: ReadinessView, description: 'Something needed is down.' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessView> {
    const { ready, checks } = await this.readiness.report();
    if (!ready) void reply.status(503);
    return { status: ready ? 'up' : 'down', checks: [...checks] };
  }

  /** For Prometheus. */
  @Public()
  @Get('metrics')
  @ApiOperation({ summary: 'Metrics for Prometheus' })
  @ApiProduces('text/plain')
  async show(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.header('Content-Type', this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
