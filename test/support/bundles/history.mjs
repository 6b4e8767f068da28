// Random honest histories, and their sealing into a log. What an operator would do wrong is done to the acts, or by a
// hand in the sealing: the log that comes out is signed with the log's own key all the same.
import { canonical } from './encoding.mjs';
import { hexOf, leafHash, LeafTree } from './trees.mjs';
import { bodyOf, LOG, noteOf, ORIGIN } from './signers.mjs';
import { createHash } from 'node:crypto';

const commitmentOf = (salt, body) =>
  createHash('sha256').update(Buffer.from(salt, 'hex')).update(body).digest('hex');

const NOISE = ['measurement.recorded', 'participant.enrolled', 'member.added', 'claim.exported'];
const instantOf = (at) => new Date(1_450_000_000_000 + at * 61_001).toISOString();

/** Acts of a contract in their order, with a life of terms, claims, decisions and statements. */
function actsOfContract(chance, stream, rounds) {
  const code = `SIB-${chance.int(1, 99)}`;
  const terms = (number) => ({ type: 'terms.activated', number, document: aDocument(chance) });
  const acts = [
    { type: 'contract.drafted', payload: { code, documentHash: hexOf('d') } },
    terms(1),
  ];
  let claims = 0;
  let versions = 1;
  let statements = 0;
  for (let round = 0; round < rounds; round += 1) {
    acts.push(...chance.many(0, 3, () => aNoise(chance)));
    if (chance.in100(20)) acts.push(terms((versions += 1)));
    if (chance.in100(60)) acts.push(...actsOfClaim(chance, (claims += 1)));
    if (chance.in100(40))
      acts.push({
        type: 'statement.issued',
        number: (statements += 1),
        document: aDocument(chance),
      });
  }
  return { code, acts: acts.map((act) => ({ personId: 'person-0', ...act, stream })) };
}

const aNoise = (chance) => ({
  type: chance.of(...NOISE),
  payload: {
    reference: chance.of('P-1', 'Zoë \u2014 \ud83d\ude00', '"\\\b', ''),
    n: chance.int(-3, 900),
  },
});
const aDocument = (chance) => `{"text":"${chance.hex(chance.int(1, 40))} \u20ac"}\n`;

function actsOfClaim(chance, number) {
  const claimId = chance.uuid();
  const lines = chance.many(0, 7, (at) => ({
    amountMinor: String(chance.in100(15) ? -chance.int(1, 999) : chance.int(0, 99_999)),
    clause: `4.${chance.int(1, 3)}`,
    line: `L-${number}-${at}`,
    subject: chance.in100(20) ? 'cohort 2015' : `P-${chance.int(1, 4)}`,
  }));
  const submitted = { type: 'claim.submitted', personId: 'person-1', claimId, number, lines };
  const decided = lines
    .filter(() => chance.in100(80))
    .map((line) => ({ ...line, what: chance.of('approved', 'returned') }));
  const cut = chance.int(0, decided.length);
  const decisions = [decided.slice(0, cut), decided.slice(cut)].filter((part) => part.length > 0);
  return [
    { ...submitted, lines: lines.map((line) => ({ ...line, what: 'submitted' })) },
    ...decisions.map((part) => ({
      type: 'claim.decided',
      personId: 'person-2',
      claimId,
      number,
      lines: part,
    })),
  ];
}

const sumOf = (lines, what) =>
  String(
    lines
      .filter((line) => line.what === what)
      .reduce((sum, line) => sum + BigInt(line.amountMinor), 0n),
  );
const countOf = (lines, what) => lines.filter((line) => line.what === what).length;

/** Salted lines of a claim and their tree. */
function sealLines(chance, lines) {
  const sealed = lines.map((line) => ({ salt: chance.hex(32), body: canonical(line), line }));
  const leaves = sealed.map(({ salt, body }) =>
    leafHash(`{"commitment":"${commitmentOf(salt, body)}"}`),
  );
  return { sealed, tree: new LeafTree(leaves) };
}

