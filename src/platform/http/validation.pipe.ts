import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { Fault } from '../../domain/shared/domain-error.js';
import { ValidationFailed } from './malformed-request.js';

/** Reads a body or query into its DTO; unknown properties are refused, and every fault is listed with its path. */
export const createValidationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) => new ValidationFailed(faultsOf(errors, '')),
  });

function faultsOf(errors: readonly ValidationError[], above: string): Fault[] {
  return errors.flatMap((error) => {
    const at = `${above}/${error.property}`;
    const own = ownFault(error);
    const below = faultsOf(error.children ?? [], at);
    return own === null ? below : [{ at, ...own }, ...below];
  });
}

/** Rules that say of what kind a value is. A value of another kind breaks every other rule too, which tells nothing. */
const KINDS = ['isString', 'isInt', 'isNumber', 'isBoolean', 'isObject', 'isArray'];

/** One fault of a property, the one that explains the others. */
function ownFault({ property, value, constraints }: ValidationError): Omit<Fault, 'at'> | null {
  const broken = Object.entries(constraints ?? {});
  const first = broken.find(([rule]) => KINDS.includes(rule)) ?? broken[0];
  if (first === undefined) return null;
  const [rule, message] = first;
  if (rule === 'whitelistValidation')
    return { code: 'UNKNOWN_PROPERTY', detail: `There is no property "${property}".` };
  if (value === undefined && KINDS.includes(rule))
    return { code: 'MISSING', detail: `"${property}" is missing. Give it.` };
  return { code: codeOf(rule), detail: SENTENCES[rule]?.(property, bound(message)) ?? message };
}

/** What a rule asks for, as a person would say it; a rule that has a sentence of its own is not among them. */
const SENTENCES: Readonly<Record<string, (property: string, bound: string) => string>> = {
  isString: (property) => `"${property}" must be a text.`,
  isInt: (property) => `"${property}" must be a whole number.`,
  isNumber: (property) => `"${property}" must be a number.`,
  isBoolean: (property) => `"${property}" must be true or false.`,
  isObject: (property) => `"${property}" must be an object.`,
  isArray: (property) => `"${property}" must be a list.`,
  min: (property, least) => `"${property}" must be ${least} or more.`,
  max: (property, most) => `"${property}" must be ${most} or less.`,
  maxLength: (property, most) => `"${property}" may have ${most} characters at most. Shorten it.`,
  arrayMinSize: (property, least) =>
    `"${property}" must hold ${least} or more. Give at least ${least}.`,
  arrayMaxSize: (property, most) =>
    `"${property}" may hold ${most} at most. Send the others in another act.`,
  nestedValidation: (property) => `Each of "${property}" must be an object.`,
};

/** The number that a rule of the library ends its own message with, or names in it. */
const bound = (message: string): string => /\d+(?!.*\d)/.exec(message)?.[0] ?? '';

const codeOf = (rule: string): string => rule.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
