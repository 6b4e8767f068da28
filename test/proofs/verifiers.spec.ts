import { describeAgreement } from '../support/bundles/agreement.js';

// all of it takes half an hour: npm run test:long
describeAgreement({ honestHistories: 300, bundles: 3_000, eachByte: 97 });
