import { Transform } from 'class-transformer';
import { ArrayUnique, IsIn, IsOptional, Matches } from 'class-validator';
import type { LineKind } from '../../domain/computation/payment-line.js';
import { PageQuery } from '../../platform/http/page.dto.js';

const KINDS: readonly LineKind[] = ['payment', 'refusal', 'true-up', 'withheld'];

/** Which period to compute. */
export class ComputationBody {
  /** The name of a period of the contract: "2015-Q2", or that of a claim window. */
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{0,59}$/, {
    message: 'Write the name of a period of the contract, such as 2015-Q2.',
  })
  period: string;
}

/** Which lines of a computation. */
export class LinesQuery extends PageQuery {
  /** Only these kinds, separated by commas; every kind when it is left out. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',') : value,
  )
  @ArrayUnique()
  @IsIn(KINDS, { each: true, message: `Choose from ${KINDS.join(', ')}.` })
  kind?: LineKind[];
}
