import { etagOf } from '../platform/http/etag.js';

/** The entity tag of a claim: its revision rises with every act of decision. */
export const claimTag = (code: string, number: number, revision: number): string =>
  etagOf('claim', code, number, revision);
