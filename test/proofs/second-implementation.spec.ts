import { describeAgreement } from '../second-implementation/agreement.js';

describeAgreement(2_500);
