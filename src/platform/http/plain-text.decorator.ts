import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Control characters, and those that turn the direction of the text after them, so that it reads as another. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** A text that a person wrote: not blank, not too long, and without control characters or halves of characters. */
export const PlainText = (maxLength: number, options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'plainText',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          value.trim() !== '' &&
          value.length <= maxLength &&
          value.isWellFormed() &&
          !CONTROL.test(value),
        defaultMessage: (about) =>
          `Write ${about?.property ?? 'this'} as a text of 1 to ${maxLength} characters, without control characters.`,
      },
    },
    options,
  );
