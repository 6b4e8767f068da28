import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** How much of a list, and from where. */
export class PageQuery {
  /** Up to 500; 100 when it is left out. */
  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 100;

  /** "next" of the page before; left out for the first page. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string;
}
