import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, MaxLength, ValidateBy, ValidateIf } from 'class-validator';
import { PageQuery } from '../../platform/http/page.dto.js';
import { PlainText } from '../../platform/http/plain-text.decorator.js';
import { WrittenText } from '../written-text.decorator.js';

/** Attributes by their id; what each may be is declared in the terms. */
const AttributesInBody = (nullable: boolean): PropertyDecorator =>
  ValidateBy({
    name: 'attributes',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        Object.values(value).every(
          (one) =>
            ['string', 'number', 'boolean'].includes(typeof one) || (nullable && one === null),
        ),
      defaultMessage: () => 'Give each attribute as a text, a number or true or false.',
    },
  });

const SOME_TEXT = 200;

/** One enrolment. Every rule of the terms is checked, and every fault is listed. */
export class EnrolmentBody {
  /** A pseudonym such as P-0001: never a name, an NHS number or anything else that identifies the person. */
  @IsString()
  @MaxLength(SOME_TEXT)
  reference: string;

  /** The intake, by its id in the terms. */
  @IsString()
  @MaxLength(SOME_TEXT)
  cohort: string;

  /** First day of service: 2015-06-02. */
  @IsString()
  @MaxLength(SOME_TEXT)
  startedOn: string;

  /** Last day of service, where it is over. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  exitedOn?: string;

  /** Why the participant left. */
  @IsOptional()
  @WrittenText(SOME_TEXT)
  exitReason?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @IsOptional()
  @IsObject()
  @AttributesInBody(false)
  attributes?: Record<string, string | number | boolean>;
}

/** The enrolment of a participant whom the terms would refuse, by a payer's decision. */
export class ExceptionBody extends EnrolmentBody {
  /** Why the payer admits the participant all the same. */
  @WrittenText()
  exceptionReason: string;
}

/** A correction: what is left out stays, null takes away. */
export class EnrolmentCorrectionBody {
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  cohort?: string;

  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  startedOn?: string;

  @ApiPropertyOptional({ type: 'string', nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  exitedOn?: string | null;

  @ApiPropertyOptional({ type: 'string', nullable: true })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @WrittenText(SOME_TEXT)
  exitReason?: string | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @IsOptional()
  @IsObject()
  @AttributesInBody(true)
  attributes?: Record<string, string | number | boolean | null>;

  /** Why the record is corrected. */
  @WrittenText()
  reason: string;
}

/** Which participants, and how many. */
export class ParticipantsQuery extends PageQuery {
  /** Only those of one cohort. */
  @IsOptional()
  @PlainText(SOME_TEXT)
  cohort?: string;
}
