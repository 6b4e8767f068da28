import type { AuditPayloads } from '../audit/entry-types.js';
import { counted, day, listed, type Sentences } from './words.js';

type RecordType =
  | `${'participants' | 'measurements' | 'figures' | 'effects'}.imported`
  | `participant.${'enrolled' | 'erased' | 'erased-again'}`
  | 'enrolment.corrected'
  | `identifiers.${'recorded' | 'read' | 'erased'}`
  | 'consent.recorded'
  | 'participant-keys.rewrapped'
  | 'subject-access.exported'
  | `measurement.${'recorded' | 'corrected'}`
  | 'figures.submitted'
  | `effect.${'signed' | 'superseded'}`;

const ERASED: Readonly<Record<string, string>> = {
  record: 'the words about them',
  identity: 'who they are',
};
const erased = (what: readonly string[]): string => listed(what.map((one) => ERASED[one] ?? one));

type Import = AuditPayloads['participants.imported'];
const imported = (
  what: string,
  { rows, rowsNew, rowsCorrected, rowsUnchanged, fileSha256 }: Import,
): string =>
  `imported a file of ${what}: ${counted(rows, 'row')}, of which ${rowsNew} new, ${rowsCorrected} corrected and ` +
  `${rowsUnchanged} unchanged (SHA-256 ${fileSha256.slice(0, 12)}…)`;

type Measured = AuditPayloads['measurement.recorded'];
const OUTCOMES: Readonly<Record<string, string>> = {
  recorded: '',
  declined: ': the participant declined',
  'could-not-collect': ': it could not be collected',
  void: ': taken back',
};
const measured = ({ reference, metric, occurrence, measuredOn, status }: Measured): string =>
  `${metric} ${occurrence} of participant ${reference}, measured on ${day(measuredOn)}${OUTCOMES[status] ?? `: ${status}`}`;

type Effect = AuditPayloads['effect.signed'];
const effect = ({ metric, cohort, value, n, signedOn }: Effect): string =>
  `result of ${metric}${cohort === '' ? '' : ` for cohort ${cohort}`}${value === null ? '' : `, ${value} over ${n}`}, ` +
  `signed on ${day(signedOn)}`;

/** What is held about participants and groups, and what became of it. */
export const RECORD_SENTENCES: Sentences<RecordType> = {
  'participants.imported': (payload) => imported('participants', payload),
  'measurements.imported': (payload) => imported('measurements', payload),
  'figures.imported': (payload) => imported('figures', payload),
  'effects.imported': (payload) => imported('signed results', payload),
  'participant.enrolled': ({ reference, cohort, startedOn }) =>
    `enrolled participant ${reference} into cohort ${cohort}, from ${day(startedOn)}`,
  'enrolment.corrected': ({ reference, version }) =>
    `corrected the enrolment of participant ${reference} (version ${version})`,
  'identifiers.recorded': ({ reference, identifiers }) =>
    `recorded who participant ${reference} is: ${listed(identifiers)}`,
  'identifiers.read': ({ reference, identifiers }) =>
    `read who participant ${reference} is: ${listed(identifiers)}`,
  'identifiers.erased': ({ reference, because }) =>
    `erased who participant ${reference} is (${because})`,
  'consent.recorded': ({ reference, scope, act }) =>
    `recorded that participant ${reference} has ${act} consent to ${scope}`,
  'participant.erased': ({ reference, erased: what }) =>
    `erased participant ${reference}: ${erased(what)}`,
  'participant.erased-again': ({ reference, erased: what }) =>
    `erased participant ${reference} again after a backup was put back: ${erased(what)}`,
  'participant-keys.rewrapped': ({ keys, authenticators = 0, letters = 0 }) =>
    `moved ${listed([
      `${counted(keys, 'key')} of participants`,
      ...(authenticators > 0 ? [counted(authenticators, 'authenticator')] : []),
      ...(letters > 0 ? [`${counted(letters, 'letter')} that waited`] : []),
    ])} to a new key of the service`,
  'subject-access.exported': ({ reference }) =>
    `exported all that is held about participant ${reference}, for them to have`,
  'measurement.recorded': (payload) => `recorded ${measured(payload)}`,
  'measurement.corrected': (payload) =>
    `corrected ${measured(payload)} (version ${payload.version})`,
  'figures.submitted': ({ figures, corrected }) =>
    `submitted ${counted(figures, 'figure')}, of which ${corrected} corrected`,
  'effect.signed': (payload) => `signed a ${effect(payload)}`,
  'effect.superseded': (payload) =>
    `replaced the ${effect(payload)} (version ${payload.version}, ${payload.status}), because: ${payload.reason}`,
};
