import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { NotVisible } from '../access/access.errors.js';
import { ParticipantKeys } from '../cohorts/keys/participant-keys.service.js';
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
import { MatchTokensService, type Elsewhere } from '../privacy/match-tokens.service.js';
import {
  evidenceFromRow,
  foldFromRow,
  lineFromRow,
  namedVersions,
  type EvidenceView,
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

/** A line, and what is known of its person elsewhere. */
interface FlaggedRow {
  readonly row: LineRow;
  readonly elsewhere: Elsewhere | null;
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
    private readonly keys: ParticipantKeys,
    private readonly tokens: MatchTokensService,
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
      const flagged = await this.flagged(tx, rows);
      return pageOf(
        flagged,
        query.limit,
        ({ row: line, elsewhere }) => lineFromRow(line, payersOf(line, versions), elsewhere),
        ({ row: line }) => [line.line_no],
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
    const view = ({ row: one, elsewhere }: FlaggedRow) =>
      lineFromRow(one, payersOf(one, versions), elsewhere);
    const [line] = (await this.flagged(tx, [row])).map(view);
    const related = await this.repository.aboutSameOutcome(tx, row);
    const others = (await this.flagged(tx, related)).map(view);
    const { figures, effects } =
      row.participant_id === null
        ? await this.record.restedOn(tx, row.contract_id, row.evidence, metricsOf(versions))
        : { figures: [], effects: [] };
    const clause = edition?.terms.clauses.find(({ id }) => id === row.clause);
    const folds = await this.repository.folds(tx, row.computation_id, row.clause);
    return {
      ...line!,
      clauseTitle: clause?.title ?? null,
      clauseInWords: edition && clause ? clauseInWords(edition.terms, clause) : null,
      folds: {
        clause: foldFromRow(folds.clause, row.currency),
        computation: foldFromRow(folds.computation, row.currency),
      },
      terms: { number: row.terms_number, effectiveFrom: edition?.effectiveFrom ?? null },
      measurements: await this.measurements(tx, row),
      figures,
      effects,
      corrected: others.find((other) => other.reference === line!.corrects) ?? null,
      correctedBy: others.filter((other) => other.corrects === line!.reference),
    };
  }

  private async flagged(tx: Transaction, rows: readonly LineRow[]): Promise<FlaggedRow[]> {
    const flags = await this.tokens.flags(tx, rows);
    return rows.map((row, index) => ({ row, elsewhere: flags[index]! }));
  }

  /** The measurement versions that a line about one participant rests on, with what is said of them in free words. */
  private async measurements(tx: Transaction, row: LineRow): Promise<EvidenceView[]> {
    const { contract_id: contractId, participant_id: id, participant: reference } = row;
    if (id === null || reference === null) return [];
    const evidence = await this.repository.evidence(tx, id, namedVersions(row.evidence));
    const key = await this.keys.find(tx, { contractId, id, reference });
    return evidence.map((one) => evidenceFromRow(one, key));
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
