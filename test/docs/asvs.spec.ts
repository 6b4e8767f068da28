import { readFileSync } from 'node:fs';
import { faultsOf, notShownBy, rowsOf, tallyOf, type Run } from '../../scripts/asvs/asvs.mjs';

const page = readFileSync('docs/asvs.md', 'utf8');

describe('docs/asvs.md', () => {
  const rows = rowsOf(page);

  it('has every requirement of levels 1 and 2 once, each with a test that is there or a reason', () => {
    expect(faultsOf(rows)).toEqual([]);
    expect(rows).toHaveLength(70 + 183); // of the standard's own list
  });

  it('counts nothing open as done', () => {
    const { shown, open } = tallyOf(rows);
    expect(open).toBe(rows.filter(({ answer }) => answer.startsWith('open: ')).length);
    expect(shown).toBe(rows.filter(({ proofs }) => proofs.length > 0).length);
  });
});

describe('the check of the page', () => {
  const row = (id: string, answer: string) => rowsOf(`| ${id} | about | ${answer} |`);
  const source = () => `it('is done once', () => {}); it.each([1])("of %s", () => {});`;

  it.each([
    ['6.2.1', 'open: later', 'is not an id'],
    ['v5.0.0-6.2', 'open: later', 'is not an id'],
    ['v5.0.0-6.2.1', 'some words', 'names no test'],
    ['v5.0.0-6.2.1', 'open:', 'names no test'],
    ['v5.0.0-6.2.1', '`a.spec.ts` › “is done”', 'has no test “is done”'],
  ])('finds %s: %s', (id, answer, fault) => {
    expect(faultsOf(row(id, answer), source)).toEqual([expect.stringContaining(fault)]);
  });

  it('finds an id that stands twice, and a file that is not there', () => {
    const twice = [...row('v5.0.0-1.1.1', 'n/a: x'), ...row('v5.0.0-1.1.1', 'n/a: x')];
    expect(faultsOf(twice)).toEqual(['v5.0.0-1.1.1 stands twice']);
    expect(faultsOf(row('v5.0.0-1.1.1', '`gone.spec.ts` › “x”'))).toEqual([
      'v5.0.0-1.1.1: there is no gone.spec.ts',
    ]);
  });

  it('wants every case of a named test to have run and passed', () => {
    const rows = row('v5.0.0-1.1.1', '`a.spec.ts` › “of %s”');
    const run = (...results: [title: string, status: string][]): Run => ({
      testResults: [
        {
          name: '/somewhere/a.spec.ts',
          assertionResults: results.map(([title, status]) => ({
            title,
            status,
            ancestorTitles: [],
          })),
        },
      ],
    });
    expect(faultsOf(rows, source)).toEqual([]);
    expect(notShownBy(rows, run(['of 1', 'passed'], ['of 2', 'passed']))).toEqual([]);
    for (const status of ['failed', 'pending', 'skipped'])
      expect(notShownBy(rows, run(['of 1', 'passed'], ['of 2', status]))).toHaveLength(1);
    expect(notShownBy(rows, run(['another', 'passed']))).toHaveLength(1);
    expect(notShownBy(rows, { testResults: [] })).toHaveLength(1);
  });
});
