// What somebody with the database's superuser does to it, with all triggers off. Each is one transaction on a copy.
import { canonical } from '../support/bundles/encoding.mjs';
import { chainHash, NO_HASH } from './service.mjs';
import { EARLIER } from './history.mjs';

/** The same entry, saying something more. */
const saysMore = (body) => {
  const said = JSON.parse(body);
  return canonical({ ...said, payload: { ...said.payload, zz: '1' } });
};
const withNumber = (body, seq) => canonical({ ...JSON.parse(body), seq: String(seq) });

const lastOf = async (rows, stream) => {
  const [{ seq }] = await rows('select max(seq) as seq from audit_entry where stream = $1', [
    stream,
  ]);
  return Number(seq);
};
const setBody = async (rows, stream, seq, change) => {
  const [{ body }] = await rows('select body from audit_entry where stream = $1 and seq = $2', [
    stream,
    seq,
  ]);
  await rows('update audit_entry set body = $3 where stream = $1 and seq = $2', [
    stream,
    seq,
    change(body),
  ]);
};
const remove = (rows, stream, seq) =>
  rows('delete from audit_entry where stream = $1 and seq = $2', [stream, seq]);

/** Numbers and chains the stream anew from its first entry to its head, as its service would have. */
async function rechain(rows, stream) {
  const entries = await rows('select seq, body from audit_entry where stream = $1 order by seq', [
    stream,
  ]);
  let previous = Buffer.from(NO_HASH);
  for (const [at, { seq, body }] of entries.entries()) {
    const now = withNumber(body, at + 1);
    const hash = Buffer.from(chainHash(previous, now));
    await rows(
      `update audit_entry set seq = $3, body = $4, previous_hash = $5, hash = $6
        where stream = $1 and seq = $2`,
      [stream, seq, at + 1, now, previous, hash],
    );
    previous = hash;
  }
  await rows('update audit_head set seq = $2, hash = $3 where stream = $1', [
    stream,
    entries.length,
    previous,
  ]);
}

/** No entry or leaf of the drill has this number. */
const ASIDE = 1_000_000;

async function swap(rows, stream, one, other) {
  const move = (from, to) =>
    rows('update audit_entry set seq = $3 where stream = $1 and seq = $2', [stream, from, to]);
  await move(one, ASIDE);
  await move(other, one);
  await move(ASIDE, other);
}

/** A copy of an entry right after it; those behind move on by one. */
async function insertAfter(rows, stream, seq) {
  const last = await lastOf(rows, stream);
  for (let at = last; at > seq; at -= 1)
    await rows('update audit_entry set seq = seq + 1 where stream = $1 and seq = $2', [stream, at]);
  await rows(
    `insert into audit_entry (stream, seq, type, person_id, duty, recorded_at, body, previous_hash, hash, salt)
     select stream, seq + 1, type, person_id, duty, recorded_at, body, previous_hash, hash, sha256('other')
       from audit_entry where stream = $1 and seq = $2`,
    [stream, seq],
  );
}

async function truncate(rows, stream, count) {
  const last = await lastOf(rows, stream);
  await rows('delete from audit_entry where stream = $1 and seq > $2', [stream, last - count]);
  await rows(
    `update audit_head h set seq = e.seq, hash = e.hash from audit_entry e
      where h.stream = $1 and e.stream = h.stream and e.seq = $2`,
    [stream, last - count],
  );
}

/** The tables of the log as they were at a size, as out of a backup. */
async function logAsOf(rows, size) {
  await rows('delete from log_cosignature where size > $1', [size]);
  await rows('delete from log_checkpoint where size > $1', [size]);
  await rows('delete from log_leaf where index >= $1', [size]);
  await rows('delete from log_node where (index + 1) * (1::bigint << level) > $1', [size]);
  await rows('delete from log_stream');
  await rows(
    'insert into log_stream select stream, max(seq) from log_leaf where stream is not null group by stream',
  );
}
const sizeBefore = async (rows) =>
  (
    await rows(
      'select max(size) as size from log_checkpoint where size < (select max(size) from log_checkpoint)',
    )
  )[0].size;

