import { excerpt } from '../../shared/excerpt.js';
import type { AnswerOption } from '../instrument.js';

/** Where FHIR says what an answer counts: R4 calls it ordinalValue, R5 itemWeight. */
const WEIGHTS = [
  'http://hl7.org/fhir/StructureDefinition/ordinalValue',
  'http://hl7.org/fhir/StructureDefinition/itemWeight',
];

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that says something, or null. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/**
 * The answers of a choice, each with what it counts. Two answers may count the same, and are then numbered in their
 * order, so that it stays known which was given. What cannot be scored is told to `refuse`.
 */
export function fhirOptions(
  item: Record<string, unknown>,
  name: string,
  refuse: (code: string, detail: string) => void,
): AnswerOption[] {
  const options = listOf(item['answerOption']).filter(isRecord);
  if (options.length < 2) {
    const elsewhere = textOf(item['answerValueSet']);
    if (elsewhere !== null)
      refuse(
        'ANSWERS_ELSEWHERE',
        `The answers of ${name} stand in the value set ${excerpt(elsewhere)}. Write them as answerOption, each with its ordinalValue.`,
      );
    else refuse('ANSWERS_MISSING', `${name} has fewer than two answers to choose from.`);
    return [];
  }
  const weights = options.map(weightOf);
  if (weights.every((weight) => weight === undefined)) {
    refuse(
      'ANSWERS_UNWEIGHTED',
      `No answer of ${name} says what it counts. Give each an ordinalValue, or leave the item out with --without.`,
    );
    return [];
  }
  options.forEach((option, index) => {
    const weight = weights[index];
    const label = labelOf(option) ?? `answer ${index + 1}`;
    if (weight === undefined)
      refuse(
        'ANSWER_UNWEIGHTED',
        `The answer "${excerpt(label)}" of ${name} does not say what it counts. Give it an ordinalValue.`,
      );
    else if (!Number.isInteger(weight) || Math.abs(weight) > 999)
      refuse(
        'WEIGHT_NOT_WHOLE',
        `The answer "${excerpt(label)}" of ${name} counts ${weight}. Answers count whole numbers up to 999.`,
      );
  });
  const distinct = new Set(weights).size === weights.length;
  return options.map((option, index) => {
    const text = labelOf(option);
    const weight = weights[index] ?? 0;
    return {
      ...(distinct ? { value: weight } : { value: index + 1, scores: weight }),
      ...(text === null ? {} : { text }),
    };
  });
}

/** What the answer counts: said on the option, on its coding, or by an answer that is a number itself. */
function weightOf(option: Record<string, unknown>): number | undefined {
  const coding = option['valueCoding'];
  for (const holder of [option, coding]) {
    if (!isRecord(holder)) continue;
    for (const extension of listOf(holder['extension']))
      if (isRecord(extension) && WEIGHTS.includes(textOf(extension['url']) ?? '')) {
        const value = extension['valueDecimal'] ?? extension['valueInteger'];
        if (typeof value === 'number') return value;
      }
  }
  const number = option['valueInteger'];
  return typeof number === 'number' ? number : undefined;
}

function labelOf(option: Record<string, unknown>): string | null {
  const coding = option['valueCoding'];
  if (isRecord(coding)) return textOf(coding['display']) ?? textOf(coding['code']);
  const number = option['valueInteger'];
  return textOf(option['valueString']) ?? (typeof number === 'number' ? String(number) : null);
}
