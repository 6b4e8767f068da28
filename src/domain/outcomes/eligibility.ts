import { z } from 'zod';
import type { Attributes, AttributeValue } from './participant-facts.js';

/** An attribute that the contract declares, so that eligibility can ask about it and uploads can be checked. */
export const attributeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('number'),
    label: z.string().min(1),
    min: z.int().optional(),
    max: z.int().optional(),
  }),
  z.strictObject({ type: z.literal('yes-no'), label: z.string().min(1) }),
  z.strictObject({
    type: z.literal('choice'),
    label: z.string().min(1),
    values: z.array(z.string().min(1)).min(1),
  }),
]);
export type AttributeDeclaration = z.infer<typeof attributeSchema>;

/** The attributes that a contract declares, by name. */
export type AttributeDeclarations = Readonly<Record<string, AttributeDeclaration>>;

/** Who the contract serves, as a boolean expression over declared attributes. */
export type Eligibility =
  | { readonly all: readonly Eligibility[] }
  | { readonly any: readonly Eligibility[] }
  | { readonly atLeast: number; readonly of: readonly Eligibility[] }
  | { readonly not: Eligibility }
  | { readonly attribute: string; readonly is: AttributeValue }
  | { readonly attribute: string; readonly in: readonly AttributeValue[] }
  | {
      readonly attribute: string;
      readonly min?: number | undefined;
      readonly max?: number | undefined;
    };

const value = z.union([z.string(), z.int(), z.boolean()]);
export const eligibilitySchema: z.ZodType<Eligibility> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ all: z.array(eligibilitySchema).min(1) }),
      z.strictObject({ any: z.array(eligibilitySchema).min(1) }),
      z.strictObject({ atLeast: z.int().min(1), of: z.array(eligibilitySchema).min(1) }),
      z.strictObject({ not: eligibilitySchema }),
      z.strictObject({ attribute: z.string(), is: value }),
      z.strictObject({ attribute: z.string(), in: z.array(value).min(1) }),
      z.strictObject({ attribute: z.string(), min: z.int().optional(), max: z.int().optional() }),
    ],
    'Write all, any, not, or atLeast with of; or an attribute with is, in, min or max.',
  ),
);

/** Whether a participant's attributes satisfy the expression. An attribute that was not given satisfies nothing. */
export function isEligible(rule: Eligibility, attributes: Attributes): boolean {
  if ('all' in rule) return rule.all.every((part) => isEligible(part, attributes));
  if ('any' in rule) return rule.any.some((part) => isEligible(part, attributes));
  if ('of' in rule)
    return rule.of.filter((part) => isEligible(part, attributes)).length >= rule.atLeast;
  if ('not' in rule) return !isEligible(rule.not, attributes);
  const given = attributes[rule.attribute];
  if (given === undefined) return false;
  if ('is' in rule) return given === rule.is;
  if ('in' in rule) return rule.in.includes(given);
  return (
    typeof given === 'number' && given >= (rule.min ?? -Infinity) && given <= (rule.max ?? Infinity)
  );
}

/**
 * The rule in words, each attribute by its label: '"Age at the start" is 50 or more and ("Lives alone" is yes or ...)'. An
 * attribute that is not declared goes by its name.
 */
export function eligibilityInWords(
  rule: Eligibility,
  declared: AttributeDeclarations = {},
): string {
  const inWords = (part: Eligibility) => eligibilityInWords(part, declared);
  const list = (parts: readonly Eligibility[], word: string) =>
    parts
      .map((part) => ('attribute' in part ? inWords(part) : `(${inWords(part)})`))
      .join(` ${word} `);
  if ('all' in rule) return list(rule.all, 'and');
  if ('any' in rule) return list(rule.any, 'or');
  if ('of' in rule) return `at least ${rule.atLeast} of: ${rule.of.map(inWords).join('; ')}`;
  if ('not' in rule) return `not (${inWords(rule.not)})`;
  const name = nameOf(rule.attribute, declared);
  if ('is' in rule) return `${name} is ${valueInWords(rule.is)}`;
  if ('in' in rule) return `${name} is one of ${rule.in.map(valueInWords).join(', ')}`;
  if (rule.min !== undefined && rule.max !== undefined)
    return `${name} is ${rule.min} to ${rule.max}`;
  return rule.min !== undefined
    ? `${name} is ${rule.min} or more`
    : `${name} is ${rule.max} or less`;
}

/** An attribute by its label, as a quotation, because labels are whole phrases; by its name where it has none. */
export const nameOf = (attribute: string, declared: AttributeDeclarations): string =>
  Object.hasOwn(declared, attribute) ? `"${declared[attribute]!.label}"` : attribute;

const valueInWords = (given: AttributeValue): string =>
  typeof given === 'boolean' ? (given ? 'yes' : 'no') : String(given);
