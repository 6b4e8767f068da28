// Imports files one after the other as the command line would, and says how long the last one took and how much memory it needed.
import fs from 'node:fs';
import { NestFactory } from '@nestjs/core';

const [dist, acts] = process.argv.slice(2);
const { FeaturesModule } = await import(`${dist}/src/features.module.js`);
const { ImportsService } = await import(`${dist}/src/figures/import/imports.service.js`);
const application = await NestFactory.createApplicationContext(FeaturesModule, { logger: false });
const imports = application.get(ImportsService, { strict: false });
let started;
let result;
for (const { code, personId, file } of JSON.parse(acts)) {
  const actor = { personId, name: 'Bench', isAdministrator: false, via: 'cli' };
  const commandOf = (requestHash) => ({ actor, idempotencyKey: null, requestHash });
  started = performance.now();
  ({ result } = await imports.importFile('measurements', commandOf, code, file));
}
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ rows: result.rowsNew, seconds, peakRssMb: peakRssMb() }));
await application.close();

function peakRssMb() {
  const peak = process.resourceUsage().maxRSS / 1024;
  const status = '/proc/self/status';
  if (!fs.existsSync(status)) return Math.round(peak);
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(status, 'utf8'))[1]) / 1024);
}
