import { Injectable } from '@nestjs/common';
import { NotVisible } from '../access/access.errors.js';
import { AccessService, type Standing } from '../access/access.service.js';
import { activationProblems } from '../domain/contract-terms/activation/activation-problems.js';
import { amendmentProblems } from '../domain/contract-terms/amendment.js';
import { diffInWords } from '../domain/contract-terms/diff-in-words.js';
import { editionText } from '../domain/contract-terms/edition-hash.js';
import type { TermsInForce } from '../domain/contract-terms/terms-in-force.js';
import type { Fault } from '../domain/shared/domain-error.js';
import type { Actor } from '../platform/auth/actor.js';
import type { Permission } from '../platform/auth/permission.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import type {
  ContractSummary,
  ContractView,
  DraftView,
  EditionSummary,
  EditionView,
} from './contract-view.js';
import { ContractNotActive } from './contracts.errors.js';
import { editionOf, toDraft, toTermsInForce } from './contracts.mapping.js';
import { ContractsRepository } from './contracts.repository.js';
import type { ContractEntity } from './contract.entity.js';
import type { TermsVersionEntity } from './terms-version.entity.js';

const CODE = /^[a-z0-9-]{1,60}$/;

/** A contract that somebody may act on, and in which capacity. */
export interface OpenContract {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly state: ContractEntity['state'];
  readonly revision: number;
  /** null for an administrator, who acts for no party. */
  readonly standing: Standing | null;
}

/** Finding contracts and reading their terms. Drafting and activation are beside this. */
@Injectable()
export class ContractsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly access: AccessService,
    private readonly repository: ContractsRepository,
  ) {}

  /** The contract, if the person may do this on it. Refuses NotVisible and PermissionRefused. */
  async open(
    tx: Transaction,
    actor: Actor,
    code: string,
    permission: Permission,
  ): Promise<OpenContract> {
    const contract = CODE.test(code) ? await this.repository.byCode(tx, code) : null;
    if (contract === null) throw new NotVisible();
    const standing = await this.access.authorise(tx, actor, permission, contract.id);
    return { ...contract, standing };
  }

  /**
   * The editions in force, oldest first; with knownThrough, those that were in force when the contract's audit trail
   * had reached that entry. Refuses ContractNotActive when there is none.
   */
  async activeTerms(
    tx: Transaction,
    contractId: string,
    knownThrough?: bigint,
  ): Promise<TermsInForce[]> {
    const inForce = await this.repository.inForce(tx, contractId);
    const known = inForce
      .map(toTermsInForce)
      .filter((row) => knownThrough === undefined || row.recordedSeq <= knownThrough);
    if (known.length === 0) throw new ContractNotActive();
    return known;
  }

  /**
   * The documents of the editions in force, by their numbers, as the texts whose digest is their documentHash. What the
   * parties consented to in a first edition does not say from when it holds: the document does.
   */
  async documentsInForce(
    tx: Transaction,
    contractId: string,
  ): Promise<ReadonlyMap<number, string>> {
    const editions = await this.repository.editions(tx, contractId);
    return new Map(
      editions
        .filter(({ state }) => state === 'active')
        .map((row) => [row.number, editionText(editionOf(row))]),
    );
  }

  /** A page of the person's contracts by code, one more than the limit to show whether there is another page. */
  list(actor: Actor, after: string | null, limit: number): Promise<ContractSummary[]> {
    return this.transactions.readOnly(actor, async (tx) => {
      const personId = actor.isAdministrator ? null : actor.personId;
      const only = actor.scope?.contractIds ?? null;
      const rows = await this.repository.visible(tx, personId, only, after ?? '', limit + 1);
      return rows.map(({ code, title, state, role, party }) => ({
        code,
        title,
        state,
        you: role === null || party === null ? null : { role, party },
      }));
    });
  }

  /** One contract with the history of its terms and its open draft. Refuses NotVisible. */
  get(actor: Actor, code: string): Promise<ContractView> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.open(tx, actor, code, 'contract:read');
      const editions = await this.repository.editions(tx, contract.id);
      const inForce = editions.findLast((edition) => edition.state === 'active');
      const shown = inForce ?? editions.at(-1);
      return {
        code,
        title: contract.title,
        state: contract.state,
        revision: contract.revision,
        you: contract.standing,
        standing: shown === undefined ? null : (toDraft(shown).standing ?? null),
        inForce: inForce?.number ?? null,
        editions: editions.map(summaryOf),
        draft: await this.draftView(tx, editions),
      };
    });
  }

  /** One edition with its document; the latest in force, or else the draft, when no number is named. Refuses NotVisible. */
  edition(actor: Actor, code: string, number: number | null): Promise<EditionView> {
    return this.transactions.readOnly(actor, async (tx) => {
      const contract = await this.open(tx, actor, code, 'contract:read');
      const editions = await this.repository.editions(tx, contract.id);
      const chosen =
        number === null
          ? (editions.findLast((edition) => edition.state === 'active') ?? editions.at(-1))
          : editions.find((edition) => edition.number === number);
      if (chosen === undefined) throw new NotVisible('edition of these terms');
      return {
        ...summaryOf(chosen),
        terms: toDraft(chosen),
        source: chosen.source,
        changes: changesIn(chosen, editions),
      };
    });
  }

  private async draftView(
    tx: Transaction,
    editions: readonly TermsVersionEntity[],
  ): Promise<DraftView | null> {
    const draft = editions.find((edition) => edition.state === 'draft');
    if (draft === undefined) return null;
    const { contractId, number, documentHash } = draft;
    const consents = await this.repository.consents(tx, contractId, number, documentHash);
    return {
      number,
      documentHash: documentHash.toString('hex'),
      changes: changesIn(draft, editions),
      consents: consents.map(({ duty, name, given_at }) => ({
        duty,
        by: name,
        givenAt: given_at.toISOString(),
      })),
      problems: draftProblems(draft, editions),
    };
  }
}

/** Everything that keeps a draft from coming into force: its own faults, and what it may not change as an amendment. */
export function draftProblems(
  draft: TermsVersionEntity,
  editions: readonly TermsVersionEntity[],
): Fault[] {
  const terms = toDraft(draft);
  const inForce = editions.findLast((edition) => edition.state === 'active');
  const following =
    inForce === undefined
      ? []
      : amendmentProblems(toTermsInForce(inForce), terms, draft.effectiveFrom ?? '');
  return [...activationProblems(terms), ...following];
}

function changesIn(edition: TermsVersionEntity, editions: readonly TermsVersionEntity[]): string[] {
  const before = editions.find(({ number }) => number === edition.number - 1);
  return before === undefined ? [] : diffInWords(toDraft(before), toDraft(edition));
}

const summaryOf = (edition: TermsVersionEntity): EditionSummary => ({
  number: edition.number,
  state: edition.state,
  effectiveFrom: edition.effectiveFrom,
  reason: edition.reason,
  documentHash: edition.documentHash.toString('hex'),
  writtenAt: edition.writtenAt.toISOString(),
  activatedAt: edition.activatedAt?.toISOString() ?? null,
});