const MIDDLE = 5;
const entry = (name, alter) => ({ name, where: 'audit trail', alter });
const ofBoth = (name, alter) => [
  entry(`${name}, of the contract`, (rows, { stream }) => alter(rows, stream)),
  entry(`${name}, of the service`, (rows) => alter(rows, 'service')),
];
const chained = (alter) => async (rows, stream) => {
  await alter(rows, stream);
  await rechain(rows, stream);
};
const editOne = (rows, stream) => setBody(rows, stream, MIDDLE, saysMore);
const removeOne = (rows, stream) => remove(rows, stream, MIDDLE);
const swapTwo = (rows, stream) => swap(rows, stream, MIDDLE, MIDDLE + 1);
const insertOne = (rows, stream) => insertAfter(rows, stream, MIDDLE);
const andChain = 'and all hashes after it made anew';

const ENTRIES = [
  ...ofBoth('an entry edited', editOne),
  ...ofBoth(`an entry edited ${andChain}`, chained(editOne)),
  ...ofBoth('an entry deleted', removeOne),
  ...ofBoth(`an entry deleted ${andChain}`, chained(removeOne)),
  ...ofBoth('two entries swapped', swapTwo),
  ...ofBoth(`two entries swapped ${andChain}`, chained(swapTwo)),
  ...ofBoth('an entry inserted', insertOne),
  ...ofBoth(`an entry inserted ${andChain}`, chained(insertOne)),
  ...ofBoth('the last three entries cut off, the head moved back', (rows, stream) =>
    truncate(rows, stream, 3),
  ),
  entry('another salt', (rows, { stream }) =>
    rows(`update audit_entry set salt = sha256('x') where stream = $1 and seq = $2`, [
      stream,
      MIDDLE,
    ]),
  ),
  entry('another person in an entry and its column, chain made anew', async (rows, { stream }) => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    await setBody(rows, stream, MIDDLE, (body) =>
      canonical({ ...JSON.parse(body), personId: nobody }),
    );
    await rows('update audit_entry set person_id = $3 where stream = $1 and seq = $2', [
      stream,
      MIDDLE,
      nobody,
    ]);
    await rechain(rows, stream);
  }),
];

const sql = (where, name, text) => ({ name, where, alter: (rows) => rows(text) });
const log = (name, text) => sql('log tables', name, text);
const LAST_SIZE = '(select max(size) from log_checkpoint)';

const LOG = [
  log(
    'the hash of a leaf changed',
    `update log_node set hash = sha256('x') where level = 0 and index = 3`,
  ),
  log(
    'the hash of a node changed',
    `update log_node set hash = sha256('x') where level = 2 and index = 1`,
  ),
  log(
    'the hash of the largest node changed',
    `update log_node set hash = sha256('x') where level = (select max(level) from log_node)`,
  ),
  log(
    'two leaves exchanged',
    `update log_leaf set index = case index when 3 then ${ASIDE} else index end; update log_leaf set index = 3 where index = 4; update log_leaf set index = 4 where index = ${ASIDE}`,
  ),
  log('a leaf deleted', 'delete from log_leaf where index = 3'),
  log(
    'a leaf added after the last',
    `insert into log_leaf select max(index) + 1, null, null from log_leaf`,
  ),
  log(
    'the root of a checkpoint changed',
    `update log_checkpoint set root = sha256('x') where size = ${LAST_SIZE}`,
  ),
  log(
    'the note of a checkpoint changed',
    `update log_checkpoint set note = replace(note, '/', '+') where size = ${LAST_SIZE}`,
  ),
  log(
    'the leaf of heads changed',
    `update log_checkpoint set heads_leaf = replace(heads_leaf, '"streams":"', '"streams":"1') where size = ${LAST_SIZE}`,
  ),
  log(
    'how far a stream goes moved back',
    `update log_stream set seq = seq - 1 where stream <> 'service'`,
  ),
  log('the latest checkpoint deleted', `delete from log_checkpoint where size = ${LAST_SIZE}`),
  {
    name: 'an older backup of the log tables restored',
    where: 'log tables',
    alter: async (rows) => logAsOf(rows, await sizeBefore(rows)),
  },
  { name: 'an older backup of the whole database restored', where: 'database', from: EARLIER },
  {
    name: 'an entry edited, and the log re-signed with its own key',
    where: 'log tables',
    alter: async (rows, { stream }) => {
      await chained(editOne)(rows, stream);
      await logAsOf(rows, 0);
    },
    isResealed: true,
  },
  {
    name: 'an entry edited, and the log re-signed with another key',
    where: 'log tables',
    alter: async (rows, { stream }) => {
      await chained(editOne)(rows, stream);
      await logAsOf(rows, 0);
      await rows('delete from log_key');
    },
    isResealed: true,
    hasOtherKey: true,
  },
  { name: 'a fork: another history shown to another party', where: 'log tables', isFork: true },
];

