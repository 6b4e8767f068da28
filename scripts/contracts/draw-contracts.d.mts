/** What the table says of an edition of a contract. */
interface EditionDrawn {
  readonly title: string;
  readonly standing: string;
  readonly clauses: readonly {
    readonly rule: { readonly type: string };
    readonly modifiers: readonly { readonly type: string }[];
  }[];
  readonly split: { readonly type: string };
}
export function drawContracts(
  readme: string,
  contracts: readonly {
    readonly code: string;
    readonly editions: readonly EditionDrawn[];
    /** "£3,332,000.00" */
    readonly total: string;
  }[],
): string;
