import { BothVerifiers, essence } from '../support/bundles/batch.mjs';
import {
  aboutSomething,
  aLargeWorld,
  anHonestWorld,
  NAMES_OF_BAD,
  NAMES_OF_KEPT,
  spoiled,
  type Bundle,
} from '../support/bundles/corpus.mjs';
import { POLICY } from '../support/bundles/signers.mjs';

let both: BothVerifiers;
beforeAll(() => {
  both = new BothVerifiers(POLICY);
});
afterAll(() => both.end());

/** One world in which the name has a place. */
function inSomeWorld(name: string): Bundle {
  for (let seed = 500; ; seed += 1) {
    const made = spoiled(anHonestWorld(seed, true), name);
    if (made) return made;
  }
}

describe('an honest history', () => {
  it('alarms neither verifier, whatever its bundle is about', async () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const world = anHonestWorld(seed);
      for (const bundle of [world, aboutSomething(world), aboutSomething(world)]) {
        const answers = await both.ask(bundle);
        expect(answers.map(({ verdict }) => verdict)).toEqual([bundle.expected, bundle.expected]);
      }
    }
  });

  it.each(NAMES_OF_KEPT)('%s', async (name) => {
    const bundle = inSomeWorld(name);
    for (const { verdict } of await both.ask(bundle)) expect(verdict).toBe(bundle.expected);
  });
});

describe('what may be done to a bundle or to a log', () => {
  it.each(NAMES_OF_BAD)('%s: both verifiers see it, at the same line', async (name) => {
    const bundle = inSomeWorld(name);
    const [node, python] = await both.ask(bundle);
    expect(node.verdict).toBe(bundle.expected);
    expect(essence(python)).toBe(essence(node));
  });
});

describe('a bundle of at least 95 KB', () => {
  const world = aLargeWorld();

  it('is whole', async () => {
    for (const { verdict } of await both.ask(world)) expect(verdict).toBe('WITNESSED');
  });

  it('cannot be changed in one byte unseen: every 331st byte', async () => {
    const positions = Array.from(
      { length: Math.ceil(world.bytes.length / 331) },
      (_, at) => at * 331,
    );
    const unseen: number[] = [];
    const lookAt = async (at: number) => {
      const bytes = Buffer.from(world.bytes);
      bytes[at] = bytes[at]! ^ (1 << (at % 8));
      const answers = await both.ask({ bytes });
      if (answers.some(({ verdict }) => verdict !== 'INVALID')) unseen.push(at);
    };
    for (let from = 0; from < positions.length; from += 16)
      await Promise.all(positions.slice(from, from + 16).map(lookAt));
    expect(unseen).toEqual([]);
  }, 180_000);
});