const money = (name, text) => sql('money tables', name, text);
const LINE_OF_CLAIM =
  '(computation_id, line_no) in (select computation_id, line_no from claim_line order by 1, 2 limit 1)';
const UNCLAIMED = `(computation_id, line_no) in (select l.computation_id, l.line_no from payment_line l left join claim_line c
  using (computation_id, line_no) where c.claim_id is null and l.amount_minor > 0 order by 1, 2 limit 1)`;

const record = (name, text) => sql('record', name, text);
const ONE_MEASUREMENT = `(participant_id, occurrence) = (select m.participant_id, m.occurrence from measurement m
  where m.status = 'recorded' and m.occurrence <> 'baseline' and m.value > 3 order by 1, 2 limit 1)`;
/** Two lines of one computation that no claim has. */
const TWO_UNCLAIMED = `select l.computation_id, l.line_no, row_number() over (order by l.computation_id, l.line_no) as n
  from payment_line l left join claim_line c using (computation_id, line_no)
 where c.claim_id is null and l.amount_minor > 100
   and l.computation_id = (select l.computation_id from payment_line l left join claim_line c using (computation_id, line_no)
                            where c.claim_id is null and l.amount_minor > 100
                            group by 1 having count(*) > 1 order by 1 limit 1)
 order by 1, 2 limit 2`;

/** What payments rest on, and where nothing but a replay looks. */
const RECORD = [
  record(
    'a stored measurement',
    `update measurement set value = value - 1 where ${ONE_MEASUREMENT}`,
  ),
  record(
    'the day of a measurement',
    `update measurement set measured_on = measured_on + 1 where ${ONE_MEASUREMENT}`,
  ),
  record('a measurement deleted', `delete from measurement where ${ONE_MEASUREMENT}`),
  record(
    'a measurement added under the entry of an import',
    `insert into measurement select participant_id, recorded_seq, version, measured_on, metric, occurrence || '/2', status,
       value, mode, items, note, ended_on, correction_reason from measurement where ${ONE_MEASUREMENT}`,
  ),
  record(
    'an enrolment',
    'update enrolment set started_on = started_on + 1 where participant_id = (select min(participant_id) from enrolment)',
  ),
  record(
    'a reference exchanged for another',
    `update participant set reference = reference || 'x' where id = (select min(participant_id) from enrolment)`,
  ),
  record(
    'an amount moved between two lines that nobody claimed',
    `update payment_line l set amount_minor = l.amount_minor + case two.n when 1 then 100 else -100 end
       from (${TWO_UNCLAIMED}) two where l.computation_id = two.computation_id and l.line_no = two.line_no`,
  ),
  record(
    'the sentence of a payment line',
    `update payment_line set explanation = 'Nothing is payable.' where ${LINE_OF_CLAIM}`,
  ),
];

const MONEY = [
  money(
    'the amount of a claimed payment line',
    `update payment_line set amount_minor = amount_minor + 100 where ${LINE_OF_CLAIM}`,
  ),
  money(
    'the amount of a payment line that nobody claimed',
    `update payment_line set amount_minor = amount_minor + 100 where ${UNCLAIMED}`,
  ),
  money(
    'the total of a computation',
    `update payment_computation set total_minor = total_minor + 100 where state = 'computed' and number = 1`,
  ),
  money(
    'the total of a claim',
    'update claim set total_minor = total_minor + 100 where number = 1',
  ),
  money('a line of a claim deleted', `delete from claim_line where ${LINE_OF_CLAIM}`),
  money(
    'a decision turned round',
    `update claim_decision set decision = 'approved' where decision = 'returned'`,
  ),
  money(
    'an issued statement changed',
    `update issued_statement set document = replace(document, '"number"', '"numbers"')`,
  ),
  money(
    'a total of an issued statement',
    `update issued_statement set document = jsonb_set(document::jsonb, '{inStatement,amount}', '"1.00"')::text`,
  ),
  money(
    'who decided a line',
    'update claim_decision set decided_by = (select submitted_by from claim limit 1)',
  ),
  money(
    'terms in force changed',
    `update terms_version set document = jsonb_set(document, '{title}', '"Another title"')`,
  ),
];

export const DATABASE_ALTERATIONS = [...ENTRIES, ...LOG, ...MONEY, ...RECORD];
