import { CARELESS } from '../../../test/support/disclosure/careless.js';
import { publicationsOf } from '../../../test/support/disclosure/publications.js';
import { Reader } from '../../../test/support/disclosure/reader.js';
import { Solver } from '../../../test/support/disclosure/solver.js';
import { aWorld } from '../../../test/support/disclosure/world.js';

/** The first count of 1 to 7 that a reader pins who also has the careless figure, of the contracts of these seeds. */
function firstPinned({ to }: (typeof CARELESS)[number]): string | undefined {
  for (let seed = 0; seed < 400; seed += 1) {
    const world = aWorld(seed);
    const publications = publicationsOf(world);
    const reader = new Reader(world);
    reader.read(publications);
    to(reader, world, publications);
    const solver = new Solver(reader.knowledge, reader.truth);
    const pinned = reader.secrets.find(({ variables }) => solver.verdict(variables) === 'pinned');
    if (pinned) return `contract ${seed}: ${pinned.name}`;
  }
  return undefined;
}

describe('the reader finds a count of 1 to 7 where a statement also prints', () => {
  it.each(CARELESS)('$prints', (careless) => {
    expect(firstPinned(careless)).toMatch(/^contract \d+: clause/);
  });
});
