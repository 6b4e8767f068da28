import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { NotVisible } from '../access/access.errors.js';
import { ContractsService } from '../contracts/contracts.service.js';
import { parseLineReference } from '../domain/computation/line-reference.js';
import type { LineKind } from '../domain/computation/payment-line.js';
import type { TermsInForce } from '../domain/contract-terms/terms-in-force.js';
import { metricsOf } from '../domain/contract-terms/metrics-of.js';
import { splitOf } from '../domain/payer-splits/registry.js';
import { clauseInWords } from '../domain/term-sheet/sections/clauses.js';
import { ContractRecordService } from '../figures/contract-record.service.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { decodeNumberCursor, pageOf, type Page } from '../platform/http/cursor.js';
import {
  evidenceFromRow,
  foldFromRow,
  lineFromRow,
  namedVersions,
  type LineExplanation,
  type LineView,
} from './payment-line.view.js';
import { PaymentLinesRepository, type LineRow } from './payment-lines.repository.js';
import { LineReferenceMalformed } from './payments.errors.js';
import { PaymentsRepository } from './payments.repository.js';

/** What a list of lines is asked for. */
export interface LinesQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly kinds?: readonly LineKind[] | undefined;
}

/** Reading and explaining lines. */
@Injectable()
export class PaymentLinesService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly computations: PaymentsRepository,
    private readonly repository: PaymentLinesRepository,
    private readonly record: ContractRecordService,
  ) {}

  /** A computation's lines in order. Refuses NotVisible, PermissionRefused, CursorMalformed. */
  lines(actor: Actor, computationId: string, query: LinesQuery): Promise<Page<LineView>> {
    return this.transactions.readOnly(actor, async (tx) => {
      const code = isUuid(computationId)
        ? await this.computations.contractCodeOf(tx, computationId)
        : null;
      if (code === null) throw new NotVisible('computation');
      await this.openOr(tx, actor, code, 'computation');
      const row = (await this.computations.find(tx, computationId))!;
      const after = decodeNumberCursor(query.cursor) ?? 0n;
      const kinds = query.kinds ?? null;
      const rows = await this.repository.page(tx, row.id, after, query.limit + 1, kinds);
      const versions = rows.length > 0 ? await this.contracts.activeTerms(tx, row.contract_id) : [];
      return pageOf(
        rows,
        query.limit,
        (line) => lineFromRow(line, payersOf(line, versions)),
        (line) => [line.line_no],
      );
    });
  }

  /**
   * Why a line is what it is: its clause, steps and payers' parts, the scores, figures and signed results it rests on,
   * the line it corrects and those
   * that correct it. The API and the command line give the same. Refuses LineReferenceMalformed, NotVisible,
   * PermissionRefused.
   */
  explain(actor: Actor, reference: string): Promise<LineExplanation> {
    const parsed = parseLineReference(reference);
    if (parsed === null) throw new LineReferenceMalformed(reference);
    const { contract: code, computation: number, lineNo } = parsed;
    return this.transactions.readOnly(actor, async (tx) => {
      await this.openOr(tx, actor, code, 'line');
      const row = await this.repository.byReference(tx, code, number, lineNo);
      if (row === null) throw new NotVisible('line');
      return this.explanation(tx, row);
    });
  }

  private async explanation(tx: Transaction, row: LineRow): Promise<LineExplanation> {
    const versions = await this.contracts.activeTerms(tx, row.contract_id);
    const edition = versions.find((version) => version.number === row.terms_number);
    const line = lineFromRow(row, payersOf(row, versions));
    const related = await this.repository.aboutSameOutcome(tx, row);
    const others = related.map((other) => lineFromRow(other, payersOf(other, versions)));
    const evidence =
      row.participant_id === null
        ? []
        : await this.repository.evidence(tx, row.participant_id, namedVersions(row.evidence));
    const { figures, effects } =
      row.participant_id === null
        ? await this.record.restedOn(tx, row.contract_id, row.evidence, metricsOf(versions))
        : { figures: [], effects: [] };
    const clause = edition?.terms.clauses.find(({ id }) => id === row.clause);
    const folds = await this.repository.folds(tx, row.computation_id, row.clause);
    return {
      ...line,
      clauseTitle: clause?.title ?? null,
      clauseInWords: edition && clause ? clauseInWords(edition.terms, clause) : null,
      folds: {
        clause: foldFromRow(folds.clause, row.currency),
        computation: foldFromRow(folds.computation, row.currency),
      },
      terms: { number: row.terms_number, effectiveFrom: edition?.effectiveFrom ?? null },
      measurements: evidence.map(evidenceFromRow),
      figures,
      effects,
      corrected: others.find((other) => other.reference === line.corrects) ?? null,
      correctedBy: others.filter((other) => other.corrects === line.reference),
    };
  }

  private async openOr(tx: Transaction, actor: Actor, code: string, what: string): Promise<void> {
    await this.contracts.open(tx, actor, code, 'line:read').catch((error) => {
      throw error instanceof NotVisible ? new NotVisible(what) : error; // alike from outside
    });
  }
}

/** Payers in the order of the terms, which is how a line's parts are shown. */
function payersOf(line: LineRow, versions: readonly TermsInForce[]): readonly string[] {
  const edition = versions.find((version) => version.number === line.terms_number);
  if (edition === undefined) return Object.keys(line.parts);
  const { split } = edition.terms;
  return splitOf(split).payers(split);
}
