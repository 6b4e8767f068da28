import type { TermsDocument } from '../contract-terms/terms.schema.js';
import { section, sentences, table, type Section, type TermSheet } from './sheet.js';
import { capsSection } from './sections/caps.js';
import { clauseSections } from './sections/clauses.js';
import { comparisonSection } from './sections/comparison.js';
import { measuresSection } from './sections/measures.js';
import { moneySection } from './sections/money.js';
import { partiesSection } from './sections/parties.js';
import { populationSection } from './sections/population.js';
import { privacySection } from './sections/privacy.js';
import { timesSection } from './sections/times.js';

/**
 * The whole of one edition of the terms in plain English: everything that changes the money, and nothing that does not
 * stand in the document. The same terms always give the same sheet.
 */
export const termSheet = (terms: TermsDocument): TermSheet => ({
  title: terms.title,
  standing:
    terms.standing === 'illustrative'
      ? 'Illustrative: the real terms of this contract are not public, so these are an example.'
      : null,
  sections: [
    partiesSection(terms),
    timesSection(terms),
    populationSection(terms),
    privacySection(terms),
    measuresSection(terms),
    comparisonSection(terms),
    ...clauseSections(terms),
    capsSection(terms),
    moneySection(terms),
    planSection(terms),
    section('Sources', sentences(...terms.sources)),
  ].filter(({ blocks }) => blocks.length > 0),
});

const planSection = ({ plan, currency }: TermsDocument): Section =>
  section(
    'Plan',
    table(
      ['Period', 'Outcomes', `Payments (${currency})`],
      plan.map(({ period, outcomes, amount }) => [period, String(outcomes), amount]),
    ),
  );
