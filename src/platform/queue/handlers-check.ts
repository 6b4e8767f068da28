import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { definedJobs } from './job-descriptor.js';
import { JobProcessor } from './job-processor.js';

/** Thrown at start when a kind of job has no handler, or more than one: its work would wait for ever, or race. */
export class JobsWithoutOneHandler extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Every job needs exactly one processor:\n${faults.map((f) => `  - ${f}`).join('\n')}`);
    this.name = 'JobsWithoutOneHandler';
  }
}

/** Holds the kinds of jobs against the processors of this process. */
@Injectable()
export class HandlersCheck {
  constructor(private readonly discovery: DiscoveryService) {}

  refuseUnhandled(): void {
    const handled = this.discovery
      .getProviders()
      .map(({ instance }) => instance as unknown)
      .filter((instance) => instance instanceof JobProcessor)
      .map(({ descriptor }) => `${descriptor.queue}/${descriptor.name}`);
    const defined = definedJobs().map(({ queue, name }) => `${queue}/${name}`);
    const faults = [
      ...defined
        .map((key) => [key, handled.filter((other) => other === key).length] as const)
        .filter(([, count]) => count !== 1)
        .map(([key, count]) => `${key} has ${count} processors`),
      ...handled
        .filter((key) => !defined.includes(key))
        .map((key) => `${key} is processed but not defined`),
    ];
    if (faults.length > 0) throw new JobsWithoutOneHandler(faults);
  }
}
