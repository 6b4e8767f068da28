import { etagOf } from '../platform/http/etag.js';

/** The entity tag of a contract: its revision rises with every draft, consent and activation. */
export const contractTag = (code: string, revision: number): string =>
  etagOf('contract', code, revision);
