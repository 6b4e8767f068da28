import { readdirSync, readFileSync } from 'node:fs';
import { drawContracts } from '../../scripts/contracts/draw-contracts.mjs';
import { readEditions } from '../../src/cli/contract-folder/editions.js';
import { MODIFIERS } from '../../src/domain/modifiers/registry.js';
import { SPLITS } from '../../src/domain/payer-splits/registry.js';
import { MECHANISMS } from '../../src/domain/payment-mechanisms/registry.js';
import { formatMoney, parseMoney } from '../../src/domain/money/money.js';

const LIBRARY = 'examples/contracts';

/** What the library says of itself; that each total is what the engine computes is tested in test/worked-examples. */
const contracts = async () =>
  Promise.all(
    readdirSync(LIBRARY, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(async ({ name: code }) => {
        const editions = (await readEditions(`${LIBRARY}/${code}`)).map(({ terms }) => terms);
        const expected = readFileSync(`${LIBRARY}/${code}/expected.json`, 'utf8');
        const { total } = JSON.parse(expected) as { total: string };
        return { code, editions, total: formatMoney(parseMoney(total, editions[0]!.currency)) };
      }),
  );

describe('the table of contracts in README.md', () => {
  const readme = readFileSync('README.md', 'utf8');

  it('is what the library says (npm run docs:contracts writes it)', async () => {
    expect(readme).toBe(drawContracts(readme, await contracts()));
  });

  it('has a contract for every rule type, modifier and split that there is', async () => {
    const all = (await contracts()).flatMap(({ editions }) => editions);
    const clauses = all.flatMap((terms) => terms.clauses);
    const used = (marks: readonly string[]) => [...new Set(marks)].sort();
    expect(used(clauses.map(({ rule }) => rule.type))).toEqual(Object.keys(MECHANISMS).sort());
    expect(used(clauses.flatMap(({ modifiers }) => modifiers.map(({ type }) => type)))).toEqual(
      Object.keys(MODIFIERS).sort(),
    );
    expect(used(all.map(({ split }) => split.type))).toEqual(Object.keys(SPLITS).sort());
  });
});
