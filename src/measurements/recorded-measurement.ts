/** How a measurement is stored and what is committed to of it, for those who check a record against its trail. */
export {
  contentOf as contentOfMeasurement,
  openWords as openWordsOfMeasurement,
  toRecordedMeasurement,
  type MeasurementRow,
  type RecordedMeasurement,
} from './measurements.mapping.js';
export { recordedText as textOfMeasurement } from './recorded-text.js';
