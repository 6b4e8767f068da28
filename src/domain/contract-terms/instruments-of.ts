import type { Instrument } from '../instruments/instrument.js';
import { instrumentsBy } from '../instruments/registry.js';
import type { TermsInForce } from './terms-in-force.js';

/**
 * The instruments that a contract's measurements may be taken with: the built-in ones and those that any edition brings,
 * as the latest that has them defines them.
 */
export function instrumentsOf(versions: readonly TermsInForce[]): ReadonlyMap<string, Instrument> {
  const own = versions.flatMap(({ terms }) => terms.instruments ?? []);
  return instrumentsBy(own);
}
