import { publicationsOf } from '../../../test/support/disclosure/publications.js';
import { Reader } from '../../../test/support/disclosure/reader.js';
import { Solver } from '../../../test/support/disclosure/solver.js';
import { aWorld } from '../../../test/support/disclosure/world.js';

const CONTRACTS = 10_000;
const PARTS = 10;

describe('a reader of every statement of eight quarters', () => {
  it.each(Array.from({ length: PARTS }, (_, part) => part))(
    'pins no count of 1 to 7, whatever they know of tariffs and rounding (part %i)',
    (part) => {
      const found: string[] = [];
      let secrets = 0;
      for (let seed = part; seed < CONTRACTS; seed += PARTS) {
        const world = aWorld(seed);
        const reader = new Reader(world);
        reader.read(publicationsOf(world));
        const solver = new Solver(reader.knowledge, reader.truth);
        for (const { name, variables, value } of reader.secrets) {
          secrets += 1;
          const verdict = solver.verdict(variables);
          if (verdict !== 'open') found.push(`contract ${seed}: ${name} is ${verdict} at ${value}`);
        }
      }
      expect(found).toEqual([]);
      expect(secrets).toBeGreaterThan(CONTRACTS / PARTS);
    },
  );
});