function payloadOf(act, tree) {
  const { claimId, number, lines } = act;
  const root = tree && tree.root().toString('hex');
  if (act.type === 'claim.submitted')
    return {
      claimId,
      number,
      lines: lines.length,
      totalMinor: sumOf(lines, 'submitted'),
      currency: 'GBP',
      linesHash: root,
    };
  if (act.type === 'claim.decided')
    return {
      claimId,
      number,
      approved: countOf(lines, 'approved'),
      returned: countOf(lines, 'returned'),
      approvedMinor: sumOf(lines, 'approved'),
      returnedMinor: sumOf(lines, 'returned'),
      decisionsHash: root,
    };
  const documentHash = act.document && hexOf(act.document);
  if (act.type === 'terms.activated') return { number, documentHash, effectiveFrom: '2015-06-02' };
  if (act.type === 'statement.issued') return { number, periodId: `2015-Q${number}`, documentHash };
  return act.payload;
}

/** The plan of a history: acts in the order of sealing, and after which of them a checkpoint is made. */
export function aPlan(chance, rounds = chance.int(1, 4)) {
  const stream = chance.uuid();
  const main = actsOfContract(chance, stream, rounds);
  const others = chance.many(0, 4, () => chance.of('service', chance.uuid()));
  const order = [];
  for (const act of main.acts) {
    order.push(act);
    for (const other of others)
      if (chance.in100(30)) order.push({ personId: null, ...aNoise(chance), stream: other });
  }
  const cuts = order.map((_, at) => at + 1).filter((at) => at === order.length || chance.in100(12));
  return { stream, code: main.code, order, cuts };
}

/** Seals a plan. `hand` may change an entry before it is sealed, or the heads leaf: the operator is the attacker then. */
export function seal(chance, plan, hand = {}) {
  const log = { ...plan, leaves: [], entries: [], checkpoints: [] };
  const latest = new Map();
  plan.order.forEach((act, at) => {
    const seq = String(act.seq ?? (latest.get(act.stream) ?? 0) + 1);
    latest.set(act.stream, Number(seq));
    const { sealed, tree } = act.lines ? sealLines(chance, act.lines) : {};
    const recordedAt = instantOf(at);
    const { type, stream, personId } = act;
    const fields = {
      duty: 'provider',
      effectiveOn: chance.of(null, '2015-06-02'),
      format: 1,
      party: chance.of(null, 'Caf\u00e9'),
      personId,
    };
    const payload = { ...payloadOf(act, tree), ...act.lie };
    const body = { ...fields, payload, recordedAt, seq, stream, type };
    const entry = {
      act,
      at,
      seq,
      type,
      shownType: type === 'terms.activated' ? type : 'act',
      stream,
      salt: chance.hex(32),
      body: canonical(body),
      sealed,
      tree,
    };
    hand.entry?.(entry);
    entry.commitment = commitmentOf(entry.salt, entry.body);
    entry.index = log.leaves.length;
    const { commitment } = entry;
    log.leaves.push(
      leafHash(
        canonical({
          commitment,
          seq: entry.seq,
          stream,
          type: entry.shownType,
        }),
      ),
    );
    log.entries.push(entry);
    if (plan.cuts.includes(at + 1)) cut(log, latest, recordedAt, hand);
  });
  return log;
}

function cut(log, latest, recordedAt, hand) {
  const seqs = new Map(latest);
  hand.seqs?.(seqs);
  const names = [...seqs.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const heads = new LeafTree(
    names.map((stream) => leafHash(canonical({ seq: String(seqs.get(stream)), stream }))),
  );
  const leaf = canonical({
    heads: heads.root().toString('base64'),
    recordedAt,
    streams: String(names.length),
  });
  if (!hand.withoutHeads) log.leaves.push(leafHash(leaf));
  const tree = new LeafTree(log.leaves);
  const root = tree.root().toString('base64');
  const body = bodyOf(ORIGIN, tree.size, root);
  const position = names.indexOf(log.stream);
  const hashes = position < 0 ? [] : heads.path(position).map((hash) => hash.toString('base64'));
  log.checkpoints.push({
    size: tree.size,
    root,
    tree,
    body,
    leaf,
    position,
    hashes,
    entries: log.entries.length,
  });
}

/** The note of a checkpoint with the cosignatures of some witnesses, at a time. */
export const cosigned = ({ body }, witnesses, time = 1_500_000_000, log = LOG) =>
  noteOf(body, log.line(body), ...witnesses.map((witness) => witness.line(body, time)));
