/** Everything that can be allowed or refused, as noun:verb. Which role holds which is one table, in src/access. */
export const PERMISSIONS = [
  'contract:read',
  'contract:draft',
  'contract:consent',
  'contract:amend',
  'participant:read',
  'participant:write',
  'participant:admit',
  'measurement:read',
  'measurement:write',
  'computation:read',
  'computation:request',
  'computation:cancel',
  'line:read',
  'claim:submit',
  'claim:read',
  'claim:decide',
  'statement:read',
  'audit:read',
  'person:manage',
  'member:manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
