// What the drill tampers with: a contract of the examples with its people, imports, computations, a claim that is decided
// and a statement that is issued, all by the services themselves; sealed and witnessed, with bundles in the parties' hands.
import { act, bundleOf, demo, migrate, sealAndShow, withService } from './service.mjs';

const { LONELINESS: CONTRACT } = demo;
const CODE = CONTRACT.code;

/** The databases of the drill: one as it was some time ago, and one as it is. */
export const EARLIER = 'earlier';
export const KEPT = 'kept';

/** The period that is claimed before the earlier copy; the demonstration's own is claimed after it. */
const EARLIER_CLAIM = '2016-Q1';

/** What the witnesses remember of the kept history. */
export const MEMORY = 'kept';

/** Plays it and gives what the parties hold. */
export async function playHistory(place, witnesses, say) {
  place.use('played');
  await migrate(place.ownerUrl('played'), process.env.DATABASE_URL);
  const keys = place.file('keys.json');
  const asked = await computed(place, keys);
  say(`  ${CODE}: ${asked.length} periods computed`);
  await witnesses.during(MEMORY, () =>
    withService(async (get) => {
      const people = await peopleOf(get, keys);
      await demo.reviewClaim({ get }, people, { ...CONTRACT, claimedPeriod: EARLIER_CLAIM }, asked);
      await sealAndShow(get);
    }),
  );
  await place.copy('played', EARLIER);
  const held = await witnesses.during(MEMORY, () =>
    withService(async (get) => {
      const people = await peopleOf(get, keys);
      const claim = await demo.reviewClaim({ get }, people, CONTRACT, asked);
      const { period } = await demo.issueClaimedPeriod({ get }, people, CONTRACT, claim);
      await sealAndShow(get);
      const key = people.keyOf(CONTRACT.people.commissioner.email);
      const kept = await hold(get, people, period, claim.number);
      await sealAndShow(get); // that bundles were taken is in the trail, and whoever cuts that off cuts off what was sealed
      return { ...kept, keys, key, contract: CODE };
    }),
  );
  await place.copy('played', KEPT);
  say(
    `  two claims of ${CODE} decided, statement issued, ${held.size} leaves sealed and witnessed`,
  );
  return held;
}

/** Computed by a worker of its own, as in production; it has no key, so that only the drill seals. */
async function computed(place, keysFile) {
  const worker = demo.startChild(
    'worker',
    'worker.js',
    {
      ...process.env,
      NODE_ENV: 'development',
      LOG_SIGNING_KEY_FILE: '',
      RELAY_SECONDS: '0.05',
      SWEEP_SECONDS: '1',
    },
    place.file('worker.log'),
  );
  try {
    const died = worker.died.then((why) => {
      throw new Error(why);
    });
    const played = withService(async (get) => {
      const people = new demo.DemoKeys({ get }, keysFile);
      await people.load();
      await people.administrator();
      await demo.setUpContract({ get }, people, CONTRACT);
      const asked = await demo.playContract({ get }, people, CONTRACT);
      await demo.waitForAll({ get }, people, CONTRACT, asked, () => undefined);
      return asked;
    });
    return await Promise.race([played, died]);
  } finally {
    await worker.stop();
  }
}

async function peopleOf(get, keysFile) {
  const people = new demo.DemoKeys({ get }, keysFile);
  await people.load();
  await people.administrator();
  for (const person of demo.peopleOf(CONTRACT)) await people.person(person);
  return people;
}

/** The bundles that the parties keep, and the checkpoint that they noted. */
async function hold(get, people, period, claimNumber) {
  const requests = {
    statement: { type: 'statement', period, number: null },
    claim: { type: 'claim', number: claimNumber },
    contract: { type: 'contract' },
  };
  const bundles = await bundlesOf(get, people, requests, null);
  const [opening, checkpoint] = linesOf(bundles.contract);
  const [, size] = checkpoint.note.split('\n');
  return {
    requests,
    bundles,
    stream: opening.stream,
    checkpoint: checkpoint.note,
    size: Number(size),
  };
}

async function bundlesOf(get, people, requests, since) {
  const actor = people.actorOf(CONTRACT.people.commissioner.email);
  const bundles = {};
  for (const [name, request] of Object.entries(requests))
    bundles[name] = await bundleOf(get, actor, CODE, request, since);
  return bundles;
}

/** The bundles of a database as it is now, going on from the checkpoint that the parties noted. */
export async function bundlesNow(get, held) {
  const people = await peopleOf(get, held.keys);
  const made = {};
  for (const [name, request] of Object.entries(held.requests))
    made[name] = await attempt(() => oneBundle(get, people, { [name]: request }, held.size, name));
  return made;
}

/** Where the checkpoint is none of the log's, the bundle comes without a proof from it. */
async function oneBundle(get, people, request, since, name) {
  const from = await attempt(() => bundlesOf(get, people, request, since));
  if (from.refused?.code !== 'NOT_A_SIZE_OF_THE_LOG') {
    if (from.refused) throw from.refused;
    return from.done[name];
  }
  return (await bundlesOf(get, people, request, null))[name];
}

/** What came of something, or how it was refused. */
export async function attempt(work) {
  try {
    return { done: await work() };
  } catch (refused) {
    return { refused };
  }
}

export const linesOf = (bundle) =>
  bundle
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

export { act };
