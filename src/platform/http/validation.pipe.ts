import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { Fault } from '../../domain/shared/domain-error.js';
import { ValidationFailed } from './malformed-request.js';

/** Reads a body or query into its DTO; unknown properties are refused, and every fault is listed with its path. */
export const createValidationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new ValidationFailed(faultsOf(errors, '')),
  });

function faultsOf(errors: readonly ValidationError[], above: string): Fault[] {
  return errors.flatMap((error) => {
    const at = `${above}/${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      at,
      code: rule === 'whitelistValidation' ? 'UNKNOWN_PROPERTY' : codeOf(rule),
      detail:
        rule === 'whitelistValidation' ? `There is no property "${error.property}".` : message,
    }));
    return [...own, ...faultsOf(error.children ?? [], at)];
  });
}

const codeOf = (rule: string): string => rule.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
