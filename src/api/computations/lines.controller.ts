import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LineExplanation } from '../../payments/payment-line.view.js';
import { PaymentLinesService } from '../../payments/payment-lines.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';

/** One line, explained. */
@ApiTags('computations')
@Controller('v1/lines')
export class LinesController {
  constructor(private readonly paymentLines: PaymentLinesService) {}

  @Get(':reference')
  @Requires('line:read')
  @ApiOperation({
    summary:
      'Why a line is what it is: clause, steps, payers, scores, and what it corrects or is corrected by',
  })
  explain(
    @CurrentActor() actor: Actor,
    @Param('reference') reference: string,
  ): Promise<LineExplanation> {
    return this.paymentLines.explain(actor, reference);
  }
}
