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
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  CLAIM_LINE_STATES,
  DECISIONS,
  type ClaimLineState,
  type Decision,
} from '../../domain/claims/line-states.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { PlainText } from '../../platform/http/plain-text.decorator.js';
import { WrittenText } from '../written-text.decorator.js';

const MOST_LINES = 10_000;

/** What a provider claims. */
export class SubmissionBody {
  /** Number of the computation whose lines are claimed. */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  computation: number;

  /** References of the lines, such as "worcestershire-loneliness.3.1042"; left out, every line that may be claimed. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  lines?: string[];
}

/** The decision of one line. */
export class LineDecisionBody {
  /** Reference of the line. */
  @IsString()
  @MaxLength(200)
  line: string;

  /** approved, or returned to the provider. */
  @IsIn(DECISIONS)
  decision: Decision;

  /** Why; required where the line is returned. */
  @IsOptional()
  @WrittenText()
  reason?: string;
}

/** Decisions of one act: all are recorded or none. */
export class DecisionsBody {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_LINES)
  @ValidateNested({ each: true })
  @Type(() => LineDecisionBody)
  decisions?: LineDecisionBody[];

  /** Approves every line that is still undecided once the decisions above are made. */
  @IsOptional()
  @IsBoolean()
  approveUndecided?: boolean;
}

/** Which lines of a claim to read. */
export class ClaimLinesQuery extends PageQuery {
  @IsOptional()
  @IsIn(CLAIM_LINE_STATES.filter((state) => state !== 'unclaimed'))
  state?: ClaimLineState;

  /** Number of a clause: "4.1". */
  @IsOptional()
  @PlainText(100)
  clause?: string;
}
