import type { Clause, TermsDocument } from '../../contract-terms/terms.schema.js';
import { modifierOf } from '../../modifiers/registry.js';
import { formatMoney, parseMoney } from '../../money/money.js';
import { mechanismOf } from '../../payment-mechanisms/registry.js';
import { section, sentences, steps, table, type Section } from '../sheet.js';

/** One section a clause, under its number: what is paid, the steps in their order, who verifies, what examples give. */
export const clauseSections = (terms: TermsDocument): Section[] =>
  terms.clauses.map((clause) => clauseSection(terms, clause));

export const clauseInWords = (terms: TermsDocument, { rule }: Clause): string => {
  const metrics = new Map(terms.metrics.map((metric) => [metric.id, metric]));
  const words = mechanismOf(rule).inWords(rule, { currency: terms.currency, metrics });
  return `The contract ${words}.`;
};

function clauseSection(terms: TermsDocument, clause: Clause): Section {
  const verifier = terms.parties.find(({ id }) => id === clause.verifiedBy)?.name;
  return section(
    `Clause ${clause.id}: ${clause.title}`,
    sentences(clauseInWords(terms, clause)),
    steps(
      clause.modifiers.map((modifier) =>
        capitalised(`${modifierOf(modifier).inWords(modifier, terms.currency)}.`),
      ),
    ),
    sentences(`Verified by ${verifier ?? clause.verifiedBy}.`),
    table(
      ['Worked example', 'Pays'],
      clause.examples.map(({ name, expect }) => [
        name,
        formatMoney(parseMoney(expect, terms.currency)),
      ]),
    ),
  );
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
