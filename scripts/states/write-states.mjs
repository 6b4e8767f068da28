// Writes docs/states.md from the compiled transition tables: npm run docs:states.
import fs from 'node:fs';
import { drawStates, TABLES } from './draw-states.mjs';

const machines = await Promise.all(
  TABLES.map(async ({ module, table }) => ({
    module,
    machine: (await import(`../../dist/src/domain/${module}.js`))[table],
  })),
);
fs.writeFileSync(new URL('../../docs/states.md', import.meta.url), drawStates(machines));
