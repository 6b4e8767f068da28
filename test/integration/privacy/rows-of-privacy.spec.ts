// What the database lets anybody do with keys, identifiers and consent, with no guard and no service method in between.
import { DataSource } from 'typeorm';
import { ROLES } from '../../../src/access/permissions.js';
import { onBehalfOf, SERVICE, type Acting } from '../../../src/platform/auth/acting.js';
import { loadConfig } from '../../../src/platform/config/config.js';
import { dataSourceOptions } from '../../../src/platform/database/data-source.js';
import { Database } from '../../../src/platform/database/database.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { manyOrganisations, type Organisations } from '../../support/organisations.js';
import { rowsOfOwner } from '../../support/owner.js';

let source: DataSource;
let transactions: TransactionRunner;
let first: Organisations;
let second: Organisations;
let administrator: Acting;

beforeAll(async () => {
  const made = await manyOrganisations(2);
  [first, second] = made.all as [Organisations, Organisations];
  ({ administrator } = made);
  const config = loadConfig(process.env);
  source = new DataSource(dataSourceOptions(config.databaseUrl));
  transactions = new TransactionRunner(new Database(source, config));
}, 60_000);
afterAll(() => source.destroy());

const participant = async (reference: string, { contractId } = first): Promise<string> => {
  const [row] = await rowsOfOwner<{ id: string }>(
    'select id from participant where contract_id = $1 and reference = $2',
    [contractId, reference],
  );
  return row!.id;
};

class Undone extends Error {}

/** The rows that a statement gives, or the code it is refused with; nothing of it stays. */
async function tried(acting: Acting, sql: string, parameters: readonly unknown[] = []) {
  let given: unknown;
  const attempt = transactions.run(acting, async (tx) => {
    given = await tx.query(sql, parameters);
    throw new Undone();
  });
  return attempt.catch((error: Error & { code?: string }) =>
    error instanceof Undone ? given : (error.code ?? error.message),
  );
}

const everybodyElse = (): Acting[] => [
  ...ROLES.filter((role) => role !== 'provider').map((role) => first.people[role]),
  second.people.provider,
  administrator,
  onBehalfOf(first.people.commissioner.personId, first.contractId),
  ...Object.values(SERVICE).filter((part) => part !== SERVICE.eraser && part !== SERVICE.replayer),
];
/** Parts that may erase without a person who asks. */
const ERASING: readonly Acting[] = [SERVICE.eraser, SERVICE.replayer];
const erase = 'select erase_participant($1, $2, 2) as is_done';

describe('a key', () => {
  it('is destroyed by whoever may erase, and in no other way', async () => {
    const id = await participant('P-1');
    const { provider } = first.people;
    for (const sql of [
      'delete from participant_key',
      `update participant_key set wrapped = '\\x02'`,
      `insert into participant_erasure (participant_id, what, recorded_seq) select id, 'record', 2 from participant`,
      `update enrolment set exit_reason = 'sealed:erased'`,
      `update measurement set note = 'sealed:erased'`,
      `update measurement_recorded set note = 'sealed:erased'`,
    ])
      expect([sql, await tried(provider, sql)]).toEqual([sql, '42501']);
    for (const what of ['record', 'identity']) {
      expect(await tried(provider, erase, [id, what])).toEqual([{ is_done: true }]);
      for (const acting of everybodyElse())
        expect([acting, await tried(acting, erase, [id, what])]).toEqual([acting, '42501']);
    }
    expect(await tried(provider, erase, [await participant('P-1', second), 'record'])).toBe(
      '42501',
    );
    expect(await tried(provider, erase, ['0', 'record'])).toBe('42501'); // nobody has it
  });

  it('is said to be destroyed once', async () => {
    const id = await participant('P-2'); // whose identifiers are erased already
    expect(await tried(first.people.provider, erase, [id, 'identity'])).toEqual([
      { is_done: false },
    ]);
  });

  it('of a record is made by whoever writes it, and of an identity by the provider alone', async () => {
    const id = await participant('P-2', first);
    const make = `insert into participant_key (participant_id, purpose, wrapped) values ($1, $2, '\\x01') returning purpose`;
    const { provider, commissioner, verifier } = first.people;
    expect(await tried(commissioner, make, [id, 'record'])).toEqual([{ purpose: 'record' }]); // for an exception
    expect(await tried(verifier, make, [id, 'record'])).toBe('42501');
    expect(await tried(commissioner, make, [id, 'identity'])).toBe('42501');
    expect(await tried(second.people.provider, make, [id, 'record'])).toBe('42501');
    expect(await tried(provider, make, [id, 'identity'])).toBe('23001'); // erased: it gets no new key
  });

  it('is wrapped anew by the rewrapper alone, which sees no row of any table of participants', async () => {
    const id = await participant('P-1');
    const keys = `select purpose, reference from keys_wrapped($1::bigint - 1, 'x', 1)`;
    const wrap = `select wrap_key_anew($1, 'record', '\\x02')`;
    expect(await tried(SERVICE.rewrapper, keys, [id])).toEqual([
      { purpose: 'identity', reference: 'P-1' },
    ]);
    expect(await tried(SERVICE.rewrapper, wrap, [id])).toHaveLength(1);
    for (const acting of [first.people.provider, ...everybodyElse(), ...ERASING]) {
      if (acting === SERVICE.rewrapper) continue;
      expect([acting, await tried(acting, keys, [id])]).toEqual([acting, []]);
      expect([acting, await tried(acting, wrap, [id])]).toEqual([acting, '42501']);
    }
  });
});

