import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { freeTextFault, MAX_TEXT_LENGTH } from '../domain/outcomes/free-text.js';
import { PlainText } from '../platform/http/plain-text.decorator.js';

const CODES = ['TEXT_IDENTIFIES_A_PERSON', 'FORMULA_CELL'] as const;

/**
 * A reason or a note as a person wrote it about a participant or a line: what a file may not carry in such a text is
 * refused here too, because it is kept for ever in the audit trail.
 */
export const WrittenText = (maxLength: number = MAX_TEXT_LENGTH): PropertyDecorator =>
  applyDecorators(PlainText(maxLength), ...CODES.map(without));

const without = (code: string): PropertyDecorator =>
  ValidateBy({
    name: code,
    validator: {
      validate: (value: unknown) => typeof value !== 'string' || faultIn(value)?.code !== code,
      defaultMessage: (about) => faultIn(String(about?.value))?.detail ?? '',
    },
  });

const faultIn = (text: string) => freeTextFault('', text);
