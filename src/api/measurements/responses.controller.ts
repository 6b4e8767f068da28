import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FhirBundle } from '../../domain/instruments/export/fhir-resources.js';
import { ResponsesService } from '../../measurements/responses.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';

/** Scores and answers as FHIR. */
@ApiTags('measurements')
@Controller('v1/contracts/:code/participants/:reference/questionnaire-responses')
export class ResponsesController {
  constructor(private readonly responses: ResponsesService) {}

  @Get()
  @Requires('measurement:read')
  @Header('content-type', 'application/fhir+json; charset=utf-8')
  @ApiProduces('application/fhir+json')
  @ApiOperation({
    summary:
      'The scores of a participant, in their latest version, as a FHIR R4 Bundle of QuestionnaireResponse; licensed instruments without their wording',
  })
  list(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('reference') reference: string,
  ): Promise<FhirBundle> {
    return this.responses.ofParticipant(actor, code, reference);
  }
}
