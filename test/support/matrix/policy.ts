/**
 * Who may do what, declared by itself: it is what the service is held to, so nothing of it is taken from the service. A
 * role of a contract is one of seven; an administrator and a manager of an organisation are none of them.
 */
export const ROLES = [
  'provider',
  'commissioner',
  'top-up-fund',
  'verifier',
  'investor',
  'fund-manager',
  'observer',
] as const;
export type Role = (typeof ROLES)[number];

const PAYERS: readonly Role[] = ['commissioner', 'top-up-fund'];
const KEEPERS: readonly Role[] = ['provider', ...PAYERS, 'verifier'];
const CLOSE: readonly Role[] = ['provider', 'commissioner', 'verifier'];
const MONEY: readonly Role[] = [...KEEPERS, 'investor', 'fund-manager'];

/** Roles that may, and whether an administrator may. */
interface Holders {
  readonly roles: readonly Role[];
  readonly administrator?: true;
}

export const HOLDERS: Readonly<Record<string, Holders>> = {
  'contract:read': { roles: ROLES, administrator: true },
  'contract:draft': { roles: ['commissioner'], administrator: true },
  'contract:consent': { roles: ['provider', 'commissioner'] },
  'contract:amend': { roles: ['commissioner'] },
  'participant:read': { roles: CLOSE },
  'participant:write': { roles: ['provider'] },
  'participant:admit': { roles: ['commissioner'] },
  'participant:erase': { roles: ['provider'] },
  'participant:export': { roles: ['provider'] },
  'identity:read': { roles: ['provider'] },
  'identity:write': { roles: ['provider'] },
  'consent:write': { roles: ['provider'] },
  'measurement:read': { roles: CLOSE },
  'measurement:write': { roles: ['provider'] },
  'figure:read': { roles: KEEPERS },
  'figure:submit': { roles: ['provider'] },
  'effect:read': { roles: KEEPERS },
  'effect:sign': { roles: ['verifier'] },
  'computation:read': { roles: KEEPERS },
  'computation:request': { roles: ['provider', 'commissioner'] },
  'computation:cancel': { roles: ['provider', 'commissioner'] },
  'line:read': { roles: KEEPERS },
  'claim:submit': { roles: ['provider'] },
  'claim:read': { roles: KEEPERS },
  'claim:decide': { roles: ['commissioner'] },
  'claim:oversee': { roles: [...PAYERS, 'verifier'] },
  'statement:read': { roles: MONEY },
  'statement:issue': { roles: ['commissioner'] },
  'audit:read': { roles: KEEPERS },
  'audit:verify': { roles: MONEY },
  'person:manage': { roles: [], administrator: true },
  'member:manage': { roles: [], administrator: true },
  'organisation:manage': { roles: [], administrator: true },
};

/** What a route is about, which decides to whom it is invisible. */
export type About =
  | 'nobody' // open to everybody
  | 'oneself' // open to whoever is signed in
  | 'service' // administrators
  | 'opening' // administrators, and whoever acts as a commissioner anywhere
  | 'contract' // whoever has a part in it
  | 'party' // as a contract, and the managers of the organisation that the party is
  | 'organisation'; // whoever belongs to it

/** What stands in the service, in one of its states; absent is what never was there. */
export interface Thing {
  readonly state: string;
  /** Where it is: in the contract under test, in its sibling that is a draft, or nowhere. */
  readonly within: 'active' | 'draft' | null;
}

export interface Somebody {
  readonly name: string;
  readonly isStranger?: boolean;
  readonly isAdministrator?: boolean;
  /** Roles at present in the contract under test and in its draft sibling. */
  readonly roles: readonly Role[];
  /** Roles at present in a third contract. */
  readonly elsewhere: readonly Role[];
  /** In the organisation that the verifying party is. */
  readonly belongs?: boolean;
  readonly manages?: boolean;
}

/**
 * What a key is narrowed to: some acts, the contract under test (and not its draft), or another contract. It takes away and
 * never adds.
 */
export interface Narrowing {
  readonly name: string;
  readonly permissions: readonly string[] | null;
  readonly contract: 'active' | 'elsewhere' | null;
}

export type Verdict =
  'not-signed-in' | 'invisible' | 'refused' | 'too-narrow' | 'manages-no-keys' | 'done';

/** What the policy says of one cell. */
export function verdictOf(
  who: Somebody,
  rule: { readonly needs: string; readonly about: About },
  thing: Thing,
): Verdict {
  if (rule.about === 'nobody') return 'done';
  if (who.isStranger) return 'not-signed-in';
  switch (rule.about) {
    case 'oneself':
      return 'done';
    case 'service':
      return who.isAdministrator ? 'done' : 'refused';
    case 'opening':
      return who.isAdministrator || [...who.roles, ...who.elsewhere].includes('commissioner')
        ? 'done'
        : 'refused';
    case 'organisation':
      if (thing.within === null) return 'invisible';
      if (who.isAdministrator || who.manages) return 'done';
      return who.belongs ? 'refused' : 'invisible';
    case 'party':
      if (thing.within !== null && who.manages) return 'done';
      return ofContract(who, rule.needs, thing);
    case 'contract':
      return ofContract(who, rule.needs, thing);
  }
}

function ofContract(who: Somebody, needs: string, thing: Thing): Verdict {
  const holders = HOLDERS[needs];
  if (holders === undefined) throw new Error(`The policy knows no permission ${needs}`);
  if (thing.within === null) return 'invisible';
  if (who.isAdministrator) return holders.administrator ? 'done' : 'refused';
  if (who.roles.length === 0) return 'invisible';
  return who.roles.some((role) => holders.roles.includes(role)) ? 'done' : 'refused';
}

/** Routes by which keys come and go, for oneself or for somebody, and by which one's own are seen. */
const OF_KEYS = /^((POST|DELETE) \/v1\/(me|people\/:personId)|GET \/v1\/me)\/(keys|clients)/;

/** What the policy says of one cell where the key is narrowed. */
export function verdictOfNarrowed(
  who: Somebody,
  narrowing: Narrowing,
  route: string,
  rule: { readonly needs: string; readonly also?: string; readonly about: About },
  thing: Thing,
): Verdict {
  const { contract, permissions } = narrowing;
  const isForIt = [rule.needs, rule.also ?? rule.needs].every(
    (needed) => permissions?.includes(needed) ?? true,
  );
  const isOfContract = rule.about === 'contract' || rule.about === 'party';
  if (isOfContract && contract !== null && thing.within !== contract) return 'invisible';
  const verdict = verdictOf(who, rule, thing);
  if (verdict !== 'done' || rule.about === 'nobody') return verdict;
  if (rule.about === 'oneself') return OF_KEYS.test(route) ? 'manages-no-keys' : 'done';
  const isBeyond = !isOfContract && contract !== null;
  if (isBeyond || rule.about === 'opening' || !isForIt) return 'too-narrow';
  return OF_KEYS.test(route) ? 'manages-no-keys' : 'done';
}
