/** The parts of FHIR R4 that responses are written in. Numbers are decimals whose digits are exactly those of the score. */

export interface FhirExtension {
  readonly url: string;
  readonly valueDecimal?: number;
  readonly valueCodeableConcept?: { readonly text: string };
}

export interface FhirAnswer {
  readonly valueCoding?: {
    readonly extension: readonly FhirExtension[];
    readonly system: string;
    readonly code: string;
    readonly display?: string;
  };
  readonly valueDecimal?: number;
  readonly valueQuantity?: { readonly value: number; readonly unit: string };
}

export interface FhirResponseItem {
  readonly linkId: string;
  readonly text?: string;
  readonly answer: readonly FhirAnswer[];
}

/** One set of answers, or one score, of one participant on one day. */
export interface QuestionnaireResponse {
  readonly resourceType: 'QuestionnaireResponse';
  readonly id: string;
  readonly extension?: readonly FhirExtension[];
  readonly identifier: { readonly system: string; readonly value: string };
  /** The instrument and its version. */
  readonly questionnaire: string;
  readonly status: 'completed' | 'amended' | 'entered-in-error';
  readonly subject: { readonly identifier: { readonly system: string; readonly value: string } };
  /** The day of the measurement. */
  readonly authored: string;
  readonly item: readonly FhirResponseItem[];
}

export interface FhirBundleEntry {
  readonly fullUrl: string;
  readonly resource: QuestionnaireResponse;
}

/** A collection of responses. The tag says whether the contract is a real one or illustrative (ruling 9). */
export interface FhirBundle {
  readonly resourceType: 'Bundle';
  readonly meta: { readonly tag: readonly { readonly system: string; readonly code: string }[] };
  readonly type: 'collection';
  readonly entry: readonly FhirBundleEntry[];
}
