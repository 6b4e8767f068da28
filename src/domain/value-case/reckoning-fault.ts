import type { Fault } from '../shared/domain-error.js';

/** Ends the reckoning of one figure; gathered with those of the others, so that all are listed. */
export class ReckoningFault extends Error {
  readonly fault: Fault;
  constructor(at: string, code: string, detail: string) {
    super(detail);
    this.fault = { at, code, detail };
  }
}
