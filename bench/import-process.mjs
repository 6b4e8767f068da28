// Imports one file as the command line would, and says how long it took and how much memory it needed.
import fs from 'node:fs';
import { NestFactory } from '@nestjs/core';

const [dist, code, personId, file] = process.argv.slice(2);
const { FeaturesModule } = await import(`${dist}/src/features.module.js`);
const { MeasurementImportService } = await import(
  `${dist}/src/measurements/import/measurement-import.service.js`
);
const application = await NestFactory.createApplicationContext(FeaturesModule, { logger: false });
const imports = application.get(MeasurementImportService, { strict: false });
const actor = { personId, name: 'Bench', isAdministrator: false, via: 'cli' };
const started = performance.now();
const { result } = await imports.importFile(
  (requestHash) => ({ actor, idempotencyKey: null, requestHash }),
  code,
  file,
);
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ rows: result.rowsNew, seconds, peakRssMb: peakRssMb() }));
await application.close();

function peakRssMb() {
  const peak = process.resourceUsage().maxRSS / 1024;
  const status = '/proc/self/status';
  if (!fs.existsSync(status)) return Math.round(peak);
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(status, 'utf8'))[1]) / 1024);
}
