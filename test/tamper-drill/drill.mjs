// npm run tamper-drill [-- --only TEXT]
// Plays a contract on a PostgreSQL of its own, seals and witnesses it, and then does to its database and to its bundles
// whatever somebody might who wants another history. Prints what was tried and who noticed; ends with status 1 where
// something passed unseen, or something honest raised an alarm.
import { parseArgs } from 'node:util';
import { BothVerifiers } from '../support/bundles/batch.mjs';
import { ofMadeBundles, ofRealBundles } from './bundle-alterations.mjs';
import { DATABASE_ALTERATIONS } from './database-alterations.mjs';
import { playHistory } from './history.mjs';
import { judge } from './judge.mjs';
import { Place } from './place.mjs';
import { vkeyOf } from './service.mjs';
import { printTable } from './table.mjs';
import { Witnesses } from './witnesses.mjs';

const { values: options } = parseArgs({ options: { only: { type: 'string' } } });
const say = (line) => console.error(line);
const isAsked = ({ name }) => !options.only || name.includes(options.only);

const HONEST = { name: 'nothing: the service goes on', where: 'database', isHonest: true };

async function ofDatabase(drill) {
  const rows = [];
  for (const alteration of [HONEST, ...DATABASE_ALTERATIONS].filter(isAsked)) {
    const { name, where, isHonest = false } = alteration;
    const found = await judge(drill, alteration);
    const isRight = isHonest === (found.length === 0);
    const faults = isRight ? [] : [isHonest ? `a false alarm: ${found[0].how}` : 'nobody noticed'];
    const by = [...new Set(found.map((one) => one.by))].join(', ');
    rows.push({ where, name, tried: 1, isHonest, by, how: found[0]?.how ?? '', faults });
    say(`  ${faults.length > 0 ? 'UNSEEN ' : ''}${name}: ${by || 'no alarm'}`);
  }
  return rows;
}

async function run(place) {
  say('Playing a contract, sealing and witnessing it');
  const witnesses = new Witnesses(
    place.file('witnesses'),
    vkeyOf(place.logKeyFile, place.logOrigin),
  );
  const held = await playHistory(place, witnesses, say);
  const verifiers = new BothVerifiers(witnesses.policy);
  verifiers.policy = witnesses.policy;
  try {
    say('Altering copies of the database as its superuser, triggers off');
    const rows = await ofDatabase({ place, witnesses, held, verifiers });
    if (options.only) return rows;
    say('Altering bundles');
    return [...rows, ...(await ofRealBundles(held, verifiers)), ...(await ofMadeBundles())];
  } finally {
    await verifiers.end();
  }
}

const place = await Place.open();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void place.close().then(() => process.exit(130)));
try {
  process.exitCode = printTable(await run(place)) ? 0 : 1;
} finally {
  await place.close();
}
