import { publicationsOf } from './publications.js';
import { Reader } from './reader.js';
import { Solver } from './solver.js';
import { aWorld } from './world.js';

const PARTS = 10;

/** Tests that a reader of so many random contracts, each over eight quarters, learns no small count. */
export function describeSecrecy(contracts: number): void {
  describe('a reader of every statement of eight quarters', () => {
    secrecyOver(contracts);
  });
}

function secrecyOver(contracts: number): void {
  it.each(Array.from({ length: PARTS }, (_, part) => part))(
    'pins no count of 1 to 7, whatever they know of tariffs and rounding (part %i)',
    (part) => {
      const found: string[] = [];
      let secrets = 0;
      for (let seed = part; seed < contracts; seed += PARTS) {
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
      expect(secrets).toBeGreaterThan(contracts / PARTS);
    },
  );
}
