import { Injectable } from '@nestjs/common';
import { Readings } from '../audit/readings.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import { bundleLine, statementLine, termsLine } from '../domain/log/bundle/bundle-lines.js';
import { BundleText } from '../domain/log/bundle/bundle-text.js';
import { parseCheckpoint } from '../domain/log/checkpoint.js';
import { parseNote } from '../domain/log/signed-note.js';
import { auditorFor } from '../platform/auth/acting.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { payloadOf, type BundlePlan } from './bundle-plan.js';
import { BundlePlans } from './bundle-plans.js';
import {
  isAboutIndividuals,
  PERMISSION_FOR,
  whichOf,
  type BundleRequest,
} from './bundle-request.js';
import type { EntryInLogRow } from './bundles.repository.js';
import { ClaimsSection } from './claims-section.js';
import { LogSection } from './log-section.js';

/** Where the text of a bundle goes; it may ask to be waited for. */
export type BundleSink = (text: string) => Promise<void>;

/**
 * Writes bundles (docs/audit-log.md section 4): what somebody takes away to prove a thing without trusting this service.
 * They are written as they are read, in one view of the data, and nothing is checked here: what was tampered with is for
 * whoever verifies the bundle to find.
 */
@Injectable()
export class BundlesService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly plans: BundlePlans,
    private readonly logSection: LogSection,
    private readonly claimsSection: ClaimsSection,
    private readonly readings: Readings,
  ) {}

  /**
   * Writes a bundle. Whoever takes one that shows lines of participants, or every act, is recorded. `since` is the size of an earlier checkpoint that the reader kept. Before anything is written it
   * refuses NotVisible, PermissionRefused, LogEmpty, NotInACheckpointYet, NotASizeOfTheLog and LinesNotOpenable.
   */
  async write(
    actor: Actor,
    code: string,
    request: BundleRequest,
    since: number | null,
    sink: BundleSink,
  ): Promise<void> {
    const contract = await this.transactions.readOnly(actor, (tx) =>
      this.contracts.open(tx, actor, code, PERMISSION_FOR[request.type]),
    );
    // whoever may not read the trail still proves that a statement stands in it
    const reader = request.type === 'statement' ? auditorFor(actor.personId, contract.id) : actor;
    if (isAboutIndividuals(request)) {
      await this.transactions.readOnly(reader, (tx) => this.refuse(tx, contract, request, since));
      const payload = { subject: request.type, which: whichOf(request) };
      await this.readings.record(actor, contract, 'bundle.taken', payload);
    }
    await this.transactions.readOnly(reader, async (tx) => {
      const plan = await this.plans.of(tx, contract, request);
      for await (const text of this.text(tx, contract, plan, since)) await sink(text);
    });
  }

  /** Whatever would be refused, before somebody is said to have taken it away. */
  private async refuse(
    tx: Transaction,
    contract: OpenContract,
    request: BundleRequest,
    since: number | null,
  ): Promise<void> {
    const { needs } = await this.plans.of(tx, contract, request);
    const checkpoint = await this.logSection.checkpoint(tx, contract.id, needs);
    for await (const _ of this.logSection.opening(tx, checkpoint, since));
  }

  private async *text(
    tx: Transaction,
    contract: OpenContract,
    plan: BundlePlan,
    since: number | null,
  ): AsyncGenerator<string> {
    const bundle = new BundleText();
    for await (const line of this.lines(tx, contract, plan, since)) yield bundle.add(line);
    yield bundle.end();
  }

  private async *lines(
    tx: Transaction,
    { id: stream, code }: OpenContract,
    plan: BundlePlan,
    since: number | null,
  ): AsyncGenerator<string> {
    const checkpoint = await this.logSection.checkpoint(tx, stream, plan.needs);
    const { origin } = parseCheckpoint(parseNote(checkpoint.note).text);
    const opening: string[] = [];
    for await (const line of this.logSection.opening(tx, checkpoint, since)) opening.push(line);
    yield bundleLine({ origin, contract: code, stream, subject: plan.subject });
    yield* opening;
    const activated: EntryInLogRow[] = [];
    let lastSeq = 0n;
    const opens = (entry: EntryInLogRow) => {
      lastSeq = BigInt(entry.seq);
      return plan.opens(entry);
    };
    yield* this.logSection.leaves(tx, stream, checkpoint, opens, (entry) => {
      if (entry.type === 'terms.activated') activated.push(entry);
    });
    yield* this.terms(tx, stream, activated);
    if (plan.statement !== null) yield statementLine(plan.statement);
    yield* this.claimsSection.lines(tx, code, plan, lastSeq);
  }

  private async *terms(
    tx: Transaction,
    contractId: string,
    activated: readonly EntryInLogRow[],
  ): AsyncGenerator<string> {
    const documents = await this.contracts.documentsInForce(tx, contractId);
    for (const entry of activated) {
      const { number } = payloadOf(entry) as { number: number };
      const document = documents.get(number);
      if (document !== undefined) yield termsLine(number, document);
    }
  }
}
