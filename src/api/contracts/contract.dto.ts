import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import type { TermsInput } from '../../contracts/read-terms.js';
import { PlainText } from '../../platform/http/plain-text.decorator.js';
import { TermsInBody } from './terms-input.decorator.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const A_DAY = { message: 'Write a day as year-month-day, such as 2015-06-02.' };

/** A document, as in opening a contract or checking one. */
export class TermsBody {
  @TermsInBody()
  terms: TermsInput;
}

/** A first draft. */
export class NewContractBody extends TermsBody {
  /** For a commissioner's person: the party of these terms that they act for. An administrator leaves it out. */
  @IsOptional()
  @PlainText(100)
  actingFor?: string;
}

/** The replacement of an open draft. */
export class DraftBody extends TermsBody {
  /** First day for which an amendment decides; left out, it stays. A first edition says it in its document. */
  @IsOptional()
  @Matches(DAY, A_DAY)
  effectiveFrom?: string;

  /** Why the terms are amended; left out, it stays. */
  @IsOptional()
  @PlainText(2000)
  reason?: string;
}

/** A new edition of terms that are in force. */
export class AmendmentBody extends TermsBody {
  /** First day for which it decides. */
  @Matches(DAY, A_DAY)
  effectiveFrom: string;

  /** Why the terms are amended. */
  @PlainText(2000)
  reason: string;
}

/** Consent to a draft. */
export class TermsConsentBody {
  /** The documentHash of the draft that was read. */
  @Matches(/^[0-9a-f]{64}$/, {
    message: 'Copy the documentHash of the draft: 64 hexadecimal digits.',
  })
  documentHash: string;
}

const ExampleInBody = (): PropertyDecorator =>
  ValidateBy({
    name: 'exampleInBody',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' ||
        (typeof value === 'object' && value !== null && !Array.isArray(value)),
      defaultMessage: () =>
        'Give the name of a worked example of the clause, or values as an example of the terms schema gives them.',
    },
  });

/** A clause to be tried on typed-in values. */
export class TrialBody {
  /** The terms, where they are in no contract yet. */
  @IsOptional()
  @TermsInBody()
  terms?: TermsInput;

  /** The code of a contract, whose latest edition is tried. */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  contract?: string;

  /** The clause, by its number in the terms. */
  @IsString()
  @MaxLength(60)
  clause: string;

  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }],
    description:
      'The name of a worked example of the clause, or values: participants, figures and effects as in an example of /v1/terms-schema.',
  })
  @ExampleInBody()
  example: string | Readonly<Record<string, unknown>>;
}
