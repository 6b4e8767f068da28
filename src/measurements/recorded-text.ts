import type { RecordedMeasurement } from './measurements.mapping.js';
import { canonical } from '../domain/shared/canonical.js';

/** What an import's entry commits to of a measurement, apart from whom it is about and its day. */
export type CommittedContent = Pick<
  RecordedMeasurement,
  'metric' | 'occurrence' | 'status' | 'value' | 'mode' | 'items' | 'endedOn'
>;

/**
 * The canonical text of a recorded measurement in the commitment of its import. Notes and reasons are not in it: they are
 * sealed under the participant's key, which authenticates them, and go with it. Nor is the version: of one act there is
 * at most one, and versions stand in the order of their acts.
 */
export const recordedText = (m: CommittedContent): string =>
  canonical([m.metric, m.occurrence, m.status, m.value, m.mode, m.items, m.endedOn]);
