import { describeAgreement } from '../support/bundles/agreement.js';

describeAgreement({ honestHistories: 10_000, bundles: 20_000, eachByte: 1 });
