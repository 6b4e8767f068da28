import { Injectable } from '@nestjs/common';
import { NotVisible } from '../access/access.errors.js';
import { Readings } from '../audit/readings.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { claimAccount } from '../domain/claims/claim-account.js';
import type { ClaimLineState } from '../domain/claims/line-states.js';
import { editionAtEnd } from '../domain/contract-terms/edition-at-end.js';
import { splitOf } from '../domain/payer-splits/registry.js';
import type { Actor } from '../platform/auth/actor.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { decodeNumberCursor, pageOf, type Page } from '../platform/http/cursor.js';
import { MatchTokensService } from '../privacy/match-tokens.service.js';
import { ClaimReviewRepository } from './claim-review.repository.js';
import type { ClaimLineView, ClaimSummary, ClaimView } from './claim-view.js';
import {
  periodOf,
  toApprovedPart,
  toLineFold,
  toPartFold,
  type ClaimRow,
} from './claims.mapping.js';
import { lineViewOf, summaryOf, viewOf } from './claim-view.mapping.js';
import { ClaimsRepository } from './claims.repository.js';

/** Which lines of a claim to read. */
export interface LineQuery {
  readonly limit: number;
  readonly cursor: string | null;
  readonly state: ClaimLineState | null;
  readonly clause: string | null;
}

/** Above every number that a claim can have. */
const ABOVE_ALL = 2n ** 31n;

/** Reading claims. Submitting and deciding are beside this. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly repository: ClaimsRepository,
    private readonly review: ClaimReviewRepository,
    private readonly tokens: MatchTokensService,
    private readonly readings: Readings,
  ) {}

  /** A page of the contract's claims, latest first. Refuses NotVisible, PermissionRefused, CursorMalformed. */
  list(
    actor: Actor,
    code: string,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<ClaimSummary>> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'claim:read');
      const below = decodeNumberCursor(page.cursor) ?? ABOVE_ALL;
      const rows = await this.repository.page(tx, contract.id, below, page.limit + 1);
      return pageOf(
        rows,
        page.limit,
        (row) => summaryOf(code, row),
        (row) => [row.number],
      );
    });
  }

  /** One claim with payer shares, caps and headroom first. Refuses NotVisible, PermissionRefused. */
  get(actor: Actor, code: string, number: number): Promise<ClaimView> {
    return this.transactions.readOnly(actor, async (tx) => {
      const { contract, claim } = await this.find(tx, actor, code, number);
      const period = periodOf(claim);
      const { terms } = editionAtEnd(await this.contracts.activeTerms(tx, contract.id), period);
      const account = claimAccount(terms, splitOf(terms.split).payers(terms.split), period.id, {
        lines: (await this.review.lineFolds(tx, claim.id)).map(toLineFold),
        parts: (await this.review.partFolds(tx, claim.id)).map(toPartFold),
        approvedElsewhere: (await this.review.approvedElsewhere(tx, contract.id, claim.id)).map(
          toApprovedPart,
        ),
      });
      return viewOf(code, claim, terms, account);
    });
  }

  /**
   * A page of a claim's lines in their order, each with its sentence. Whoever reads lines about participants is recorded.
   * Refuses NotVisible, PermissionRefused, CursorMalformed.
   */
  async lines(
    actor: Actor,
    code: string,
    number: number,
    query: LineQuery,
  ): Promise<Page<ClaimLineView>> {
    const { contract, page } = await this.transactions.readOnly(actor, async (tx) => {
      const { contract, claim } = await this.find(tx, actor, code, number);
      const versions = await this.contracts.activeTerms(tx, contract.id);
      const { split } = editionAtEnd(versions, periodOf(claim)).terms;
      const its = { code, currency: claim.currency, payers: splitOf(split).payers(split) };
      const rows = await this.review.lines(tx, {
        claimId: claim.id,
        after: decodeNumberCursor(query.cursor) ?? 0n,
        limit: query.limit + 1,
        state: query.state,
        clause: query.clause,
      });
      const flags = await this.tokens.flags(tx, rows);
      const page = pageOf(
        rows.map((row, index) => ({ row, elsewhere: flags[index]! })),
        query.limit,
        ({ row, elsewhere }) => lineViewOf(its, row, elsewhere),
        ({ row }) => [row.line_no],
      );
      return { contract, page };
    });
    const about = page.items.filter(({ participant }) => participant !== null);
    const [first, last] = [about.at(0), about.at(-1)];
    if (first !== undefined && last !== undefined)
      await this.readings.record(actor, contract, 'lines.read', {
        first: first.line,
        last: last.line,
        lines: about.length,
        claim: number,
        reference: null,
      });
    return page;
  }

  private async find(
    tx: Transaction,
    actor: Actor,
    code: string,
    number: number,
  ): Promise<{ contract: OpenContract; claim: ClaimRow }> {
    const contract = await this.contracts.open(tx, actor, code, 'claim:read');
    const claim = await this.repository.byNumber(tx, contract.id, number);
    if (claim === null) throw new NotVisible('claim');
    return { contract, claim };
  }
}
