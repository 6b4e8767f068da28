// A random bundle from a seed: honest, or with one thing done to it. The seed gives the history, and several bundles
// share one, as several readers do.
import { aSubject, linesOfBundle } from './bundle.mjs';
import { Chance } from './chance.mjs';
import { bytesOf } from './encoding.mjs';
import { aPlan, cosigned, seal } from './history.mjs';
import { MUTATIONS, strangersLine } from './mutations.mjs';
import { KEPT, OPERATOR } from './operator.mjs';
import { COMMISSIONER, INVESTOR, POLICY } from './signers.mjs';

export const NAMES_OF_BAD = [...Object.keys(MUTATIONS), ...Object.keys(OPERATOR)];

/** An honest history and its bundle about some subject. `isWitnessed` is random unless it is said. */
export function anHonestWorld(seed, isWitnessed, rounds) {
  const chance = new Chance(seed);
  const log = seal(chance, aPlan(chance, rounds));
  const checkpoint = log.checkpoints.at(-1);
  const witnesses = (isWitnessed ?? chance.in100(30)) ? [INVESTOR, COMMISSIONER] : [];
  const note =
    cosigned(checkpoint, witnesses) + (chance.in100(10) ? strangersLine(checkpoint.body) : '');
  const world = { chance, log, checkpoint, note, policy: POLICY };
  world.expected = witnesses.length > 0 ? 'WITNESSED' : 'UNWITNESSED';
  return aboutSomething(world);
}

/** A history whose bundle has hardly more than 95 KB: each byte of it can be tried. */
export function aLargeWorld() {
  for (let seed = 1; ; seed += 1) {
    const world = anHonestWorld(seed, true, 60);
    if (world.bytes.length >= 95_000 && world.bytes.length < 100_000) return world;
  }
}

/** Another bundle of the same history. */
export function aboutSomething(world) {
  const { chance, log, checkpoint, note } = world;
  const { subject, ...more } = aSubject(chance, log, checkpoint);
  const earlier = chance.in100(30) ? chance.of(...log.checkpoints) : undefined;
  const lines = linesOfBundle(log, checkpoint, note, subject, { earlier, ...more });
  return { ...world, lines, bytes: bytesOf(lines), name: `honest, ${subject.type}` };
}

/** What `name` makes of a world; nothing where it has no place in it. */
export function spoiled(world, name) {
  const made = (MUTATIONS[name] ?? OPERATOR[name] ?? KEPT[name])(world);
  return made && { name, ...made };
}

export const NAMES_OF_KEPT = Object.keys(KEPT);
