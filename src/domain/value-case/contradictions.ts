import type { Fault } from '../shared/domain-error.js';
import { amountFaultsOf } from './contradictions/amounts.js';
import { bandFaults } from './contradictions/bands.js';
import { nameFaults } from './contradictions/names.js';
import { priceYearFaults } from './contradictions/price-years.js';
import { shareFaults } from './contradictions/shares.js';
import type { ValueCase } from './value-case.schema.js';

/** Everything in which a value case contradicts itself, as far as it shows without reckoning. */
export const contradictionsOf = (of: ValueCase): Fault[] =>
  [nameFaults, amountFaultsOf, shareFaults, bandFaults, priceYearFaults].flatMap((find) =>
    find(of),
  );
