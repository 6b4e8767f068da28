import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearseFolder } from '../../src/cli/contract-folder/rehearse-folder.js';
import { civilDate } from '../../src/domain/calendar/civil-date.js';
import { formatMoney, money } from '../../src/domain/money/money.js';

const PAGE = readFileSync('docs/writing-a-contract.md', 'utf8');
const TODAY = civilDate('2026-06-01');

/** The block that the page gives for a file of the contract. */
const blockOf = (name: string): string =>
  new RegExp(`\`my-contract/${name}\`[^\\n]*\\n\\n\`\`\`\\w+\\n(.*?)\`\`\``, 's').exec(PAGE)![1]!;

describe('docs/writing-a-contract.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outturn-writing-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const headline = async () => {
    const { versions, participants, lines } = await rehearseFolder(folder, TODAY);
    const { title, currency } = versions[0]!.terms;
    const total = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    return `${title}: ${participants} participants, ${lines.length} lines, ${formatMoney(money(total, currency))} in all.`;
  };

  it('gives a contract that is valid and comes to what the page says', async () => {
    for (const name of ['terms.yaml', 'participants.csv', 'measurements.csv'])
      writeFileSync(join(folder, name), blockOf(name));
    expect(PAGE).toContain(await headline());
  });

  it('computes no period before it is over', async () => {
    const { lines, periodsToCome } = await rehearseFolder(folder, civilDate('2025-03-31'));
    expect(periodsToCome).toBeGreaterThan(0);
    expect(new Set(lines.map(({ period }) => period))).toEqual(new Set(['2024-Q3', '2024-Q4']));
  });

  it('amends it as it says', async () => {
    const amended = blockOf('terms.yaml').replaceAll("'1500.00'", "'1800.00'");
    writeFileSync(join(folder, 'amendment-2024-09-01.yaml'), amended);
    const said = await headline();
    expect(said).toContain('£4,000.00');
    expect(PAGE).toContain(said);
  });
});
