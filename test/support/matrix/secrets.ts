import { rowsOfOwner } from '../owner.js';
import { PARTY, type Player, type Stage } from './cast.js';
import type { Cell } from './cells.js';
import { HOLDERS } from './policy.js';

/** Texts that nobody may read who holds none of these permissions. */
export interface Secrets {
  readonly what: string;
  readonly permissions: readonly string[];
  /** Whether who manages the organisation may read them too. */
  readonly managers?: true;
  readonly texts: readonly string[];
}

/** What the contract under test and its draft sibling hold, as the owner of the database sees it. */
export async function secretsOf({ active, draft }: Stage): Promise<Secrets[]> {
  const texts = async (sql: string): Promise<string[]> =>
    (await rowsOfOwner<{ text: string }>(sql, [[active, draft]])).map(({ text }) => text);
  const within = 'join contract c on c.code = any($1) and';
  const members = (which: string): string =>
    `select distinct p.email as text from membership m join person p on p.id = m.person_id ${within} c.id = m.contract_id
      where ${which} and p.id not in (
        select o.person_id from membership o where o.contract_id = m.contract_id and o.party = '${PARTY.verifier}'
           and m.party <> o.party)`;
  return [
    {
      what: 'a participant',
      permissions: ['participant:read', 'line:read'],
      texts: await texts(
        `select '"' || p.reference || '"' as text from participant p ${within} c.id = p.contract_id`,
      ),
    },
    {
      what: 'a computation',
      permissions: ['computation:read'],
      texts: await texts(
        `select q.id::text as text from payment_computation q ${within} c.id = q.contract_id`,
      ),
    },
    {
      what: 'an amount',
      permissions: ['statement:read', 'line:read'],
      texts: ['3960.00', '2376.00', '1584.00', '1980.00'],
    },
    {
      what: 'a line',
      permissions: ['line:read'],
      texts: await texts(
        `select c.code || '.' || l.computation_number || '.' || l.line_no as text
           from payment_line l join payment_computation q on q.id = l.computation_id ${within} c.id = q.contract_id`,
      ),
    },
    {
      what: 'an entry of the trail',
      permissions: ['audit:read', 'audit:verify'],
      texts: await texts(
        `select encode(e.hash, 'hex') as text from audit_entry e ${within} c.id::text = e.stream`,
      ),
    },
    {
      what: 'the terms',
      permissions: ['contract:read'],
      texts: await texts(
        `select encode(t.document_hash, 'hex') as text from terms_version t ${within} c.id = t.contract_id`,
      ),
    },
    // whoever takes part sees the names and addresses of the others beside what they did
    {
      what: 'a member',
      permissions: ['member:manage', 'contract:read'],
      texts: await texts(members(`m.party <> '${PARTY.verifier}'`)),
    },
    {
      what: 'a member whom the organisation lets act',
      permissions: ['member:manage', 'contract:read'],
      managers: true,
      texts: await texts(members(`m.party = '${PARTY.verifier}'`)),
    },
  ];
}

const holds = (player: Player, permission: string): boolean => {
  const { roles, administrator } = HOLDERS[permission]!;
  return player.isAdministrator
    ? administrator === true
    : player.roles.some((role) => roles.includes(role));
};

/** What an answer tells whoever may not know it; what they said themselves is no secret to them. */
export function leakIn(secrets: readonly Secrets[], cell: Cell, answer: string): string | null {
  const { player, request } = cell;
  const said = `${request.path} ${JSON.stringify(request.body ?? '')} ${player.person.email}`;
  for (const { what, permissions, managers, texts } of secrets) {
    if (permissions.some((permission) => holds(player, permission))) continue;
    if (managers && player.manages) continue;
    const told = texts.find(
      (text) => answer.includes(text) && !said.includes(text.replaceAll('"', '')),
    );
    if (told !== undefined) return `${what} (${told})`;
  }
  return null;
}
