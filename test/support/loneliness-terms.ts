import { readFileSync } from 'node:fs';
import { parseTermsSource } from '../../src/domain/contract-terms/parse.js';

/** The example terms of the loneliness contract as plain data, to be changed by a test. */
export function lonelinessTerms(change: Record<string, unknown> = {}): Record<string, unknown> {
  const source = readFileSync('examples/contracts/worcestershire-loneliness/terms.yaml', 'utf8');
  return { ...(parseTermsSource(source) as Record<string, unknown>), ...change };
}
