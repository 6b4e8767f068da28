import { describeSecrecy } from '../../../test/support/disclosure/secrecy.js';

// ten times as many are tried by npm run test:proofs
describeSecrecy(1_000);
