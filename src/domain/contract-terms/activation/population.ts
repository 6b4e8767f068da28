import { attributesAskedAbout } from '../../outcomes/eligibility.js';
import { fault, type ActivationCheck } from './check.js';

/** Eligibility asks only about declared attributes. */
export const population: ActivationCheck = ({ population: { eligibility, attributes } }) =>
  (eligibility === undefined ? [] : [...new Set(attributesAskedAbout(eligibility))])
    .filter((name) => !Object.hasOwn(attributes, name))
    .map((name) =>
      fault(
        '/population/eligibility',
        'ATTRIBUTE_UNDECLARED',
        `Eligibility asks about "${name}", which is not declared under population.attributes.`,
      ),
    );
