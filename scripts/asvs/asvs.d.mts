export interface Row {
  readonly id: string;
  readonly about: string;
  readonly answer: string;
  readonly proofs: readonly { readonly file: string; readonly title: string }[];
}
export interface Run {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly ancestorTitles: readonly string[];
      readonly status: string;
    }[];
  }[];
}
export function rowsOf(page: string): Row[];
export function faultsOf(
  rows: readonly Row[],
  readFile?: (file: string) => string | null,
): string[];
export function notShownBy(rows: readonly Row[], run: Run): string[];
export function tallyOf(
  rows: readonly Row[],
): Readonly<Record<'shown' | 'by design' | 'n/a' | 'open', number>>;
