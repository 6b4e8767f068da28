/** One table or list of the report, before anybody decides how it looks. */
export interface Sheet {
  readonly heading: string;
  /** Sentences that stand above the table. */
  readonly above: readonly string[];
  readonly table: SheetTable | null;
  readonly items: readonly string[];
}

export interface SheetTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of figures. */
  readonly right: readonly number[];
}
