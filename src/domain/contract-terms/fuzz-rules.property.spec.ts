import { fuzzRules } from '../../../test/support/fuzzed-documents.js';

// five times as many are tried by npm run test:proofs
it('terms of every rule with anything in any place are refused, or can be computed', () =>
  fuzzRules(900));
