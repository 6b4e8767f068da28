import { fuzzExamples } from '../../../test/support/fuzzed-documents.js';

// more are tried by npm run test:proofs
it('terms of the example contracts with anything in any place are refused, or can be computed', () =>
  fuzzExamples(400));
