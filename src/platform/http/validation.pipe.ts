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
  return { code: codeOf(rule), detail: message };
}

const codeOf = (rule: string): string => rule.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
