import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';
import type { ActivityFilter } from '../../activity/activity-filter.js';
import type { ActivityItem } from '../../activity/activity-item.js';
import { ACTIVITY_FORMATS, type ActivityFormat } from '../../activity/activity-lines.js';
import type { RecordCheck } from '../../activity/record-check.service.js';
import type { AuditType } from '../../domain/audit/entry-types.js';
import type { RecordStanding } from '../../domain/activity/record-check.js';
import { AUDIT_TYPES } from '../../domain/activity/sentence.js';
import { isCivilDate } from '../../domain/calendar/civil-date.js';
import { PageQuery } from '../../platform/http/page.dto.js';
import { PlainText } from '../../platform/http/plain-text.decorator.js';
import { IsId } from '../../platform/http/id.decorator.js';

const SEQ = /^[1-9]\d{0,17}$/;

/** A day that there is; class-validator's own dates are instants. */
const Day = (): PropertyDecorator =>
  ValidateBy({
    name: 'day',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isCivilDate(value),
      defaultMessage: (about) =>
        `"${about?.property}" must be a day, written year-month-day, such as 2015-06-02.`,
    },
  });

/** What of the acts of a person to read. */
export class PersonActivityQuery extends PageQuery {
  /** Only these types of act, separated by commas, such as claim.submitted,claim.decided. */
  @ApiPropertyOptional({ type: String, example: 'claim.submitted,claim.decided' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',') : value,
  )
  @ArrayUnique()
  @IsIn(AUDIT_TYPES, { each: true, message: `Choose types from ${AUDIT_TYPES.join(', ')}.` })
  type?: AuditType[];

  /** Recorded on this day or later, in London. */
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @Day()
  recordedFrom?: string;

  /** Recorded before this day, in London. */
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @Day()
  recordedBefore?: string;
}

/** What of the acts on a contract to read. */
export class ActivityQuery extends PersonActivityQuery {
  /** Only what this person did. */
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsId({ message: 'person must be the id of a person' })
  person?: string;

  /** Only what names this participant, and readings that went over them; for those who may see participants. */
  @ApiPropertyOptional()
  @IsOptional()
  @PlainText(100)
  participant?: string;

  /** Only what was done about the claim of this number, and its computation. */
  @ApiPropertyOptional({ minimum: 1 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  claim?: number;

  /** Entries with this number or a higher one. */
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(SEQ, { message: 'fromSeq must be the number of an entry' })
  fromSeq?: string;

  /** Entries with this number or a lower one. */
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(SEQ, { message: 'throughSeq must be the number of an entry' })
  throughSeq?: string;
}

/** What to take away, and as what. */
export class ActivityExportQuery extends ActivityQuery {
  /** CSV, or JSON Lines: one act a line. */
  @ApiPropertyOptional({ enum: ACTIVITY_FORMATS, default: 'csv' })
  @IsOptional()
  @IsIn(ACTIVITY_FORMATS, { message: `Choose format from ${ACTIVITY_FORMATS.join(', ')}.` })
  format: ActivityFormat = 'csv';
}

export const filterOf = (query: ActivityQuery): ActivityFilter => ({
  types: query.type ?? [],
  personId: query.person ?? null,
  participant: query.participant ?? null,
  claim: query.claim ?? null,
  recordedFrom: query.recordedFrom ?? null,
  recordedBefore: query.recordedBefore ?? null,
  fromSeq: query.fromSeq === undefined ? null : BigInt(query.fromSeq),
  throughSeq: query.throughSeq === undefined ? null : BigInt(query.throughSeq),
});

/** One act: who did what, and how well it is proved by now. */
export class ActivityItemView implements ActivityItem {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Code of the contract; null for acts on none.',
  })
  contract: string | null;
  @ApiProperty({ type: String, description: 'Number of its entry in the trail.' })
  seq: string;
  @ApiProperty({ type: String, format: 'date-time' })
  recordedAt: string;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'From when it is true.',
  })
  effectiveOn: string | null;
  @ApiProperty({ type: String, example: 'claim.submitted' })
  type: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'null where the service itself acted.',
  })
  personId: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The name, where the reader may see it.',
  })
  person: string | null;
  @ApiProperty({ type: String, description: 'The capacity in which they acted.' })
  duty: string;
  @ApiProperty({ type: String, nullable: true })
  party: string | null;
  @ApiProperty({ type: String, example: 'Pat Provider submitted claim 1: 3 lines, £3,960.00.' })
  sentence: string;
  @ApiProperty({ type: Boolean, description: 'Whether it is in the audit log.' })
  sealed: boolean;
  @ApiProperty({ type: Boolean, description: 'Whether enough witnesses have cosigned it.' })
  witnessed: boolean;
  @ApiProperty({ type: String, description: 'Hash of the entry in the chain of its trail.' })
  hash: string;
}

/** A page of acts, latest first. */
export class ActivityPage {
  @ApiProperty({ type: [ActivityItemView] })
  items: ActivityItemView[];
  @ApiProperty({ type: String, nullable: true, description: 'Cursor of the next page.' })
  next: string | null;
}

const STANDINGS: readonly RecordStanding[] = ['altered', 'recorded', 'sealed', 'witnessed'];

/** Whether a record stands as it was written. */
export class RecordCheckView implements RecordCheck {
  @ApiProperty({ type: String })
  seq: string;
  @ApiProperty({ enum: STANDINGS })
  standing: RecordStanding;
  @ApiProperty({ type: String, description: 'The same in plain words.' })
  verdict: string;
  @ApiProperty({ type: String, nullable: true, description: 'Where it stands in the log, from 0.' })
  index: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Leaves of the checkpoint it is in.' })
  checkpointSize: string | null;
}

/** Where the same is proved to whoever does not trust this service. */
export class RecordLinks {
  @ApiProperty({ type: String, description: 'The entry opened, and its inclusion proof.' })
  proof: string;
  @ApiProperty({ type: String, description: 'A bundle for outturn-verify.' })
  bundle: string;
}

/** One act, looked over. */
export class RecordView extends ActivityItemView {
  @ApiProperty({ type: RecordCheckView })
  verification: RecordCheckView;
  @ApiProperty({ type: RecordLinks })
  links: RecordLinks;
}
