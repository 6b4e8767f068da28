import { Controller, Get, Query } from '@nestjs/common';
import { ContractsService } from '../../contracts/contracts.service.js';
import { Requires } from '../../platform/auth/access.decorators.js';
import type { Actor } from '../../platform/auth/actor.js';
import { CurrentActor } from '../../platform/auth/current-actor.decorator.js';
import { decodeCursor, pageOf } from '../../platform/http/cursor.js';
import { page, type Answer } from '../frame/answer.js';
import { Pages } from '../frame/pages.decorator.js';
import { paths } from '../paths.js';
import { cursorOf } from '../frame/cursor-of.js';
import { HOME, homePage } from './home.presenter.js';

const PAGE_LENGTH = 25;

/** Where everybody begins: the contracts in which they have a part. */
@Requires('any')
@Pages()
@Controller(paths.home)
export class HomeController {
  constructor(private readonly contracts: ContractsService) {}

  @Get()
  async show(@CurrentActor() actor: Actor, @Query('after') after: unknown): Promise<Answer> {
    const [afterCode] = decodeCursor(cursorOf(after), 1) ?? [];
    const rows = await this.contracts.list(actor, afterCode ?? null, PAGE_LENGTH);
    const contracts = pageOf(
      rows,
      PAGE_LENGTH,
      (contract) => contract,
      ({ code }) => [code],
    );
    return page(HOME, homePage(actor, contracts, after !== undefined));
  }
}
