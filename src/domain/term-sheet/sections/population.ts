import type { TermsDocument } from '../../contract-terms/terms.schema.js';
import { eligibilityInWords, type AttributeDeclaration } from '../../outcomes/eligibility.js';
import { section, sentences, table, type Section } from '../sheet.js';

const UNITS = { person: 'people', household: 'households', practice: 'practices', area: 'areas' };

/** Who is served. */
export const populationSection = ({ population, unitKind }: TermsDocument): Section =>
  section(
    'Who is served',
    sentences(
      population.description,
      `At most ${population.maximum.toLocaleString('en-GB')} ${UNITS[unitKind]}.`,
      population.eligibility === undefined
        ? 'Everyone referred is served.'
        : `Only where ${eligibilityInWords(population.eligibility, population.attributes)}; a payer may approve an exception, which is recorded.`,
    ),
    table(
      ['Attribute', 'Meaning', 'Values'],
      Object.entries(population.attributes).map(([name, declared]) => [
        name,
        declared.label,
        valuesOf(declared),
      ]),
    ),
  );

function valuesOf(declared: AttributeDeclaration): string {
  switch (declared.type) {
    case 'yes-no':
      return 'yes or no';
    case 'choice':
      return declared.values.join(', ');
    case 'number':
      return `a whole number${boundsOf(declared)}`;
  }
}

function boundsOf({ min, max }: { min?: number | undefined; max?: number | undefined }): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of ${min} or more`;
  return max === undefined ? '' : ` of ${max} or less`;
}
