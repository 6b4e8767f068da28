import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { NotVisible } from '../access/access.errors.js';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import type { Clock } from '../domain/calendar/clock.js';
import { CLAIM_STATES } from '../domain/claims/claim-states.js';
import { checkSelection, NothingToClaim } from '../domain/claims/selection.js';
import { LinesTree } from '../domain/claims/lines-tree.js';
import { SALT_BYTES } from '../domain/log/leaf-text.js';
import { parseLineReference } from '../domain/computation/line-reference.js';
import type { Currency } from '../domain/money/currency.js';
import { formatAmount, money } from '../domain/money/money.js';
import { Receipts } from '../log/receipts.service.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { SubmittedClaim } from './claim-view.js';
import { ActedLinesRepository } from './acted-lines.repository.js';
import { ComputationNotClaimable } from './claims.errors.js';
import { toClaimableLine, type ComputationRow, type NewClaim } from './claims.mapping.js';
import { ClaimsRepository, type Selection } from './claims.repository.js';
import { LinesOfActs } from './lines-of-acts.js';

/** What a provider claims: a computation's payable lines, all of them or those it names. */
export interface Submission {
  /** Number of the computation in the contract. */
  readonly computation: number;
  /** References of the lines; null for every line that may be claimed. */
  readonly lines: readonly string[] | null;
}

/** Submitting lines for payment. */
@Injectable()
export class SubmissionService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly contracts: ContractsService,
    private readonly repository: ClaimsRepository,
    private readonly acted: ActedLinesRepository,
    private readonly linesOfActs: LinesOfActs,
    private readonly audit: AuditService,
    private readonly receipts: Receipts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Makes a claim. Refuses NotVisible (also of a computation that is not there), PermissionRefused,
   * ComputationNotClaimable, LinesNotClaimable with every fault, and NothingToClaim.
   */
  submit(
    command: Command,
    code: string,
    submission: Submission,
  ): Promise<Performed<SubmittedClaim>> {
    return this.commands.perform(command, async (tx) => {
      const contract = await this.contracts.open(tx, command.actor, code, 'claim:submit');
      const recordedSeq = await this.audit.lock(tx, contract.id); // claims of a contract take turns: no line gets into two
      const computation = await this.claimable(tx, contract.id, submission.computation);
      const selection = await this.select(tx, code, computation, submission.lines);
      const { lineNos, totalMinor } = await this.acted.claimable(tx, computation.id, selection);
      if (lineNos.length === 0) throw new NothingToClaim();
      const claim: NewClaim = {
        id: uuidv7(),
        contractId: contract.id,
        number: await this.repository.nextNumber(tx, contract.id),
        computationId: computation.id,
        lines: lineNos.length,
        totalMinor,
        submittedBy: command.actor.personId,
        submittedAt: this.clock.now(),
        recordedSeq,
        linesSalt: randomBytes(SALT_BYTES),
      };
      await this.repository.insertClaim(tx, claim);
      const act = { claimId: claim.id, computationId: computation.id, act: null };
      const tree = new LinesTree(claim.linesSalt);
      for await (const page of this.linesOfActs.taken(tx, code, act, lineNos))
        for (const line of page) tree.add(line);
      return this.record(tx, command, contract, computation, claim, tree.root());
    });
  }

  private async claimable(
    tx: Transaction,
    contractId: string,
    number: number,
  ): Promise<ComputationRow> {
    const computation = await this.repository.computation(tx, contractId, number);
    if (computation === null) throw new NotVisible('computation');
    const { kind, state } = computation;
    if (kind !== 'payable') throw new ComputationNotClaimable(number, 'a recheck');
    if (state !== 'computed') throw new ComputationNotClaimable(number, state);
    return computation;
  }

  private async select(
    tx: Transaction,
    code: string,
    computation: ComputationRow,
    references: readonly string[] | null,
  ): Promise<Selection> {
    if (references === null) return null;
    const chosen = references.map((reference) => ({
      reference,
      lineNo: lineNoOf(reference, code, computation.number),
    }));
    const lineNos = chosen.flatMap(({ lineNo }) => (lineNo === null ? [] : [lineNo]));
    const rows = await this.repository.lineStates(tx, computation.id, lineNos);
    checkSelection(chosen, new Map(rows.map((row) => [row.line_no, toClaimableLine(row)])));
    return lineNos;
  }

  private async record(
    tx: Transaction,
    command: Command,
    contract: OpenContract,
    computation: ComputationRow,
    claim: NewClaim,
    linesHash: string,
  ): Promise<SubmittedClaim> {
    const { number, lines, totalMinor } = claim;
    const { currency } = computation;
    const entry = await this.audit.record(tx, {
      stream: contract.id,
      type: 'claim.submitted',
      actor: command.actor,
      duty: contract.standing!.role,
      party: contract.standing!.party,
      payload: {
        claimId: claim.id,
        number,
        computationId: claim.computationId,
        lines,
        totalMinor: `${totalMinor}`,
        currency,
        linesHash,
      },
    });
    return {
      contract: contract.code,
      number,
      state: CLAIM_STATES.starts,
      revision: 1,
      computation: computation.number,
      lines,
      amount: formatAmount(money(totalMinor, currency as Currency)),
      currency,
      linesHash,
      receipt: this.receipts.of(entry),
    };
  }
}

/** The line number that a reference names in this computation; null where it names no line of it. */
function lineNoOf(reference: string, contract: string, computation: number): number | null {
  const parsed = parseLineReference(reference);
  return parsed?.contract === contract && parsed.computation === computation ? parsed.lineNo : null;
}
