import { eligibilityFaults } from '../../outcomes/eligibility-faults.js';
import { checkOf, fault } from './check.js';

/** Columns of participants.csv that every contract has; an attribute of the same name could not be told from them. */
const COLUMNS_OF_EVERY_CONTRACT: ReadonlySet<string> = new Set([
  'reference',
  'cohort',
  'started_on',
  'exited_on',
  'exit_reason',
  'exception_reason',
  'correction_reason',
]);

/** Eligibility asks only about declared attributes, and for answers that they can have; attributes have names of their own. */
export const population = checkOf(['population'], ({ population: { eligibility, attributes } }) => [
  ...Object.keys(attributes)
    .filter((name) => COLUMNS_OF_EVERY_CONTRACT.has(name))
    .map((name) =>
      fault(
        `/population/attributes/${name}`,
        'ATTRIBUTE_NAME_TAKEN',
        `Every upload of participants has a column "${name}" already. Give the attribute another name.`,
      ),
    ),
  ...(eligibility === undefined
    ? []
    : eligibilityFaults(eligibility, attributes, '/population/eligibility')),
]);
