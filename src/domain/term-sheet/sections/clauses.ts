import type { Clause, TermsDocument } from '../../contract-terms/terms.schema.js';
import { modifierOf } from '../../modifiers/registry.js';
import { formatMoney, parseMoney } from '../../money/money.js';
import type { Wording } from '../../outcomes/wording.js';
import { mechanismOf } from '../../payment-mechanisms/registry.js';
import { section, sentences, steps, table, type Section } from '../sheet.js';

/** One section a clause, under its number: what is paid, the steps in their order, who verifies, what examples give. */
export const clauseSections = (terms: TermsDocument): Section[] =>
  terms.clauses.map((clause) => clauseSection(terms, clause));

export const clauseInWords = (terms: TermsDocument, { rule }: Clause): string => {
  return `The contract ${mechanismOf(rule).inWords(rule, wordingOf(terms))}.`;
};

const wordingOf = ({ currency, metrics, population }: TermsDocument): Wording => ({
  currency,
  metrics: new Map(metrics.map((metric) => [metric.id, metric])),
  attributes: population.attributes,
});

function clauseSection(terms: TermsDocument, clause: Clause): Section {
  const wording = wordingOf(terms);
  const verifier = terms.parties.find(({ id }) => id === clause.verifiedBy)?.name;
  return section(
    `Clause ${clause.id}: ${clause.title}`,
    sentences(clauseInWords(terms, clause)),
    steps(
      clause.modifiers.map((modifier) =>
        capitalised(`${modifierOf(modifier).inWords(modifier, wording)}.`),
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
