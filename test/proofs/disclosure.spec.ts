import { describeSecrecy } from '../support/disclosure/secrecy.js';

describeSecrecy(10_000);
