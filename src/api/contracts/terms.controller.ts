import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { checkTerms, type TermsCheck } from '../../contracts/check-terms.js';
import type { EditionView } from '../../contracts/contract-view.js';
import { TermsToTryUnclear } from '../../contracts/contracts.errors.js';
import { ContractsService } from '../../contracts/contracts.service.js';
import { TrialsService } from '../../contracts/trials.service.js';
import type { ClauseTrial } from '../../domain/computation/try-clause.js';
import { termsJsonSchema } from '../../domain/contract-terms/json-schema.js';
import { parseTerms } from '../../domain/contract-terms/parse.js';
import { sheetAsHtml } from '../../domain/term-sheet/html.js';
import { sheetAsMarkdown } from '../../domain/term-sheet/markdown.js';
import { termSheet } from '../../domain/term-sheet/term-sheet.js';
import { Public, Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { NumberInPath } from '../number-in-path.pipe.js';
import { TermsBody, TrialBody } from './contract.dto.js';

const EDITION = new NumberInPath('edition of these terms');

/** Terms as documents: their editions, their published schema, and a check that saves nothing. */
@ApiTags('terms')
@Controller('v1')
export class TermsController {
  constructor(
    private readonly contracts: ContractsService,
    private readonly trials: TrialsService,
  ) {}

  @Get('contracts/:code/terms')
  @Requires('contract:read')
  @ApiOperation({
    summary: 'The latest edition in force (the draft, while none is) with its document',
  })
  latest(@CurrentActor() actor: Actor, @Param('code') code: string): Promise<EditionView> {
    return this.contracts.edition(actor, code, null);
  }

  @Get('contracts/:code/terms/:number')
  @Requires('contract:read')
  @ApiOperation({ summary: 'One edition with its document, and what it changed in words' })
  edition(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('number', EDITION) number: number,
  ): Promise<EditionView> {
    return this.contracts.edition(actor, code, number);
  }

  @Get('contracts/:code/terms/:number/term-sheet.html')
  @Requires('contract:read')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiProduces('text/html')
  @ApiOperation({ summary: 'One edition in plain English, as a page' })
  async sheetPage(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('number', EDITION) number: number,
  ): Promise<string> {
    const edition = await this.edition(actor, code, number);
    return sheetAsHtml(termSheet(parseTerms(edition.terms)));
  }

  @Get('contracts/:code/terms/:number/term-sheet.md')
  @Requires('contract:read')
  @Header('content-type', 'text/markdown; charset=utf-8')
  @ApiProduces('text/markdown')
  @ApiOperation({ summary: 'One edition in plain English, as Markdown' })
  async sheetText(
    @CurrentActor() actor: Actor,
    @Param('code') code: string,
    @Param('number', EDITION) number: number,
  ): Promise<string> {
    const edition = await this.edition(actor, code, number);
    return sheetAsMarkdown(termSheet(parseTerms(edition.terms)));
  }

  @Get('terms-schema')
  @Public()
  @ApiOperation({ summary: 'The JSON Schema of a terms document' })
  schema(): Record<string, unknown> {
    return termsJsonSchema();
  }

  @Post('contract-checks')
  @HttpCode(200)
  @Requires('any')
  @ApiOperation({ summary: 'Check a document as activation would; nothing is saved' })
  check(@Body() { terms }: TermsBody): TermsCheck {
    return checkTerms(terms);
  }

  @Post('terms/try')
  @HttpCode(200)
  @Requires('any')
  @ApiOperation({
    summary:
      'What a clause pays for a worked example or for typed-in values, explained step by step; nothing is saved',
  })
  async tryClause(
    @CurrentActor() actor: Actor,
    @Body() { terms, contract, clause, example }: TrialBody,
  ): Promise<ClauseTrial> {
    if ((terms === undefined) === (contract === undefined)) throw new TermsToTryUnclear();
    return contract === undefined
      ? this.trials.ofDocument(terms!, clause, example)
      : this.trials.ofContract(actor, contract, clause, example);
  }
}
