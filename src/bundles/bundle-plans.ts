import { Injectable } from '@nestjs/common';
import { NotVisible } from '../access/access.errors.js';
import { AuditService } from '../audit/audit.service.js';
import type { OpenContract } from '../contracts/contracts.service.js';
import { parseLineReference } from '../domain/computation/line-reference.js';
import type { Transaction } from '../platform/database/transaction.js';
import { isOfTerms, payloadOf, type BundlePlan } from './bundle-plan.js';
import type { BundleRequest } from './bundle-request.js';
import { LinesNotOpenable } from './bundles.errors.js';
import { BundlesRepository, type ActRow, type EntryInLogRow } from './bundles.repository.js';

const NOTHING = { statement: null, acts: [], shows: () => false } as const;

/** Decides what a bundle has to show. Authorise before. */
@Injectable()
export class BundlePlans {
  constructor(
    private readonly repository: BundlesRepository,
    private readonly audit: AuditService,
  ) {}

  /** Refuses NotVisible where the contract has no such thing, and LinesNotOpenable. */
  of(tx: Transaction, contract: OpenContract, request: BundleRequest): Promise<BundlePlan> {
    switch (request.type) {
      case 'contract':
        return this.contract(tx, contract);
      case 'statement':
        return this.statement(tx, contract, request.period, request.number);
      case 'claim':
        return this.claim(tx, contract, request.number);
      case 'line':
        return this.line(tx, contract, request.line);
      case 'participant':
        return this.participant(tx, contract, request.reference);
      case 'entry':
        return this.entry(tx, contract, request.seq);
    }
  }

  private async contract(tx: Transaction, { id }: OpenContract): Promise<BundlePlan> {
    const acts = await this.repository.acts(tx, id);
    return {
      subject: { type: 'contract' },
      needs: 0n,
      opens: () => true,
      statement: null,
      acts: acts.filter(({ salt }) => salt !== null),
      shows: () => true,
    };
  }

  /** No entry on a claim is opened: exact amounts are what a statement holds back from its readers. */
  private async statement(
    tx: Transaction,
    { id }: OpenContract,
    period: string,
    number: number | null,
  ): Promise<BundlePlan> {
    const issue = await this.repository.issue(tx, id, period, number);
    if (issue === null) throw new NotVisible('statement');
    return {
      ...NOTHING,
      subject: { type: 'statement', period, number: BigInt(issue.number) },
      needs: BigInt(issue.seq),
      opens: (entry) => isOfTerms(entry) || entry.seq === issue.seq,
      statement: issue.document,
    };
  }

  private async claim(tx: Transaction, { id }: OpenContract, number: number): Promise<BundlePlan> {
    const acts = openable(await this.repository.actsOnClaim(tx, id, number));
    if (acts.length === 0) throw new NotVisible('claim');
    return {
      subject: { type: 'claim', number: BigInt(number) },
      needs: BigInt(acts[0]!.recorded_seq),
      opens: opensActs(acts),
      statement: null,
      acts,
      shows: () => true,
    };
  }

  private async line(tx: Transaction, { id, code }: OpenContract, line: string) {
    const parsed = parseLineReference(line);
    if (parsed?.contract !== code) throw new NotVisible('line');
    const { computation, lineNo } = parsed;
    const acts = openable(await this.repository.actsOnLine(tx, id, computation, lineNo));
    if (acts.length === 0) throw new NotVisible('claim with this line');
    return {
      subject: { type: 'line', line },
      needs: BigInt(acts[0]!.recorded_seq),
      opens: opensActs(acts),
      statement: null,
      acts,
      shows: ({ reference }) => reference === line,
    } satisfies BundlePlan;
  }

  /** A bundle of the contract as the format has it, with this one act opened: it needs no more of whoever checks it. */
  private async entry(tx: Transaction, { id }: OpenContract, seq: bigint): Promise<BundlePlan> {
    if (seq < 1n || seq > (await this.audit.head(tx, id))) throw new NotVisible('entry');
    return {
      ...NOTHING,
      subject: { type: 'contract' },
      needs: seq,
      opens: (entry) => isOfTerms(entry) || entry.seq === String(seq),
    };
  }

  private async participant(tx: Transaction, { id }: OpenContract, reference: string) {
    const found = await this.repository.actsOnParticipant(tx, id, reference);
    if (found === null) throw new NotVisible('participant');
    const acts = openable(found);
    const isOfAct = opensActs(acts);
    return {
      subject: { type: 'participant', reference },
      needs: 0n,
      opens: (entry) =>
        isOfAct(entry) || (isOfPerson(entry) && payloadOf(entry)['reference'] === reference),
      statement: null,
      acts,
      shows: ({ participant }) => participant === reference,
    } satisfies BundlePlan;
  }
}

type OpenableAct = ActRow & { readonly recorded_seq: string; readonly salt: Buffer };

function openable(acts: readonly ActRow[]): OpenableAct[] {
  return acts.map((act) => {
    if (act.recorded_seq === null || act.salt === null) throw new LinesNotOpenable(act.number);
    return { ...act, recorded_seq: act.recorded_seq, salt: act.salt };
  });
}

/** The terms, the entries of the acts, and what the computation of their lines came to. */
function opensActs(acts: readonly OpenableAct[]): (entry: EntryInLogRow) => boolean {
  const seqs = new Set(acts.map(({ recorded_seq }) => recorded_seq));
  const computations = new Set<unknown>(acts.map(({ computation_id }) => computation_id));
  return (entry) =>
    isOfTerms(entry) ||
    seqs.has(entry.seq) ||
    (entry.type === 'computation.computed' && computations.has(payloadOf(entry)['computationId']));
}

const isOfPerson = ({ type }: EntryInLogRow): boolean =>
  /^(participant|enrolment|measurement)\./.test(type);
