import { readdirSync, readFileSync } from 'node:fs';
import { parseTermsSource } from '../../src/domain/contract-terms/parse.js';
import {
  MODIFIER_DOCUMENTS,
  OTHER_DOCUMENTS,
  RULE_DOCUMENTS,
  termsOf,
} from './every-mark.terms.js';
import { fuzz } from './weigh-whatever-activates.js';

const FOLDER = 'examples/contracts';

/** Terms of every rule with anything in any place: each is refused, or can be computed. */
export function fuzzRules(documents: number): void {
  const terms = Object.values(RULE_DOCUMENTS).map((clauses) => termsOf(clauses));
  expectSomeOf(fuzz(terms, documents), documents / 45);
}

/** The same of every step, cap and split. */
export function fuzzSteps(documents: number): void {
  const steps = Object.values(MODIFIER_DOCUMENTS).map((clauses) => termsOf(clauses));
  expectSomeOf(fuzz([...steps, ...Object.values(OTHER_DOCUMENTS)], documents), documents / 45);
}

/** The same of the example contracts. */
export function fuzzExamples(documents: number): void {
  const examples = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => parseTermsSource(readFileSync(`${FOLDER}/${name}/terms.yaml`, 'utf8')));
  expect(examples.length).toBeGreaterThan(0);
  expectSomeOf(fuzz(examples as object[], documents), documents / 100);
}

/** Where nothing is accepted, a fuzz proves nothing about what is. */
function expectSomeOf(found: { activated: number; lines: number }, least: number): void {
  expect(found.activated).toBeGreaterThan(least);
  expect(found.lines).toBeGreaterThan(0);
}
