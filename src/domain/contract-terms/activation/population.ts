import { eligibilityFaults } from '../../outcomes/eligibility-faults.js';
import { checkOf } from './check.js';

/** Eligibility asks only about declared attributes, and for answers that they can have. */
export const population = checkOf(['population'], ({ population: { eligibility, attributes } }) =>
  eligibility === undefined
    ? []
    : eligibilityFaults(eligibility, attributes, '/population/eligibility'),
);
