import { isTooDeep } from '../shared/depth.js';
import { tooDeep, type DocumentKind } from '../shared/document-kind.js';
import { readDocument } from '../shared/read-document.js';
import { schemaFaults } from '../shared/schema-faults.js';
import { contradictionsOf } from './contradictions.js';
import { valueCaseSchema, type ValueCase } from './value-case.schema.js';
import { ValueCaseRefused } from './value-case-refused.js';

/** How a value case is spoken of. */
const VALUE_CASE: DocumentKind = {
  whole: 'value case',
  part: 'part',
  code: 'VALUE_CASE',
  format: 'value-case/1',
  refuse: (faults) => new ValueCaseRefused(faults),
};

/** Reads a value case from YAML or JSON. Refuses ValueCaseRefused, with every fault of shape, then every contradiction. */
export const readValueCase = (source: string): ValueCase =>
  parseValueCase(readDocument(source, VALUE_CASE));

/** The same, from plain data. */
export function parseValueCase(data: unknown): ValueCase {
  if (isTooDeep(data)) throw new ValueCaseRefused([tooDeep(VALUE_CASE)]);
  const result = valueCaseSchema.safeParse(data);
  if (!result.success) throw new ValueCaseRefused(schemaFaults(result.error, data, VALUE_CASE));
  const contradictions = contradictionsOf(result.data);
  if (contradictions.length > 0) throw new ValueCaseRefused(contradictions);
  return result.data;
}
