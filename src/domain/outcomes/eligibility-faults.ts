import type { Fault } from '../shared/domain-error.js';
import type { AttributeDeclaration, AttributeDeclarations, Eligibility } from './eligibility.js';
import type { AttributeValue } from './participant-facts.js';

/** What makes an expression unanswerable: attributes that are not declared, and answers that nobody could give. */
export function eligibilityFaults(
  rule: Eligibility,
  declared: AttributeDeclarations,
  at: string,
): Fault[] {
  const parts = (list: readonly Eligibility[], name: string) =>
    list.flatMap((part, i) => eligibilityFaults(part, declared, `${at}/${name}/${i}`));
  if ('all' in rule) return parts(rule.all, 'all');
  if ('any' in rule) return parts(rule.any, 'any');
  if ('not' in rule) return eligibilityFaults(rule.not, declared, `${at}/not`);
  if ('of' in rule)
    return [
      ...(rule.atLeast > rule.of.length
        ? [
            {
              at: `${at}/atLeast`,
              code: 'COUNT_TOO_HIGH',
              detail: `${rule.atLeast} of ${rule.of.length} conditions can never be met.`,
            },
          ]
        : []),
      ...parts(rule.of, 'of'),
    ];
  const declaration = Object.hasOwn(declared, rule.attribute)
    ? declared[rule.attribute]
    : undefined;
  if (declaration === undefined)
    return [
      {
        at: `${at}/attribute`,
        code: 'ATTRIBUTE_UNDECLARED',
        detail: `"${rule.attribute}" is not declared under population.attributes.`,
      },
    ];
  if ('is' in rule) return answerFaults(declaration, rule.is, `${at}/is`);
  if ('in' in rule) return rule.in.flatMap((v, i) => answerFaults(declaration, v, `${at}/in/${i}`));
  return rangeFaults(declaration, rule, at);
}

function answerFaults(declaration: AttributeDeclaration, answer: AttributeValue, at: string) {
  const refuse = (detail: string): Fault[] => [{ at, code: 'ANSWER_IMPOSSIBLE', detail }];
  switch (declaration.type) {
    case 'yes-no':
      return typeof answer === 'boolean'
        ? []
        : refuse(`${declaration.label} is answered with true or false.`);
    case 'choice':
      return declaration.values.some((value) => value === answer)
        ? []
        : refuse(`${declaration.label} is one of: ${declaration.values.join(', ')}.`);
    case 'number':
      return typeof answer === 'number' ? [] : refuse(`${declaration.label} is a number.`);
  }
}

function rangeFaults(
  declaration: AttributeDeclaration,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
  at: string,
): Fault[] {
  const refuse = (code: string, detail: string): Fault[] => [{ at, code, detail }];
  if (min === undefined && max === undefined)
    return refuse('CONDITION_MISSING', 'Say what the attribute must be: is, in, min or max.');
  if (declaration.type !== 'number')
    return refuse('ANSWER_IMPOSSIBLE', `${declaration.label} is not a number. Use is or in.`);
  if (min !== undefined && max !== undefined && min > max)
    return refuse('RANGE_BACKWARD', `Nothing is ${min} or more and ${max} or less.`);
  return [];
}
