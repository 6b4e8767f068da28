import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AdministratorIsNoParty } from '../access/access.errors.js';
import { AccessService } from '../access/access.service.js';
import { MembersService } from '../access/members.service.js';
import { AuditService } from '../audit/audit.service.js';
import type { Clock } from '../domain/calendar/clock.js';
import { amendmentProblems } from '../domain/contract-terms/amendment.js';
import { CONTRACT_STATES } from '../domain/contract-terms/contract-states.js';
import { editionHash } from '../domain/contract-terms/edition-hash.js';
import type { Actor } from '../platform/auth/actor.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { requireMatch } from '../platform/http/etag.js';
import { contractTag } from './contract-tag.js';
import type { DraftOutcome } from './contract-view.js';
import {
  AmendmentRefused,
  CodeOfAnotherContract,
  DraftOpen,
  NoDraft,
  NothingToAmend,
  PartyNotInTerms,
} from './contracts.errors.js';
import { toDraft, toTermsInForce } from './contracts.mapping.js';
import { ContractsRepository } from './contracts.repository.js';
import { ContractsService, type OpenContract } from './contracts.service.js';
import { moveContract } from './move-contract.js';
import { readTerms, type ReadTerms, type TermsInput } from './read-terms.js';
import type { TermsVersionEntity } from './terms-version.entity.js';

const FIRST_REASON = 'The terms as first agreed';

/** A replacement of the open draft. Day and reason belong to an amendment and stay as they were when left out. */
export interface DraftChange {
  readonly terms: TermsInput;
  readonly effectiveFrom?: string | undefined;
  readonly reason?: string | undefined;
}

/** A new edition of terms that are in force. */
export interface Amendment {
  readonly terms: TermsInput;
  readonly effectiveFrom: string;
  readonly reason: string;
}

