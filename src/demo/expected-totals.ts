import { readFile } from 'node:fs/promises';

/** What an example must come to: data with its source, shared with the tests. */
export interface ExpectedTotal {
  readonly contract: string;
  /** "3332000.00" */
  readonly total: string;
  readonly source: string;
  readonly periods: readonly { readonly period: string; readonly amount: string }[];
}

/** The files of the project, seen from the compiled program. */
export const projectFile = (path: string): URL => new URL(`../../../${path}`, import.meta.url);

export async function readExpectedTotals(): Promise<readonly ExpectedTotal[]> {
  const text = await readFile(projectFile('test/worked-examples/expected-totals.json'), 'utf8');
  return JSON.parse(text) as ExpectedTotal[];
}
