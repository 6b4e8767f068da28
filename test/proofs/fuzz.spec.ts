import { fuzzExamples, fuzzRules, fuzzSteps } from '../support/fuzzed-documents.js';

describe('ten thousand documents with anything in any place are refused, or can be computed', () => {
  it('terms of every rule', () => fuzzRules(4_500));
  it('terms of every step, cap and split', () => fuzzSteps(4_500));
  it('terms of the example contracts', () => fuzzExamples(1_000));
});
