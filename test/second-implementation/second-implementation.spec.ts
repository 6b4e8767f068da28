import { describeAgreement } from './agreement.js';

// ten times as many are tried by npm run test:proofs
describeAgreement(250);
