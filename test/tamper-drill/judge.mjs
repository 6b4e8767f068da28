// Who notices what was done to a copy of the database: the service's own check, its sealer, the witnesses, and both
// verifiers with the bundles that the altered service hands out.
import fs from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { essence } from '../support/bundles/batch.mjs';
import { act, attempt, bundlesNow, KEPT, linesOf, MEMORY } from './history.mjs';
import { outturn, seal, sealAndShow, withService } from './service.mjs';

const COPY = 'altered';
const GOOD = 'WITNESSED';

/** Tries one alteration on a copy of its own. Gives who noticed it, and how. */
export async function judge(drill, alteration) {
  const { place, witnesses, held } = drill;
  const side = alteration.isFork ? await anotherSide(drill) : { memory: MEMORY, held };
  await place.copy(alteration.from ?? KEPT, COPY);
  const memory = witnesses.remember(side.memory, 'now');
  try {
    if (alteration.alter)
      await place.asSuperuser(COPY, (rows) => alteration.alter(rows, { stream: held.stream }));
    place.use(COPY);
    if (alteration.hasOtherKey) process.env.LOG_SIGNING_KEY_FILE = otherKey(place);
    if (alteration.isResealed) await withService(seal);
    return [
      ...(await ofAudit(held)),
      ...(await ofReplay(held, alteration)),
      ...(await witnesses.during(memory, () =>
        withService((get) => ofLife(drill, side.held, get)),
      )),
    ];
  } finally {
    await place.drop(COPY);
    witnesses.forget(memory);
  }
}

/** `outturn audit verify`, as whoever runs the service, and as a party of the contract. */
async function ofAudit({ contract, key }) {
  const all = await outturn('audit', 'verify');
  const own = await outturn('audit', 'verify', '--contract', contract, '--key', key);
  return [all, own].flatMap(({ status, text }, at) => {
    if (status === 0) return [];
    const said = text.split('\n').find((line) => line !== '' && !/ are as they were /.test(line));
    return [{ by: at === 0 ? 'audit verify' : 'audit verify --contract', how: said ?? text }];
  });
}

/** What the whole trail has to say is asked for what it alone may notice, and where nothing was altered. */
const REBUILT = new Set(['database', 'record', 'money tables']);

/** `outturn audit replay`, as a party of the contract. */
async function ofReplay({ contract, key }, { where }) {
  if (!REBUILT.has(where)) return [];
  const { status, text } = await outturn('audit', 'replay', contract, '--key', key);
  if (status === 0) return [];
  const said = text.split('\n').find((line) => / DIFFER: /.test(line));
  return [{ by: 'audit replay', how: (said ?? text).trim() }];
}

/** What the altered service hands out, what happens when it goes on, and what it hands out then. */
async function ofLife(drill, held, get) {
  const found = await ofBundles(drill, held, get);
  const { done, refused } = await attempt(async () => {
    await act(get, held.stream, 2);
    return sealAndShow(get);
  });
  if (refused) return [...found, { by: whoRefused(refused), how: refused.message }];
  const unseen = done === 2 ? [] : [{ by: 'a witness', how: `${2 - done} of 2 do not cosign` }];
  return [...found, ...unseen, ...(await ofBundles(drill, held, get))];
}

const whoRefused = ({ code }) =>
  ({ LOG_BROKEN: 'the sealer', LOG_CONTRADICTED: 'a witness' })[code] ?? 'the service';

async function ofBundles({ verifiers }, held, get) {
  const found = [];
  for (const [name, { done, refused }] of Object.entries(await bundlesNow(get, held))) {
    if (refused) {
      found.push({ by: 'the service', how: `no bundle of the ${name}: ${refused.message}` });
      continue;
    }
    const [node, python] = await verifiers.ask({ bytes: done, known: held.checkpoint });
    if (essence(node) !== essence(python))
      throw new Error(
        `the verifiers disagree on the ${name}: ${essence(node)}, ${essence(python)}`,
      );
    const how = `bundle of the ${name}: ${node.verdict}${at(node)}`;
    if (node.verdict !== GOOD) found.push({ by: 'both verifiers', how });
  }
  return found;
}

const at = ({ firstBad }) => (firstBad ? ` at line ${firstBad.line}: ${firstBad.detail}` : '');

/** The history as the first party sees it go on, cosigned; the second will be shown another. */
async function anotherSide({ place, witnesses, held }) {
  await place.copy(KEPT, 'first');
  const memory = witnesses.remember(MEMORY, 'first');
  place.use('first');
  try {
    const bundles = await witnesses.during(memory, () =>
      withService(async (get) => {
        await act(get, held.stream, 1);
        await sealAndShow(get);
        return bundlesNow(get, held);
      }),
    );
    const { note } = linesOf(bundles.contract.done)[1];
    return { memory, held: { ...held, checkpoint: note, size: Number(note.split('\n')[1]) } };
  } finally {
    await place.drop('first');
  }
}

function otherKey(place) {
  const file = place.file('other.pem');
  const key = generateKeyPairSync('ed25519').privateKey;
  fs.writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return file;
}
