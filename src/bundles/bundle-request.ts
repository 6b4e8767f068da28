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
  | { readonly type: 'participant'; readonly reference: string }
  /** One act: its entry opened, every other one closed. */
  | { readonly type: 'entry'; readonly seq: bigint };

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
  entry: 'audit:read',
};

/** Whether taking it is reading about individuals: an issued statement names nobody, and an act says no score. */
export const isAboutIndividuals = ({ type }: BundleRequest): boolean =>
  type !== 'statement' && type !== 'entry';

/** What of its kind it is about, as the entry on taking it says. */
export function whichOf(request: BundleRequest): string | null {
  switch (request.type) {
    case 'contract':
    case 'statement':
    case 'entry':
      return null;
    case 'claim':
      return String(request.number);
    case 'line':
      return request.line;
    case 'participant':
      return request.reference;
  }
}

/** The file in which a bundle is taken away. */
export const bundleFile = (code: string, request: BundleRequest) => ({
  name: `${code}-${request.type}${request.type === 'entry' ? `-${request.seq}` : ''}.bundle`,
  type: 'application/jsonl; charset=utf-8',
});
