import type { Permission } from '../platform/auth/permission.js';

/** What a party is in a contract. */
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

const MONEY_READING = [
  'computation:read',
  'line:read',
  'claim:read',
  'statement:read',
  'audit:read',
  'audit:verify',
] as const satisfies readonly Permission[];

/** The one table of who may do what on a contract. What is not in it is refused. */
export const PERMISSIONS_OF_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  provider: [
    'contract:read',
    'contract:consent',
    'participant:read',
    'participant:write',
    'participant:erase', // the provider is who participants turn to
    'participant:export',
    'identity:read', // no other party learns who anybody is
    'identity:write',
    'consent:write',
    'measurement:read',
    'measurement:write',
    'figure:read',
    'figure:submit',
    'effect:read',
    'computation:request',
    'computation:cancel',
    'claim:submit',
    ...MONEY_READING,
  ],
  commissioner: [
    'contract:read',
    'contract:draft',
    'contract:consent',
    'contract:amend',
    'participant:read',
    'participant:admit', // only payers may admit somebody whom the terms would refuse
    'measurement:read',
    'figure:read',
    'effect:read',
    'computation:request',
    'computation:cancel',
    'claim:decide',
    'claim:oversee',
    'statement:issue',
    ...MONEY_READING,
  ],
  'top-up-fund': ['contract:read', 'figure:read', 'effect:read', 'claim:oversee', ...MONEY_READING],
  verifier: [
    'contract:read',
    'participant:read',
    'measurement:read',
    'figure:read',
    'effect:read',
    'effect:sign', // of the party that the metric names as its evaluator
    'claim:oversee', // not the provider: it is about whether those who pay decided by themselves
    ...MONEY_READING,
  ],
  investor: ['contract:read', 'statement:read', 'audit:verify'],
  'fund-manager': ['contract:read', 'statement:read', 'audit:verify'],
  observer: ['contract:read'],
};

/** What an administrator may do on any contract. No party's act is in it: an administrator never acts as a party. */
export const PERMISSIONS_OF_ADMINISTRATOR: readonly Permission[] = [
  'contract:read',
  'contract:draft',
  'person:manage',
  'member:manage',
  'organisation:manage', // a manager of an organisation holds it for that organisation alone
];
