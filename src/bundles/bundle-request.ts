import type { Permission } from '../platform/auth/permission.js';

/** What somebody asks a bundle about. */
export type BundleRequest =
  | { readonly type: 'contract' }
  | {
      readonly type: 'statement';
      readonly period: string;
      /** null for the latest that was issued for the period. */
      readonly number: number | null;
    }
  | { readonly type: 'claim'; readonly number: number }
  | { readonly type: 'line'; readonly line: string }
  | { readonly type: 'participant'; readonly reference: string };

/**
 * Who may have which bundle. Whoever reads issued statements only, as an investor does, may have those of statements: they
 * open no entry that says more than the statement.
 */
export const PERMISSION_FOR: Readonly<Record<BundleRequest['type'], Permission>> = {
  contract: 'audit:read',
  statement: 'statement:read',
  claim: 'claim:read',
  line: 'line:read',
  participant: 'line:read',
};
