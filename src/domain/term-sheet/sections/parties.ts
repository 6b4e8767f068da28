import type { TermsDocument } from '../../contract-terms/terms.schema.js';
import { section, table, type Section } from '../sheet.js';

const ROLE_IN_WORDS: Readonly<Record<TermsDocument['parties'][number]['role'], string>> = {
  provider: 'provider',
  commissioner: 'commissioner',
  'top-up-fund': 'top-up fund',
  verifier: 'verifier',
  investor: 'investor',
  'fund-manager': 'fund manager',
  observer: 'observer',
};

export const partiesSection = ({ parties }: TermsDocument): Section =>
  section(
    'Parties',
    table(
      ['Short name', 'Party', 'Role'],
      parties.map(({ id, name, role }) => [id, name, ROLE_IN_WORDS[role]]),
    ),
  );
