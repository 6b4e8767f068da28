/** What a bundle proves: a statement as issued, a claim, a payment line, a participant by reference, or a whole contract. */
export type BundleSubject =
  | { readonly type: 'contract' }
  | { readonly type: 'statement'; readonly period: string; readonly number: bigint }
  | { readonly type: 'claim'; readonly number: bigint }
  | { readonly type: 'line'; readonly line: string }
  | { readonly type: 'participant'; readonly reference: string };
