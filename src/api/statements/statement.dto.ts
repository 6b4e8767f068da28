import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Which issue of a statement. */
export class IssueQuery {
  /** Number of an issued statement; left out for the latest, or for exact figures where the reader may see them. */
  @ApiPropertyOptional({ minimum: 1 })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(999_999_999)
  issue?: number;
}
