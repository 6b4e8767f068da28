import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** What a bundle is to prove beside its subject. */
export class BundleQuery {
  /** The size of a checkpoint that the reader kept: the bundle then proves that the log goes on from it. */
  @IsOptional()
  @Type(() => Number)
  @IsInt({ message: 'since must be the size of a checkpoint that you kept' })
  @Min(1, { message: 'since must be the size of a checkpoint that you kept' })
  @Max(Number.MAX_SAFE_INTEGER, { message: 'since must be the size of a checkpoint that you kept' })
  since?: number;
}
