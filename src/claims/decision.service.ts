import { Inject, Injectable } from '@nestjs/common';
import { NotVisible } from '../access/access.errors.js';
import { AuditService } from '../audit/audit.service.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import type { Clock } from '../domain/calendar/clock.js';
import { claimState } from '../domain/claims/claim-states.js';
import { checkDecisions, NothingToDecide, type LineDecision } from '../domain/claims/decisions.js';
import { requireIndependent } from '../domain/claims/four-eyes.js';
import type { Decision } from '../domain/claims/line-states.js';
import { LinesDigest } from '../domain/claims/lines-digest.js';
import { formatLineReference, parseLineReference } from '../domain/computation/line-reference.js';
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

/** The lines an act decided, in the order of their numbers, and what each decision came to. */
interface Decided {
  readonly lines: ReadonlyMap<number, Decision>;
  readonly approvedMinor: bigint;
  readonly returnedMinor: bigint;
}

/** Deciding claims line by line. */
@Injectable()
export class DecisionService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly contracts: ContractsService,
    private readonly repository: ClaimsRepository,
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
      await this.audit.lock(tx, contract.id); // decisions of a contract take turns
      const claim = await this.repository.byNumber(tx, contract.id, number);
      if (claim === null) throw new NotVisible('claim');
      requireIndependent(await this.repository.handIn(tx, claim.id, personId));
      requireMatch(review.ifMatch, claimTag(code, number, claim.revision));
      const decided = await this.recordDecisions(tx, code, claim, personId, review);
      if (decided.lines.size === 0) throw new NothingToDecide();
      return this.record(tx, command, contract, claim, decided);
    });
  }

  private async recordDecisions(
    tx: Transaction,
    code: string,
    claim: ClaimRow,
    decidedBy: string,
    review: Review,
  ): Promise<Decided> {
    const act: DecisionAct = {
      claimId: claim.id,
      computationId: claim.computation_id,
      decidedBy,
      decidedAt: this.clock.now(),
    };
    const decisions = review.decisions.map(({ line, decision, reason }) => ({
      lineNo: lineNoOf(line, code, claim.computation_number),
      reference: line,
      decision,
      reason,
    }));
    const amounts = await this.check(tx, claim.id, decisions);
    if (decisions.length > 0) await this.repository.insertDecisions(tx, act, decisions);
    const rest = review.approveUndecided
      ? await this.repository.approveUndecided(tx, act)
      : { line_nos: [], total_minor: '0' };
    const sumOf = (wanted: Decision) =>
      decisions.reduce(
        (sum, { lineNo, decision }) => (decision === wanted ? sum + amounts.get(lineNo)! : sum),
        0n,
      );
    return {
      lines: inOrder(decisions, rest.line_nos),
      approvedMinor: sumOf('approved') + BigInt(rest.total_minor),
      returnedMinor: sumOf('returned'),
    };
  }

  /** Refuses decisions that cannot stand, and gives the amount of each line they name. */
  private async check(
    tx: Transaction,
    claimId: string,
    decisions: readonly LineDecision[],
  ): Promise<ReadonlyMap<number, bigint>> {
    const lineNos = decisions.map(({ lineNo }) => lineNo);
    const lines = (await this.repository.statesInClaim(tx, claimId, lineNos)).map(toClaimableLine);
    checkDecisions(decisions, new Map(lines.map(({ lineNo, state }) => [lineNo, state])));
    return new Map(lines.map(({ lineNo, amountMinor }) => [lineNo, amountMinor]));
  }

  private async record(
    tx: Transaction,
    command: Command,
    contract: OpenContract,
    claim: ClaimRow,
    decided: Decided,
  ): Promise<DecidedClaim> {
    const { number, currency } = claim;
    const approved = countOf(decided.lines, 'approved');
    const returned = decided.lines.size - approved;
    const decisionsHash = digestOf(contract.code, claim.computation_number, decided.lines);
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
        approved,
        returned,
        approvedMinor: `${decided.approvedMinor}`,
        returnedMinor: `${decided.returnedMinor}`,
        currency,
        decisionsHash,
      },
    });
    const amount = (minor: bigint) => formatAmount(money(minor, currency as Currency));
    return {
      contract: contract.code,
      number,
      state: claimState(claim.lines, claim.decided + decided.lines.size),
      revision,
      currency,
      approved: { lines: approved, amount: amount(decided.approvedMinor) },
      returned: { lines: returned, amount: amount(decided.returnedMinor) },
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

function inOrder(
  decisions: readonly LineDecision[],
  alsoApproved: readonly number[],
): ReadonlyMap<number, Decision> {
  const all: [number, Decision][] = [
    ...decisions.map(({ lineNo, decision }): [number, Decision] => [lineNo, decision]),
    ...alsoApproved.map((lineNo): [number, Decision] => [lineNo, 'approved']),
  ];
  return new Map(all.sort(([a], [b]) => a - b));
}

function digestOf(
  contract: string,
  computation: number,
  lines: ReadonlyMap<number, Decision>,
): string {
  const digest = new LinesDigest();
  for (const [lineNo, decision] of lines)
    digest.add(lineNo, formatLineReference({ contract, computation, lineNo }), decision);
  return digest.finish();
}

function countOf(lines: ReadonlyMap<number, Decision>, wanted: Decision): number {
  let count = 0;
  for (const decision of lines.values()) if (decision === wanted) count += 1;
  return count;
}
