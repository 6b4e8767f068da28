import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { NotVisible } from '../access/access.errors.js';
import { Readings, type ReadIn } from '../audit/readings.service.js';
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

/** Lines that an export reads at once. */
const EXPORTED_AT_ONCE = 1_000;

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
    private readonly readings: Readings,
  ) {}

  /**
   * A computation's lines in order. Whoever reads lines about participants is recorded, since the sentences of lines say
   * scores. Refuses NotVisible, PermissionRefused, CursorMalformed.
   */
  async lines(actor: Actor, computationId: string, query: LinesQuery): Promise<Page<LineView>> {
    const { contract, page } = await this.page(actor, computationId, query);
    const about = page.items.filter(({ participant }) => participant !== null);
    const [first, last] = [about.at(0), about.at(-1)];
    if (first !== undefined && last !== undefined)
      await this.readings.record(actor, contract, 'lines.read', {
        first: first.reference,
        last: last.reference,
        lines: about.length,
        claim: null,
        reference: null,
      });
    return page;
  }

  /**
   * Every line of computations of a contract, in order. The export is one entry, recorded before the first page is given.
   * Refuses as lines does.
   */
  async *export(
    actor: Actor,
    code: string,
    computationIds: readonly string[],
    said: { readonly period: string | null; readonly format: string },
  ): AsyncGenerator<readonly LineView[]> {
    const contract = await this.transactions.readOnly(actor, (tx) =>
      this.contracts.open(tx, actor, code, 'line:read'),
    );
    await this.readings.record(actor, contract, 'lines.exported', said);
    for (const id of computationIds)
      for (let cursor: string | null | undefined; cursor !== null;) {
        const query: LinesQuery = { limit: EXPORTED_AT_ONCE, cursor };
        const { page }: { page: Page<LineView> } = await this.page(actor, id, query);
        yield page.items;
        cursor = page.next;
      }
  }

  private page(
    actor: Actor,
    computationId: string,
    query: LinesQuery,
  ): Promise<{ readonly contract: ReadIn; readonly page: Page<LineView> }> {
    return this.transactions.readOnly(actor, async (tx) => {
      const code = isUuid(computationId)
        ? await this.computations.contractCodeOf(tx, computationId)
        : null;
      if (code === null) throw new NotVisible('computation');
      const contract = await this.openOr(tx, actor, code, 'computation');
      const row = (await this.computations.find(tx, computationId))!;
      const after = decodeNumberCursor(query.cursor) ?? 0n;
      const kinds = query.kinds ?? null;
      const rows = await this.repository.page(tx, row.id, after, query.limit + 1, kinds);
      const versions = rows.length > 0 ? await this.contracts.activeTerms(tx, row.contract_id) : [];
      const flagged = await this.flagged(tx, rows);
      const page = pageOf(
        flagged,
        query.limit,
        ({ row: line, elsewhere }) => lineFromRow(line, payersOf(line, versions), elsewhere),
        ({ row: line }) => [line.line_no],
      );
      return { contract, page };
    });
  }

  /**
   * Why a line is what it is: its clause, steps and payers' parts, the scores, figures and signed results it rests on,
   * the line it corrects and those
   * that correct it. The API and the command line give the same. Whoever reads it is recorded where it is about a
   * participant. Refuses LineReferenceMalformed, NotVisible, PermissionRefused.
   */
  async explain(actor: Actor, reference: string): Promise<LineExplanation> {
    const parsed = parseLineReference(reference);
    if (parsed === null) throw new LineReferenceMalformed(reference);
    const { contract: code, computation: number, lineNo } = parsed;
    const { contract, line } = await this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.openOr(tx, actor, code, 'line');
      const row = await this.repository.byReference(tx, code, number, lineNo);
      if (row === null) throw new NotVisible('line');
      return { contract, line: await this.explanation(tx, row) };
    });
    if (line.participant !== null)
      await this.readings.record(actor, contract, 'lines.read', {
        first: reference,
        last: reference,
        lines: 1,
        claim: null,
        reference: line.participant,
      });
    return line;
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

  private openOr(tx: Transaction, actor: Actor, code: string, what: string): Promise<ReadIn> {
    return this.contracts.open(tx, actor, code, 'line:read').catch((error) => {
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
