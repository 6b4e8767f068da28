import { EVERY_MARK } from '../../../test/support/every-mark.terms.js';
import { activationProblems } from './activation/activation-problems.js';
import { parseTerms } from './parse.js';

it.each([...EVERY_MARK])('terms of %s can be brought into force', (_, document) => {
  expect(activationProblems(parseTerms(document))).toEqual([]);
});
