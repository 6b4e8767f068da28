import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { NotVisible } from '../access/access.errors.js';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import type { Clock } from '../domain/calendar/clock.js';
import { claimState } from '../domain/claims/claim-states.js';
import { checkDecisions, NothingToDecide, type LineDecision } from '../domain/claims/decisions.js';
import { requireIndependent } from '../domain/claims/four-eyes.js';
import type { Decision } from '../domain/claims/line-states.js';
import { LinesTree } from '../domain/claims/lines-tree.js';
import { parseLineReference } from '../domain/computation/line-reference.js';
import { SALT_BYTES } from '../domain/log/leaf-text.js';
import type { Currency } from '../domain/money/currency.js';
import { formatAmount, money } from '../domain/money/money.js';
import { Receipts } from '../log/receipts.service.js';
import { requireRecent } from '../platform/auth/recent-authentication.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { requireMatch } from '../platform/http/etag.js';
import { claimTag } from './claim-tag.js';
import type { DecidedClaim } from './claim-view.js';
import { toClaimableLine, type ClaimRow } from './claims.mapping.js';
import { ClaimsRepository, type DecisionAct } from './claims.repository.js';
import { LinesOfActs } from './lines-of-acts.js';

/** What a commissioner decides in one act. */
export interface Review {
  /** Entity tag of the claim as it was read. */
  readonly ifMatch: string;
  readonly decisions: readonly {
    readonly line: string;
    readonly decision: Decision;
    readonly reason: string | null;
  }[];
  /** Approves every line that is still undecided after the decisions above. */
  readonly approveUndecided: boolean;
}

/** Deciding claims line by line. */
@Injectable()
export class DecisionService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly contracts: ContractsService,
    private readonly repository: ClaimsRepository,
    private readonly linesOfActs: LinesOfActs,
    private readonly audit: AuditService,
    private readonly receipts: Receipts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Decides lines of a claim; all decisions of the act are recorded or none. Refuses NotVisible, PermissionRefused,
   * AuthenticationNotRecent at a browser, DeciderNotIndependent, VersionStale, DecisionsRefused with every fault, and
   * NothingToDecide.
   */
  decide(
    command: Command,
    code: string,
    number: number,
    review: Review,
  ): Promise<Performed<DecidedClaim>> {
    return this.commands.perform(command, async (tx) => {
      const { personId } = command.actor;
      const contract = await this.contracts.open(tx, command.actor, code, 'claim:decide');
      requireRecent(command.actor, this.clock.now());
      const recordedSeq = await this.audit.lock(tx, contract.id); // decisions of a contract take turns
      const claim = await this.repository.byNumber(tx, contract.id, number);
      if (claim === null) throw new NotVisible('claim');
      requireIndependent(await this.repository.handIn(tx, claim.id, personId));
      requireMatch(review.ifMatch, claimTag(code, number, claim.revision));
      const act = { personId, recordedSeq, salt: randomBytes(SALT_BYTES) };
      const decided = await this.recordDecisions(tx, code, claim, act, review);
      return this.record(tx, command, contract, claim, decided);
    });
  }

  private async recordDecisions(
    tx: Transaction,
    code: string,
    claim: ClaimRow,
    by: { readonly personId: string; readonly recordedSeq: bigint; readonly salt: Uint8Array },
    review: Review,
  ): Promise<LinesTree> {
    const act: DecisionAct = {
      claimId: claim.id,
      computationId: claim.computation_id,
      act: claim.revision,
      decidedBy: by.personId,
      decidedAt: this.clock.now(),
    };
    const decisions = review.decisions.map(({ line, decision, reason }) => ({
      lineNo: lineNoOf(line, code, claim.computation_number),
      reference: line,
      decision,
      reason,
    }));
    await this.check(tx, claim.id, decisions);
    await this.repository.insertAct(tx, act, by);
    const { approveUndecided } = review;
    const tree = new LinesTree(by.salt);
    const pages = this.linesOfActs.decided(tx, code, act, decisions, approveUndecided);
    for await (const page of pages) for (const line of page) tree.add(line);
    if (tree.size === 0) throw new NothingToDecide();
    return tree;
  }

  /** Refuses decisions that cannot stand. */
  private async check(
    tx: Transaction,
    claimId: string,
    decisions: readonly LineDecision[],
  ): Promise<void> {
    const lineNos = decisions.map(({ lineNo }) => lineNo);
    const lines = (await this.repository.statesInClaim(tx, claimId, lineNos)).map(toClaimableLine);
    checkDecisions(decisions, new Map(lines.map(({ lineNo, state }) => [lineNo, state])));
  }

  private async record(
    tx: Transaction,
    command: Command,
    contract: OpenContract,
    claim: ClaimRow,
    decided: LinesTree,
  ): Promise<DecidedClaim> {
    const { number, currency } = claim;
    const [approved, returned] = [decided.of('approved'), decided.of('returned')];
    const decisionsHash = decided.root();
    const revision = await this.repository.raiseRevision(tx, claim.id);
    const entry = await this.audit.record(tx, {
      stream: contract.id,
      type: 'claim.decided',
      actor: command.actor,
      duty: contract.standing!.role,
      party: contract.standing!.party,
      payload: {
        claimId: claim.id,
        number,
        approved: approved.lines,
        returned: returned.lines,
        approvedMinor: `${approved.amountMinor}`,
        returnedMinor: `${returned.amountMinor}`,
        currency,
        decisionsHash,
      },
    });
    const amount = (minor: bigint) => formatAmount(money(minor, currency as Currency));
    return {
      contract: contract.code,
      number,
      state: claimState(claim.lines, claim.decided + decided.size),
      revision,
      currency,
      approved: { lines: approved.lines, amount: amount(approved.amountMinor) },
      returned: { lines: returned.lines, amount: amount(returned.amountMinor) },
      decisionsHash,
      receipt: this.receipts.of(entry),
    };
  }
}

/** Line number that a reference names; 0, which no line has, where it names a line of something else. */
function lineNoOf(reference: string, contract: string, computation: number): number {
  const parsed = parseLineReference(reference);
  return parsed?.contract === contract && parsed.computation === computation ? parsed.lineNo : 0;
}
