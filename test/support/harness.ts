// Everything a journey needs, by one import.
export {
  aContract,
  aPerson,
  ContractBuilder,
  measurementsCsv,
  participantsCsv,
} from './contract.js';
export type { Enrolment, Score, TestContract } from './contract.js';
export { TestPerson } from './person.js';
export type { ActOptions } from './person.js';
export { problemIn } from './problem.js';
export { startTestApp, startTestWorker } from './service.js';
export type { TestApp } from './service.js';
export { trialTerms } from './trial-terms.js';
export { compute, jobEnded, waitUntil } from './wait.js';
