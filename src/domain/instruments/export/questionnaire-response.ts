import { itemsOf, type Instrument, type Item } from '../instrument.js';
import type { Mode } from '../mode.js';
import type { Score } from '../scale.js';
import { countOf, type ItemResponses } from '../score.js';
import type {
  FhirAnswer,
  FhirBundle,
  FhirBundleEntry,
  FhirResponseItem,
  QuestionnaireResponse,
} from './fhir-resources.js';

const ORDINAL_VALUE = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const COMPLETION_MODE =
  'http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode';

/** A score or answers as they are recorded, with the participant and the instrument they belong to. */
export interface RecordedResponse {
  readonly contract: string;
  readonly participant: string;
  readonly metric: string;
  readonly instrument: Instrument;
  readonly subscale: string | undefined;
  readonly occurrence: string;
  readonly version: number;
  readonly measuredOn: string;
  /** What was taken back is exported as entered in error, so that whoever has it already learns of it. */
  readonly isVoid: boolean;
  readonly value: Score | null;
  readonly items: ItemResponses | null;
  readonly mode: Mode | null;
}

/**
 * A recorded response as FHIR: each answer with what it counts, and the score. Questions and answers are worded only
 * where the licence lets them be kept; the score stands without wording. The participant is the pseudonymous reference.
 */
export function questionnaireResponse(recorded: RecordedResponse): FhirBundleEntry {
  const { contract, participant, metric, occurrence, version, instrument, mode } = recorded;
  const name = [metric, occurrence.replace('/', '~'), String(version)].join(':');
  const resource: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse',
    id: idOf(`${participant}.${metric}.${occurrence}.${version}`),
    ...(mode === null
      ? {}
      : { extension: [{ url: COMPLETION_MODE, valueCodeableConcept: { text: mode } }] }),
    identifier: {
      system: `urn:outturn:contract:${contract}:measurement`,
      value: `${participant}:${name}`,
    },
    questionnaire: `urn:outturn:instrument:${instrument.id}|${instrument.version}`,
    status: recorded.isVoid ? 'entered-in-error' : version === 1 ? 'completed' : 'amended',
    subject: {
      identifier: { system: `urn:outturn:contract:${contract}:participant`, value: participant },
    },
    authored: recorded.measuredOn,
    item: recorded.isVoid ? [] : [...answers(recorded), ...score(recorded)],
  };
  return {
    fullUrl: `urn:outturn:contract:${contract}:measurement:${participant}:${name}`,
    resource,
  };
}

/** Responses together, with the standing of their contract. */
export const responseBundle = (
  standing: string,
  entry: readonly FhirBundleEntry[],
): FhirBundle => ({
  resourceType: 'Bundle',
  meta: { tag: [{ system: 'urn:outturn:standing', code: standing }] },
  type: 'collection',
  entry,
});

/** FHIR allows letters, digits, hyphens and points, up to 64; the identifier says the same in full. */
const idOf = (name: string): string => name.replace(/[^A-Za-z0-9.-]/g, '-').slice(0, 64);

function answers({ instrument, items }: RecordedResponse): FhirResponseItem[] {
  if (items === null) return [];
  const isWorded = instrument.kind === 'questionnaire' && instrument.licence === 'whole';
  return itemsOf(instrument)
    .filter(({ id }) => Object.hasOwn(items, id))
    .map((item) => ({
      linkId: item.id,
      ...(isWorded && item.text !== undefined ? { text: item.text } : {}),
      answer: [answerOf(instrument, item, items[item.id]!, isWorded)],
    }));
}

function answerOf(
  instrument: Instrument,
  item: Item,
  value: number,
  isWorded: boolean,
): FhirAnswer {
  const label = item.options.find((option) => option.value === value)?.text;
  return {
    valueCoding: {
      extension: [{ url: ORDINAL_VALUE, valueDecimal: countOf(instrument, item, value) }],
      system: `urn:outturn:instrument:${instrument.id}:${item.id}`,
      code: String(value),
      ...(isWorded && label !== undefined ? { display: label } : {}),
    },
  };
}

function score({ instrument, subscale, value }: RecordedResponse): FhirResponseItem[] {
  if (value === null) return [];
  // at most nine digits before the point and four after it, so that the number is written with exactly these digits
  const number = Number(value);
  return [
    {
      linkId: subscale === undefined ? 'score' : `score:${subscale}`,
      answer: [
        instrument.kind === 'scale'
          ? { valueQuantity: { value: number, unit: instrument.unit } }
          : { valueDecimal: number },
      ],
    },
  ];
}
