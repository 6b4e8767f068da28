import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';

/** A terms document in a body: a text in YAML or JSON, or the JSON itself. What it says is read by the domain. */
export const TermsInBody = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({
      oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }],
      description:
        'The document: a text in YAML or JSON, or the JSON itself. See /v1/terms-schema.',
    }),
    ValidateBy({
      name: 'termsInBody',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string'
            ? value.trim() !== ''
            : typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: () =>
          'Give the terms as a text in YAML or JSON, or as a JSON object beginning with "format".',
      },
    }),
  );
