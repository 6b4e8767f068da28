// What may be done to bundles: to the bytes of a real one, and everything that the makers of bundles in test/support know,
// which have the keys of a log of their own. Both verifiers must say what is right.
import { BothVerifiers, essence } from '../support/bundles/batch.mjs';
import { Chance } from '../support/bundles/chance.mjs';
import { anHonestWorld, NAMES_OF_BAD, NAMES_OF_KEPT, spoiled } from '../support/bundles/corpus.mjs';
import { MUTATIONS } from '../support/bundles/mutations.mjs';
import { POLICY } from '../support/bundles/signers.mjs';
import { linesOf } from './history.mjs';

const AT_ONCE = 32;
const EACH_BYTE = 101;
const SEEDS = 400;

/** Alterations of lines that need nothing but the bundle. */
const OF_LINES = [
  'cut off anywhere',
  'cut off after a line',
  'a line taken out',
  'a line twice',
  'two lines swapped',
  'something after the end',
  'an unknown member',
  'a member missing',
  'its own trust file',
  'an entry taken out',
  'an entry put in',
  'two entries swapped',
  'an entry left out and the rest numbered on',
  'another commitment',
  'another salt',
  'another body and the commitment to it',
  'another type',
  'an instant beside a leaf',
  'an extra hash in a gap',
  'another hash in a gap',
  'no heads leaf',
  'other terms',
  'no statement',
  'a payment line taken out',
  'another amount',
  'delimiters shifted',
  'another salt of a line',
];

/** One row for each alteration, out of what `ask` says of every try. */
async function row(where, name, tries, verifiers) {
  const faults = [];
  const seen = new Set();
  for (let from = 0; from < tries.length; from += AT_ONCE) {
    const some = tries.slice(from, from + AT_ONCE);
    const answers = await Promise.all(some.map((one) => verifiers.ask(one)));
    for (const [at, [node, python]] of answers.entries()) {
      const { expected } = some[at];
      seen.add(node.verdict ?? 'nothing decided (64)');
      if (essence(node) !== essence(python)) faults.push(`they disagree: ${essence(node)}`);
      else if (node.verdict !== expected) faults.push(`${node.verdict} where ${expected} is right`);
    }
  }
  const isHonest = tries.every(({ isHonest }) => isHonest);
  return {
    where,
    name,
    tried: tries.length,
    isHonest,
    by: 'both verifiers',
    how: [...seen].join(', '),
    faults,
  };
}

/** On the bundles of the history that was played. */
export async function ofRealBundles(held, verifiers) {
  const rows = [];
  for (const [name, bytes] of Object.entries(held.bundles)) {
    const where = `bundle of the ${name}, ${Math.round(bytes.length / 1000)} KB`;
    rows.push(
      await row(
        where,
        'nothing: it is honest',
        [{ bytes, expected: 'WITNESSED', isHonest: true }],
        verifiers,
      ),
    );
    rows.push(await row(where, `a byte changed, each ${EACH_BYTE}st`, eachByte(bytes), verifiers));
    const world = { bytes, lines: linesOf(bytes).slice(0, -1), policy: verifiers.policy };
    for (const change of OF_LINES) {
      const tries = [1, 2, 3].flatMap((seed) => {
        const made = MUTATIONS[change]({ ...world, chance: new Chance(seed) });
        return made && !made.bytes.equals(bytes) ? [made] : [];
      });
      if (tries.length > 0) rows.push(await row(where, change, tries, verifiers));
    }
  }
  return rows;
}

const eachByte = (bytes) =>
  Array.from({ length: Math.ceil(bytes.length / EACH_BYTE) }, (_, step) => {
    const changed = Buffer.from(bytes);
    const at = step * EACH_BYTE;
    changed[at] = (changed[at] + 1 + (at % 255)) % 256;
    return { bytes: changed, expected: 'INVALID' };
  });

/** On random histories with keys of their own, so that whoever alters can sign as well. */
export async function ofMadeBundles() {
  const verifiers = new BothVerifiers(POLICY);
  try {
    const rows = [];
    const honest = Array.from({ length: 50 }, (_, seed) => ({
      ...anHonestWorld(seed, true),
      isHonest: true,
    }));
    rows.push(await row('made bundle', 'nothing: it is honest', honest, verifiers));
    for (const name of [...NAMES_OF_BAD, ...NAMES_OF_KEPT]) {
      const isHonest = NAMES_OF_KEPT.includes(name);
      const tries = [];
      for (let seed = 0; tries.length < 2 && seed < SEEDS; seed += 1) {
        const made = spoiled(anHonestWorld(5000 + seed, true), name);
        if (made) tries.push({ ...made, isHonest });
      }
      rows.push(await row('made bundle', name, tries, verifiers));
    }
    return rows;
  } finally {
    await verifiers.end();
  }
}
