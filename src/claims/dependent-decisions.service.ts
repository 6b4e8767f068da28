import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { ContractsService } from '../contracts/contracts.service.js';
import type { Dependence } from '../domain/claims/four-eyes.js';
import type { Currency } from '../domain/money/currency.js';
import { formatAmount, money } from '../domain/money/money.js';
import type { Actor } from '../platform/auth/actor.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { decodeCursor, pageOf, type Page } from '../platform/http/cursor.js';
import { CursorMalformed } from '../platform/http/malformed-request.js';
import {
  DependentDecisionsRepository,
  type AfterDecider,
  type DependentDecisionRow,
} from './dependent-decisions.repository.js';

/** Decisions of one person on one claim that do not rest on four eyes, as is known now. */
export interface DependentDecisions {
  readonly contract: string;
  readonly claim: number;
  readonly decidedBy: string;
  readonly decidedAt: string;
  /** What the human behind the decider had done by then, under another account. */
  readonly because: readonly Dependence[];
  readonly approved: { readonly lines: number; readonly amount: string };
  readonly returned: { readonly lines: number };
  readonly currency: string;
}

/**
 * Finds decisions that were right by what was known and are not by what is known now: two accounts were recognised as
 * one human's after one of them had decided what the other had submitted or measured. A decision is final, so nothing is
 * undone here; whoever pays and whoever verifies sees what to look at.
 */
@Injectable()
export class DependentDecisionsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly repository: DependentDecisionsRepository,
  ) {}

  /** A page of them, latest claim first. Refuses NotVisible, PermissionRefused, CursorMalformed. */
  list(
    actor: Actor,
    code: string,
    page: { readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<DependentDecisions>> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'claim:oversee');
      const after = afterOf(page.cursor);
      const rows = await this.repository.page(tx, contract.id, after, page.limit + 1);
      return pageOf(
        rows,
        page.limit,
        (row) => viewOf(code, row),
        (row) => [row.number, row.decided_by],
      );
    });
  }
}

function afterOf(cursor: string | null): AfterDecider | null {
  const key = decodeCursor(cursor, 2);
  if (key === null) return null;
  const [number, decidedBy] = key as [string, string];
  if (!/^\d{1,10}$/.test(number) || !isUuid(decidedBy)) throw new CursorMalformed();
  return { number: BigInt(number), decidedBy };
}

const viewOf = (contract: string, row: DependentDecisionRow): DependentDecisions => ({
  contract,
  claim: row.number,
  decidedBy: row.name,
  decidedAt: row.decided_at.toISOString(),
  because: [
    ...(row.submitted ? (['submitted-the-claim'] as const) : []),
    ...(row.entered_scores ? (['entered-a-score'] as const) : []),
  ],
  approved: {
    lines: row.approved,
    amount: formatAmount(money(BigInt(row.approved_minor), row.currency as Currency)),
  },
  returned: { lines: row.returned },
  currency: row.currency,
});
