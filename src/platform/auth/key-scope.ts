import type { Permission } from './permission.js';

/** What a key or a client is narrowed to. It never gives more than its person may do: both must allow an act. */
export interface KeyScope {
  /** Identifiers of contracts; null for every contract of the person. */
  readonly contractIds: readonly string[] | null;
  /** null for all that the person may do. */
  readonly permissions: readonly Permission[] | null;
}

/** Whether a key with this scope reaches a contract; without one it reaches all. */
export const reaches = (scope: KeyScope | undefined, contractId: string): boolean =>
  scope?.contractIds?.includes(contractId) ?? true;

/** Whether a key with this scope may be used for an act; without one it may be used for all. */
export const permits = (scope: KeyScope | undefined, permission: Permission): boolean =>
  scope?.permissions?.includes(permission) ?? true;

/** Whether a key with this scope may be used for an act that is on no contract: one that is narrowed to contracts is for them alone. */
export const permitsBeyondContracts = (
  scope: KeyScope | undefined,
  permission: Permission,
): boolean => (scope === undefined || scope.contractIds === null) && permits(scope, permission);

/** Whether a key is narrowed at all. */
export const isNarrowed = (scope: KeyScope | undefined): boolean =>
  scope !== undefined && (scope.contractIds !== null || scope.permissions !== null);