describe('the eraser', () => {
  it('finds whose identifiers are held, erases those, and no record', async () => {
    const held = 'select reference, contract_id from identities_held(0, 10) order by contract_id';
    const id = await participant('P-1');
    expect(await tried(SERVICE.eraser, held)).toEqual(
      [first, second]
        .map(({ contractId }) => ({ reference: 'P-1', contract_id: contractId }))
        .sort((a, b) => (a.contract_id < b.contract_id ? -1 : 1)),
    );
    expect(await tried(SERVICE.eraser, erase, [id, 'identity'])).toEqual([{ is_done: true }]);
    expect(await tried(SERVICE.eraser, erase, [id, 'record'])).toBe('42501');
    for (const acting of [first.people.provider, ...everybodyElse(), SERVICE.replayer])
      expect([acting, await tried(acting, held)]).toEqual([acting, []]);
  });
});

describe('the replayer', () => {
  const [recorded, missing] = [
    'select reference, what from erasures_recorded() where contract = $1',
    `select reference, what from erasures_missing(array[$1, $1, $1, 'none'], array['P-1', 'P-2', 'P-3', 'P-1'],
       array['record', 'identity', 'record', 'record'])`,
  ];

  it('is told who is erased and who is not any more, and erases whoever it is', async () => {
    const [{ code } = { code: '' }] = await rowsOfOwner<{ code: string }>(
      'select code from contract where id = $1',
      [first.contractId],
    );
    expect(await tried(SERVICE.replayer, recorded, [code])).toEqual([
      { reference: 'P-2', what: 'identity' },
    ]);
    expect(await tried(SERVICE.replayer, missing, [code])).toEqual([
      { reference: 'P-1', what: 'record' },
    ]);
    for (const what of ['record', 'identity'])
      expect(await tried(SERVICE.replayer, erase, [await participant('P-1'), what])).toEqual([
        { is_done: true },
      ]);
    for (const acting of [first.people.provider, ...everybodyElse(), SERVICE.eraser])
      for (const sql of [recorded, missing])
        expect([acting, await tried(acting, sql, [code])]).toEqual([acting, []]);
  });
});

describe('parts of the service', () => {
  it.each([
    [SERVICE.eraser, 'identifiers.erased'],
    [SERVICE.replayer, 'participant.erased-again'],
    [SERVICE.rewrapper, 'participant-keys.rewrapped'],
  ] as const)('write down their own act and nothing else: %j, %s', async (part, own) => {
    const write = (type: string, stream: string, person: string | null = null) =>
      tried(
        part,
        `insert into audit_entry (stream, seq, type, person_id, duty, recorded_at, body, previous_hash, hash, salt)
         values ($1, $4, $2, $3, 'service', now(), '{}', $5, '\\x01', sha256('salt'))`,
        stream === 'service'
          ? [stream, type, person, 1, Buffer.from([0])]
          : [stream, type, person, 2, Buffer.from([1])], // the contract has one already
      );
    const isOfContracts = part !== SERVICE.rewrapper;
    expect(await write(own, 'service')).toEqual([]);
    expect(await write(own, first.contractId)).toEqual(isOfContracts ? [] : '42501');
    for (const type of ['claim.decided', 'person.added', 'participant.erased'])
      expect(await write(type, 'service')).toBe('42501');
    expect(await write(own, 'service', first.people.provider.personId)).toBe('42501');
  });
});

describe('that a person is on another contract too', () => {
  const ask = `select e.* from payment_computation c, lines_elsewhere(array[c.id, c.id], array[1, 2]) e`;
  const askOf = 'select * from lines_elsewhere(array[$1::uuid], array[1])';

  it('is told of lines that one may read, without saying where', async () => {
    for (const role of ['provider', 'commissioner', 'top-up-fund', 'verifier'] as const)
      expect(await tried(first.people[role], ask)).toEqual([{ place: 1, same_outcome: true }]);
  });

  it('is told of no other line, whoever asks', async () => {
    const [row] = await rowsOfOwner<{ id: string }>(
      'select id from payment_computation where contract_id = $1',
      [first.contractId],
    );
    const outsiders: Acting[] = [
      ...ROLES.map((role) => second.people[role]),
      first.people.investor,
      first.people['fund-manager'],
      first.people.observer,
      administrator,
      ...Object.values(SERVICE),
    ];
    for (const acting of outsiders)
      expect([acting, await tried(acting, askOf, [row!.id])]).toEqual([acting, []]);
    expect(await tried(first.people.verifier, askOf, [row!.id])).toHaveLength(1);
  });

  it('is told by tokens that nobody but the provider sees', async () => {
    const tokens = 'select match_tokens from participant_key where match_tokens <> $1';
    expect(await tried(first.people.provider, tokens, ['{}'])).toHaveLength(1);
    for (const acting of everybodyElse())
      if (acting !== second.people.provider)
        expect([acting, await tried(acting, tokens, ['{}'])]).toEqual([acting, []]);
  });
});
