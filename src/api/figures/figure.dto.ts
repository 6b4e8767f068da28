import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { PageQuery } from '../../platform/http/page.dto.js';
import { WrittenText } from '../written-text.decorator.js';

const SOME_TEXT = 200;
const MOST_FIGURES = 500;

/** A number as a text, which is exact, or as a whole number. */
const NumberInBody = (): PropertyDecorator =>
  ValidateBy({
    name: 'numberInBody',
    validator: {
      validate: (value: unknown) =>
        Number.isSafeInteger(value) || (typeof value === 'string' && value.length <= SOME_TEXT),
      defaultMessage: () =>
        'Give a whole number, or a text such as "12.5" where there is a fraction.',
    },
  });

const NUMBER = { oneOf: [{ type: 'string' }, { type: 'integer' }] };

/** So many of so many, for a group and a span. */
export class FigureBody {
  /** The rate, by its id in the terms. */
  @IsString()
  @MaxLength(SOME_TEXT)
  metric: string;

  /** The group, by its name in the terms; left out where there is one only. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  group?: string;

  /** First day of the span. */
  @IsString()
  @MaxLength(SOME_TEXT)
  from: string;

  /** First day after the span. */
  @IsString()
  @MaxLength(SOME_TEXT)
  to: string;

  /** What is counted above the line; left out where the figure is taken back. */
  @ApiPropertyOptional(NUMBER)
  @IsOptional()
  @NumberInBody()
  numerator?: string | number;

  /** What is counted below the line; left out where the figure is taken back. */
  @ApiPropertyOptional(NUMBER)
  @IsOptional()
  @NumberInBody()
  denominator?: string | number;

  /** The definition it was counted by; left out, the one that is in force throughout the span. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  definition?: string;

  /** True where it was counted by a definition that is not in force for the span. */
  @IsOptional()
  @IsBoolean()
  definitionDiffers?: boolean;

  /** void takes the figure back. */
  @IsOptional()
  @IsIn(['recorded', 'void'])
  status?: string;

  /** Why a figure that is recorded already is corrected or taken back. */
  @IsOptional()
  @WrittenText()
  correctionReason?: string;
}

/** Figures of one act: all of them are recorded, or none. */
export class FiguresBody {
  @ApiProperty({ type: [FigureBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_FIGURES)
  @ValidateNested({ each: true })
  @Type(() => FigureBody)
  figures: FigureBody[];
}

/** A result that an evaluator signs. */
export class EffectBody {
  /** The effect, by its id in the terms. */
  @IsString()
  @MaxLength(SOME_TEXT)
  metric: string;

  /** The cohort, by its id in the terms; left out, or "*", where all were pooled. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  cohort?: string;

  /** As the metric's unit says: "8.4%" or "0.69". Left out where the result is taken back. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  value?: string;

  /** Lower bound of its interval. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  low?: string;

  /** Upper bound of its interval. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  high?: string;

  /** How many were treated. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(999_999_999_999)
  n?: number;

  /** The day on which it was signed. */
  @IsString()
  @MaxLength(SOME_TEXT)
  signedOn: string;

  /** SHA-256 of the evaluator's report in hexadecimal. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  documentHash?: string;

  /** void takes the result back. */
  @IsOptional()
  @IsIn(['recorded', 'void'])
  status?: string;

  /** Why it supersedes the result that was delivered before. */
  @IsOptional()
  @WrittenText()
  correctionReason?: string;
}

/** How much of a list of results, and as known when. */
export class EffectsQuery extends PageQuery {
  /** As known at this entry of the contract's audit trail; left out, as known now. */
  @IsOptional()
  @Matches(/^\d{1,18}$/, { message: 'Give the number of an entry of the audit trail.' })
  knownThrough?: string;
}

/** How much of a list of figures, of which metric, and as known when. */
export class FiguresQuery extends EffectsQuery {
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  metric?: string;
}
