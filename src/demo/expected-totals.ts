import { readFile } from 'node:fs/promises';

/** What an example must come to, and how that was reckoned: expected.json of its folder, shared with the tests. */
export interface ExpectedTotal {
  /** "3332000.00" */
  readonly total: string;
  readonly reckoned: string;
  readonly periods?: Readonly<Record<string, string>>;
}

/** The files of the project, seen from the compiled program. */
export const projectFile = (path: string): URL => new URL(`../../../${path}`, import.meta.url);

export async function readExpectedTotal(code: string): Promise<ExpectedTotal> {
  const text = await readFile(projectFile(`examples/contracts/${code}/expected.json`), 'utf8');
  return JSON.parse(text) as ExpectedTotal;
}
