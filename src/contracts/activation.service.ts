import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Clock } from '../domain/calendar/clock.js';
import { Receipts } from '../log/receipts.service.js';
import { CLOCK } from '../platform/clock/clock.module.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { Standing } from '../access/access.service.js';
import type { DraftOutcome } from './contract-view.js';
import {
  ActivationRefused,
  ConsentToAnotherDocument,
  NoDraft,
  PartyNotInTerms,
} from './contracts.errors.js';
import { toDraft } from './contracts.mapping.js';
import { ContractsRepository, type ConsentDuty } from './contracts.repository.js';
import { ContractsService, draftProblems } from './contracts.service.js';
import { moveContract } from './move-contract.js';
import type { ContractEntity } from './contract.entity.js';
import type { TermsVersionEntity } from './terms-version.entity.js';

/** Bringing terms into force: a provider and a commissioner consent, as two people, to the same document. */
@Injectable()
export class ActivationService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly contracts: ContractsService,
    private readonly repository: ContractsRepository,
    private readonly audit: AuditService,
    private readonly receipts: Receipts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Consents to the draft with this hash; with the second side's consent the edition comes into force in the same
   * transaction. Refuses NoDraft, ConsentToAnotherDocument, PartyNotInTerms, ConsentGivenAlready, ConsentNeedsTwoPeople,
   * and ActivationRefused with every fault of the draft, at either consent: nobody consents to what cannot hold.
   */
  consent(command: Command, code: string, documentHash: string): Promise<Performed<DraftOutcome>> {
    return this.commands.perform(command, async (tx) => {
      const open = await this.contracts.open(tx, command.actor, code, 'contract:consent');
      const contract = await this.repository.lock(tx, open.id);
      const editions = await this.repository.editions(tx, contract.id);
      const draft = editions.find((edition) => edition.state === 'draft');
      if (draft === undefined) throw new NoDraft();
      if (draft.documentHash.toString('hex') !== documentHash) throw new ConsentToAnotherDocument();
      const standing = dutyOf(open.standing, draft);
      const problems = draftProblems(draft, editions);
      if (problems.length > 0) throw new ActivationRefused(problems);
      const key = {
        contractId: contract.id,
        number: draft.number,
        documentHash: draft.documentHash,
      };
      const { duty } = standing;
      await this.repository.insertConsent(tx, { ...key, duty, personId: command.actor.personId });
      await this.audit.append(tx, {
        stream: contract.id,
        type: 'terms.consented',
        actor: command.actor,
        duty,
        party: standing.party,
        payload: { number: draft.number, documentHash },
      });
      const consents = await this.repository.consents(
        tx,
        key.contractId,
        key.number,
        key.documentHash,
      );
      const agreed = new Set(consents.map((consent) => consent.duty)).size === 2;
      const receipt = agreed ? await this.activate(tx, command, draft, standing) : null;
      const revision = await this.settle(tx, contract, draft, agreed);
      return {
        code,
        number: draft.number,
        documentHash,
        revision,
        state: agreed ? 'active' : 'draft',
        ...(agreed ? { receipt } : {}),
      };
    });
  }

  private async activate(
    tx: Transaction,
    { actor }: Command,
    draft: TermsVersionEntity,
    { duty, party }: { duty: ConsentDuty; party: string },
  ): Promise<string | null> {
    const { contractId, number } = draft;
    const effectiveFrom = draft.effectiveFrom ?? toDraft(draft).effective!.from;
    const recordedSeq = String(await this.audit.lock(tx, contractId));
    const change = { effectiveFrom, activatedAt: this.clock.now(), recordedSeq };
    await this.repository.activate(tx, { contractId, number }, change);
    const entry = await this.audit.record(tx, {
      stream: contractId,
      type: 'terms.activated',
      actor,
      duty,
      party,
      effectiveOn: effectiveFrom,
      payload: { number, documentHash: draft.documentHash.toString('hex'), effectiveFrom },
    });
    return this.receipts.of(entry);
  }

  private async settle(
    tx: Transaction,
    contract: ContractEntity,
    draft: TermsVersionEntity,
    agreed: boolean,
  ): Promise<number> {
    const revision = contract.revision + 1;
    const state = moveContract(contract.state, agreed ? 'consent as the second side' : 'consent');
    const title = agreed ? toDraft(draft).title : contract.title;
    await this.repository.update(tx, contract.id, { title, state, revision });
    return revision;
  }
}

/** The side a person consents for: their party must be in the very document, in the role they act in. */
function dutyOf(
  standing: Standing | null,
  draft: TermsVersionEntity,
): { duty: ConsentDuty; party: string } {
  const { role, party } = standing ?? { role: 'administrator', party: '' };
  const named =
    toDraft(draft).parties?.some((one) => one.id === party && one.role === role) ?? false;
  if (!named || (role !== 'provider' && role !== 'commissioner'))
    throw new PartyNotInTerms(party, role);
  return { duty: role, party };
}
