import type { Client } from 'pg';
import { withoutEntry } from '../owner.js';
import type { Part } from './model.js';

/** Six accounts: two of the provider, two of the commissioner, and two that have no part yet. */
export const PARTS: readonly (readonly Part[])[] = [
  ['provider'],
  ['provider'],
  ['commissioner'],
  ['commissioner'],
  [],
  [],
];
/** As many claims as a sequence can make: each takes one line. */
export const LINES = 6;

/** A contract of its own for one sequence. */
export interface World {
  readonly contractId: string;
  readonly computationId: string;
  readonly people: readonly string[];
}

export const DRAFT = { number: 1, documentHash: Buffer.alloc(32, 7) } as const;

/** So many contracts, each with its accounts, a draft to consent to, and a computation with lines, in one round trip. */
export async function makeWorlds(client: Client, count: number): Promise<World[]> {
  const members = PARTS.flatMap((parts, account) => parts.map((part) => `(${account}, '${part}')`));
  await client.query(`
    create temporary table if not exists fresh_world (
      n int, contract_id uuid default gen_random_uuid(), computation_id uuid default gen_random_uuid());
    create temporary table if not exists fresh_account (n int, account int, id uuid default gen_random_uuid());
    truncate fresh_world, fresh_account;
    insert into fresh_world (n) select * from generate_series(1, ${count});
    insert into fresh_account (n, account) select n, a from fresh_world, generate_series(0, ${PARTS.length - 1}) a;
    insert into person (id, email, name) select id, id || '@example.org', 'Account ' || account from fresh_account;`);
  await withoutEntry(client, () =>
    client.query(`
    insert into contract (id, code, title, state, created_by)
      select contract_id, 'world-' || contract_id, 'World', 'active', a.id
        from fresh_world join fresh_account a using (n) where account = 0;
    insert into terms_version (contract_id, number, state, document, document_hash, source, reason, written_by)
      select contract_id, ${DRAFT.number}, 'draft', '{}', '\\x${DRAFT.documentHash.toString('hex')}', '', 'first', a.id
        from fresh_world join fresh_account a using (n) where account = 0;
    insert into membership (contract_id, person_id, party, role, granted_by)
      select contract_id, a.id, m.role, m.role, a.id
        from fresh_world join fresh_account a using (n) join (values ${members.join(', ')}) m (account, role) using (account);
    insert into payment_computation (id, contract_id, number, kind, period_id, period_from, period_to, known_through,
        state, requested_by, lines, currency, total_minor, digest)
      select computation_id, contract_id, 1, 'payable', '2015-Q2', '2015-04-01', '2015-07-01', 1, 'computed', a.id,
             ${LINES}, 'GBP', ${LINES * 100}, '\\x00'
        from fresh_world join fresh_account a using (n) where account = 0;
    insert into payment_line (computation_id, line_no, computation_number, cohort, terms_number, clause, metric,
        occurrence, revision, kind, outcome_on, quantity, unit, rate_minor, uncapped_minor, amount_minor, withheld_minor,
        parts, steps, evidence, explanation)
      select computation_id, no, 1, 'all', 1, '4.1', 'ucla', no::text, 1, 'payment', '2015-05-01', '1', 'point', 100, 100,
             100, 0, '{"council": "100"}', '[]', '{}', 'One point.'
        from fresh_world, generate_series(1, ${LINES}) no;`),
  );
  const { rows } = await client.query<World>(
    `select contract_id as "contractId", computation_id as "computationId", array_agg(a.id order by account) as people
       from fresh_world join fresh_account a using (n) group by 1, 2`,
  );
  return rows;
}
