import { BothVerifiers, essence } from './batch.mjs';
import {
  aboutSomething,
  aLargeWorld,
  anHonestWorld,
  NAMES_OF_BAD,
  NAMES_OF_KEPT,
  spoiled,
  type Bundle,
  type World,
} from './corpus.mjs';
import { POLICY } from './signers.mjs';

const AT_ONCE = 64;

/** How much is tried. */
export interface Extent {
  readonly honestHistories: number;
  readonly bundles: number;
  /** Of a bundle of at least 95 KB, each so manieth byte is changed: 1 changes every one. */
  readonly eachByte: number;
}

let both: BothVerifiers;

/** Tests that two verifiers, written apart from one page, come to the same and the right answer. */
export function describeAgreement(extent: Extent): void {
  beforeAll(() => {
    both = new BothVerifiers(POLICY);
  });
  afterAll(() => both.end());
  describe('two verifiers that were written apart', () => agreementOver(extent));
  describe('a bundle of at least 95 KB', () => bytesOf(extent));
}

/** Names of what went wrong; nothing where the two agree on what was expected. */
async function faultsOf(bundles: readonly (Bundle & { seed?: number })[]): Promise<string[]> {
  const answers = await Promise.all(bundles.map((bundle) => both.ask(bundle)));
  return answers.flatMap(([node, python], at) => {
    const { name, expected, seed } = bundles[at]!;
    const isRight = essence(node) === essence(python) && node.verdict === expected;
    return isRight ? [] : [`${seed} ${name}: ${essence(node)} / ${essence(python)}`];
  });
}

async function inBatches<T>(values: readonly T[], ask: (some: readonly T[]) => Promise<string[]>) {
  const faults: string[] = [];
  for (let at = 0; at < values.length; at += AT_ONCE)
    faults.push(...(await ask(values.slice(at, at + AT_ONCE))));
  return faults;
}

function agreementOver({ honestHistories, bundles: wanted }: Extent): void {
  it(
    `alarm nobody over ${honestHistories} honest histories`,
    async () => {
      const seeds = Array.from({ length: honestHistories }, (_, seed) => seed);
      const faults = await inBatches(seeds, (some) =>
        faultsOf(some.map((seed) => ({ ...anHonestWorld(seed), seed }))),
      );
      expect(faults).toEqual([]);
    },
    60 * 60_000,
  );

  it(
    `agree on ${wanted} bundles, good and bad, and detect every bad one`,
    async () => {
      let made = 0;
      const met = new Set<string>();
      const faults: string[] = [];
      for (let seed = 1_000_000; made < wanted; seed += 1) {
        const bundles = bundlesOf(anHonestWorld(seed, true)).map((one) => ({ ...one, seed }));
        for (const { name } of bundles) met.add(name);
        faults.push(...(await inBatches(bundles, faultsOf)));
        made += bundles.length;
      }
      expect(faults).toEqual([]);
      expect([...NAMES_OF_BAD, ...NAMES_OF_KEPT].filter((name) => !met.has(name))).toEqual([]);
    },
    60 * 60_000,
  );
}

/** Several readers' bundles of one history, and all that can be done to one of them. */
function bundlesOf(world: World): Bundle[] {
  const good = [world, ...Array.from({ length: 100 }, () => aboutSomething(world))];
  const spoils = [...NAMES_OF_BAD, ...NAMES_OF_KEPT].flatMap((name) => spoiled(world, name) ?? []);
  return [...good, ...spoils];
}

function bytesOf({ eachByte }: Extent): void {
  it(
    `cannot have a byte changed unseen (each of ${eachByte})`,
    async () => {
      const world = aLargeWorld();
      const positions = Math.ceil(world.bytes.length / eachByte);
      const faults: string[] = [];
      for (let at = 0; at < positions; at += AT_ONCE) {
        const some = Array.from({ length: Math.min(AT_ONCE, positions - at) }, (_, more) =>
          withByte(world, (at + more) * eachByte),
        );
        faults.push(...(await faultsOf(some)));
      }
      expect(faults).toEqual([]);
    },
    120 * 60_000,
  );
}

function withByte(world: World, at: number): Bundle {
  const bytes = Buffer.from(world.bytes);
  bytes[at] = (bytes[at]! + 1 + (at % 255)) % 256;
  return { bytes, name: `byte ${at} changed`, expected: 'INVALID' };
}
