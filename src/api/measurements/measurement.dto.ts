import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateBy,
} from 'class-validator';
import { MODES, MAX_ATTEMPT } from '../../domain/outcomes/check-measurement.js';
import { PlainText } from '../../platform/http/plain-text.decorator.js';

const SOME_TEXT = 200;

const AnswersInBody = (): PropertyDecorator =>
  ValidateBy({
    name: 'answers',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        Object.values(value).every((answer) => Number.isSafeInteger(answer)),
      defaultMessage: () => 'Give each answer as a whole number.',
    },
  });

const ScoreInBody = (): PropertyDecorator =>
  ValidateBy({
    name: 'score',
    validator: {
      validate: (value: unknown) =>
        Number.isFinite(value) || (typeof value === 'string' && value.length <= SOME_TEXT),
      defaultMessage: () => 'Give the score as a number, or as its digits in a text.',
    },
  });

/** What was found, however it is asked for. */
class FindingBody {
  /** The day on which it was measured: 2015-12-10. For a spell its first day. */
  @IsString()
  @MaxLength(SOME_TEXT)
  measuredOn: string;

  /** For a spell: the first day after it; left out while it lasts. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  endedOn?: string;

  /**
   * The score, as a number or as its digits in a text; left out where it was declined or could not be collected, and for
   * an event or a spell.
   */
  @ApiPropertyOptional({ oneOf: [{ type: 'number' }, { type: 'string' }] })
  @IsOptional()
  @ScoreInBody()
  score?: number | string;

  /** The answers by item, where they were collected. The total is reckoned again and must agree. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'integer' } })
  @IsOptional()
  @IsObject()
  @AnswersInBody()
  items?: Record<string, number>;

  /** How it was taken. */
  @IsOptional()
  @IsIn(MODES)
  mode?: string;

  /** Anything a reader should know; without what identifies a person. */
  @IsOptional()
  @PlainText(1000)
  note?: string;
}

/** One measurement. */
export class MeasurementBody extends FindingBody {
  /** The metric, by its id in the terms. */
  @IsString()
  @MaxLength(SOME_TEXT)
  metric: string;

  /** For a score: the time point, by its id in the terms. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  timePoint?: string;

  /** For an event or a spell: the reference of its evidence. */
  @IsOptional()
  @IsString()
  @MaxLength(SOME_TEXT)
  event?: string;

  /** Left out when it was recorded. */
  @IsOptional()
  @IsIn(['recorded', 'declined', 'could-not-collect'])
  status?: string;

  /** The second and later attempts at one time point. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MAX_ATTEMPT)
  attempt?: number;
}

/** A correction: the whole of what should have been recorded. */
export class MeasurementCorrectionBody extends FindingBody {
  /** void takes the measurement back. */
  @IsOptional()
  @IsIn(['recorded', 'declined', 'could-not-collect', 'void'])
  status?: string;

  /** Why it is corrected. */
  @PlainText(1000)
  reason: string;
}
