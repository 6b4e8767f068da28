// Writes docs/fields.md from the compiled service's description of itself: npm run docs:fields. With --check it writes nothing and
// fails where the page is another. No database is asked.
import 'reflect-metadata';
import fs from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { drawFields } from './field-table.mjs';

process.env.NODE_ENV = 'development';
process.env.DATABASE_URL = 'postgres://localhost/nothing-is-asked-of-it';
const { createHttpServer } = await import('../../dist/src/platform/http/http-server.js');
const { describeApi } = await import('../../dist/src/platform/http/documentation.js');
const { ServiceModule } = await import('../../dist/src/service.module.js');
const app = await createHttpServer(ServiceModule, false);
const path = new URL('../../docs/fields.md', import.meta.url);
const options = { ...(await resolveConfig(path)), parser: 'markdown' };
const drawn = await format(drawFields(describeApi(app)), options);
if (!process.argv.includes('--check')) fs.writeFileSync(path, drawn);
const isAsWritten = fs.readFileSync(path, 'utf8') === drawn;
if (!isAsWritten)
  console.error('docs/fields.md is not what the interface says: npm run docs:fields');
process.exit(isAsWritten ? 0 : 1);
