/** How an enrolment is stored and what is committed to of it, for those who check a record against its trail. */
export {
  contentOf as contentOfEnrolment,
  recordedText as textOfEnrolment,
  toEnrolledParticipant,
  type EnrolmentRow,
} from './cohorts.mapping.js';
export { openWords as openWordsOfEnrolment } from './enrolment-texts.js';
