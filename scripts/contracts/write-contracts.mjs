// Writes the table of contracts of README.md from the library, by the compiled readers: npm run docs:contracts.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readEditions } from '../../dist/src/cli/contract-folder/editions.js';
import { formatMoney, parseMoney } from '../../dist/src/domain/money/money.js';
import { drawContracts } from './draw-contracts.mjs';

const library = fileURLToPath(new URL('../../examples/contracts/', import.meta.url));
const codes = fs
  .readdirSync(library, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const contracts = await Promise.all(
  codes.map(async (code) => {
    const editions = (await readEditions(`${library}${code}`)).map(({ terms }) => terms);
    const { total } = JSON.parse(fs.readFileSync(`${library}${code}/expected.json`, 'utf8'));
    return { code, editions, total: formatMoney(parseMoney(total, editions[0].currency)) };
  }),
);
const readme = new URL('../../README.md', import.meta.url);
fs.writeFileSync(readme, drawContracts(fs.readFileSync(readme, 'utf8'), contracts));