/** Writing terms that are not in force yet: a first draft, its replacement, an amendment. */
@Injectable()
export class DraftingService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly transactions: TransactionRunner,
    private readonly access: AccessService,
    private readonly members: MembersService,
    private readonly contracts: ContractsService,
    private readonly repository: ContractsRepository,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Opens a contract with a first draft, which may be incomplete. A commissioner's person says for which party of the
   * draft they act, and becomes its first member. Refuses TermsRefused, ContractCodeTaken, PermissionRefused,
   * PartyNotInTerms.
   */
  create(
    command: Command,
    input: TermsInput,
    actingFor?: string,
  ): Promise<Performed<DraftOutcome>> {
    const read = readTerms(input);
    return this.commands.perform(command, async (tx) => {
      const { actor } = command;
      const duty = await this.access.authoriseToOpenContract(tx, actor);
      const party = partyOf(duty, actingFor, read);
      const { code, title } = read.draft;
      const id = uuidv7();
      const contract = { id, code, title, state: CONTRACT_STATES.starts, revision: 1 };
      await this.repository.insert(tx, { ...contract, createdBy: actor.personId });
      const about = { number: 1, effectiveFrom: null, reason: FIRST_REASON };
      const draft = this.edition(actor, id, read, about);
      await this.repository.insertDraft(tx, draft);
      const documentHash = draft.documentHash.toString('hex');
      await this.audit.append(tx, {
        stream: id,
        type: 'contract.drafted',
        actor,
        duty,
        party,
        payload: { code, documentHash },
      });
      if (party !== null) await this.members.addFounder(tx, actor, id, party);
      return { code, number: 1, documentHash, revision: 1, state: 'draft' };
    });
  }

  /**
   * Replaces the open draft. ifMatch is the entity tag of the contract as it was read. Refuses VersionStale, NoDraft,
   * TermsRefused, CodeOfAnotherContract, AmendmentRefused.
   */
  replace(actor: Actor, code: string, ifMatch: string, change: DraftChange): Promise<DraftOutcome> {
    const read = readTerms(change.terms);
    return this.transactions.run(actor, async (tx) => {
      const contract = await this.lock(tx, actor, code, 'contract:draft');
      requireMatch(ifMatch, contractTag(code, contract.revision));
      const editions = await this.repository.editions(tx, contract.id);
      const draft = editions.find((edition) => edition.state === 'draft');
      if (draft === undefined) throw new NoDraft();
      refuseOtherCode(read, code);
      const effectiveFrom = this.dayOf(draft, change);
      const inForce = editions.findLast((edition) => edition.state === 'active');
      if (inForce !== undefined && effectiveFrom !== null)
        refuseUnfit(inForce, read, effectiveFrom);
      const { number } = draft;
      const reason = change.reason ?? draft.reason;
      const next = this.edition(actor, contract.id, read, { number, effectiveFrom, reason });
      await this.repository.replaceDraft(tx, next);
      return this.record(tx, actor, contract, next, 'terms.draft-replaced');
    });
  }

  /**
   * Writes a new edition of terms in force: the whole new document, the day from which it decides, and why. Refuses
   * NothingToAmend, DraftOpen, TermsRefused, CodeOfAnotherContract, AmendmentRefused.
   */
  amend(command: Command, code: string, amendment: Amendment): Promise<Performed<DraftOutcome>> {
    const read = readTerms(amendment.terms);
    return this.commands.perform(command, async (tx) => {
      const contract = await this.lock(tx, command.actor, code, 'contract:amend');
      const editions = await this.repository.editions(tx, contract.id);
      const latest = editions.at(-1);
      if (latest?.state === 'draft')
        throw latest.number === 1 ? new NothingToAmend() : new DraftOpen();
      if (latest === undefined) throw new NothingToAmend();
      refuseOtherCode(read, code);
      const { effectiveFrom, reason } = amendment;
      refuseUnfit(latest, read, effectiveFrom);
      const number = latest.number + 1;
      const next = this.edition(command.actor, contract.id, read, {
        number,
        effectiveFrom,
        reason,
      });
      await this.repository.insertDraft(tx, next);
      return this.record(tx, command.actor, contract, next, 'terms.amendment-drafted');
    });
  }

  private async lock(
    tx: Transaction,
    actor: Actor,
    code: string,
    permission: 'contract:draft' | 'contract:amend',
  ) {
    const open = await this.contracts.open(tx, actor, code, permission);
    const { state, revision, title } = await this.repository.lock(tx, open.id);
    return { ...open, state, revision, title };
  }

  /** A first edition says in its document from when it holds; an amendment keeps its day unless another is given. */
  private dayOf(draft: TermsVersionEntity, change: DraftChange): string | null {
    if (draft.number > 1) return change.effectiveFrom ?? draft.effectiveFrom;
    if (change.effectiveFrom === undefined) return null;
    const detail = 'A first edition says it in its document: set effective.from there.';
    throw new AmendmentRefused([
      { at: '/effectiveFrom', code: 'EFFECTIVE_FROM_IN_DOCUMENT', detail },
    ]);
  }

  private edition(
    actor: Actor,
    contractId: string,
    { source, draft }: ReadTerms,
    about: { number: number; effectiveFrom: string | null; reason: string },
  ) {
    return {
      contractId,
      ...about,
      document: draft,
      documentHash: editionHash({ ...about, terms: draft }),
      source,
      writtenBy: actor.personId,
      writtenAt: this.clock.now(),
    };
  }

  private async record(
    tx: Transaction,
    actor: Actor,
    contract: OpenContract,
    edition: ReturnType<DraftingService['edition']>,
    type: 'terms.draft-replaced' | 'terms.amendment-drafted',
  ): Promise<DraftOutcome> {
    const { id, code, standing } = contract;
    const act = type === 'terms.draft-replaced' ? 'replace the draft' : 'amend';
    const state = moveContract(contract.state, act);
    const { number, effectiveFrom, reason } = edition;
    const revision = contract.revision + 1;
    // until terms are in force, the draft names the contract; afterwards the edition in force does
    const title = number === 1 ? edition.document.title : contract.title;
    await this.repository.update(tx, id, { title, state, revision });
    const documentHash = edition.documentHash.toString('hex');
    const who = {
      stream: id,
      actor,
      duty: standing?.role ?? 'administrator',
      party: standing?.party ?? null,
      effectiveOn: effectiveFrom,
    };
    if (type === 'terms.draft-replaced')
      await this.audit.append(tx, { ...who, type, payload: { number, documentHash } });
    else
      await this.audit.append(tx, {
        ...who,
        type,
        payload: { number, documentHash, effectiveFrom: effectiveFrom ?? '', reason },
      });
    return { code, number, documentHash, revision, state: 'draft' };
  }
}

/** For whom the opener acts: nobody as an administrator, a commissioner of the very draft otherwise. */
function partyOf(
  duty: 'administrator' | 'commissioner',
  actingFor: string | undefined,
  { draft }: ReadTerms,
): string | null {
  if (duty === 'administrator') {
    if (actingFor !== undefined) throw new AdministratorIsNoParty();
    return null;
  }
  const named = draft.parties?.some(({ id, role }) => id === actingFor && role === duty) ?? false;
  if (actingFor === undefined || !named) throw new PartyNotInTerms(actingFor ?? '', duty);
  return actingFor;
}

function refuseOtherCode({ draft }: ReadTerms, code: string): void {
  if (draft.code !== code) throw new CodeOfAnotherContract(draft.code, code);
}

function refuseUnfit(
  inForce: TermsVersionEntity,
  { draft }: ReadTerms,
  effectiveFrom: string,
): void {
  const faults = amendmentProblems(toTermsInForce(inForce), draft, effectiveFrom);
  if (faults.length > 0) throw new AmendmentRefused(faults);
  const unchanged = editionHash({
    number: 0,
    effectiveFrom: null,
    reason: '',
    terms: toDraft(inForce),
  }).equals(editionHash({ number: 0, effectiveFrom: null, reason: '', terms: draft }));
  if (!unchanged) return;
  const detail = 'The document says the same as the terms in force. Change what is to change.';
  throw new AmendmentRefused([{ at: '', code: 'NOTHING_CHANGES', detail }]);
}
