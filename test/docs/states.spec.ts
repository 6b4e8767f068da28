import { readFileSync } from 'node:fs';
import { drawStates, TABLES } from '../../scripts/states/draw-states.mjs';
import { movesOf, type StateMachine } from '../../src/domain/shared/transition-table.js';

type Table = StateMachine<string, string>;

const machines = async () =>
  Promise.all(
    TABLES.map(async ({ module, table }) => {
      const tables = (await import(`../../src/domain/${module}.js`)) as Record<string, Table>;
      return { module, machine: tables[table]! };
    }),
  );
const trail = readFileSync('src/domain/audit/entry-types.ts', 'utf8');

describe('docs/states.md', () => {
  it('is what the transition tables say (npm run docs:states writes it)', async () => {
    expect(readFileSync('docs/states.md', 'utf8')).toBe(drawStates(await machines()));
  });

  it('names only audit entries that the trail knows, and states that can be reached or say why not', async () => {
    for (const { machine } of await machines()) {
      const moves = movesOf(machine).map(({ move }) => move);
      for (const { audit } of moves) if (audit !== null) expect(trail).toContain(`'${audit}':`);
      const reached = new Set([machine.starts, ...moves.map(({ to }) => to)]);
      for (const state of Object.keys(machine.moves))
        if (!reached.has(state)) expect(machine.means[state]).toContain('nothing leads here yet');
    }
  });
});
