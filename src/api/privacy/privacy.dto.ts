import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import { CONSENT_SCOPES, type ConsentScope } from '../../domain/privacy/consent.js';
import { PlainText } from '../../platform/http/plain-text.decorator.js';

const SOME_TEXT = 200;

/** Left out: it stays. null: it is taken back. */
const OptionalIdentifier = (): PropertyDecorator => (target, key) => {
  ApiPropertyOptional({ type: 'string', nullable: true })(target, key);
  ValidateIf((_, value) => value !== undefined && value !== null)(target, key);
  PlainText(SOME_TEXT)(target, key);
};

/** Direct identifiers of one participant. Only those that the terms allow are taken. */
export class IdentifiersBody {
  @OptionalIdentifier()
  name?: string | null;

  @OptionalIdentifier()
  dateOfBirth?: string | null;

  @OptionalIdentifier()
  postcode?: string | null;

  @OptionalIdentifier()
  nhsNumber?: string | null;

  @OptionalIdentifier()
  phone?: string | null;

  @OptionalIdentifier()
  email?: string | null;
}

/** Consent that a participant gave or withdrew. */
export class ConsentBody {
  @IsIn(CONSENT_SCOPES)
  scope: ConsentScope;

  @IsIn(['given', 'withdrawn'])
  act: 'given' | 'withdrawn';

  /** The day from which it holds: 2016-01-10. */
  @IsString()
  @MaxLength(SOME_TEXT)
  on: string;
}
