import { Injectable } from '@nestjs/common';
import { refuseOnConstraint } from '../platform/database/constraint.js';
import type { Transaction } from '../platform/database/transaction.js';
import { ContractEntity } from './contract.entity.js';
import {
  ConsentGivenAlready,
  ConsentNeedsTwoPeople,
  ContractCodeTaken,
  DraftOpen,
} from './contracts.errors.js';
import { TermsVersionEntity, type EditionInForce } from './terms-version.entity.js';

/** The two sides that bring terms into force. */
export type ConsentDuty = 'provider' | 'commissioner';

export interface Consent {
  readonly contractId: string;
  readonly number: number;
  readonly documentHash: Buffer;
  readonly duty: ConsentDuty;
  readonly personId: string;
}

export interface ConsentRow {
  readonly duty: ConsentDuty;
  readonly name: string;
  readonly given_at: Date;
}

export type ContractFound = Pick<ContractEntity, 'id' | 'code' | 'title' | 'state' | 'revision'>;

export interface ContractRow {
  readonly code: string;
  readonly title: string;
  readonly state: string;
  readonly role: string | null;
  readonly party: string | null;
}

/** Contracts, the editions of their terms, and the consents to them. */
@Injectable()
export class ContractsRepository {
  /** What every act on a contract begins with. Served by contract_code_once. */
  async byCode(tx: Transaction, code: string): Promise<ContractFound | null> {
    const [row] = await tx.prepared<ContractFound>(
      'contract-by-code',
      'select id, code, title, state, revision from contract where code = $1',
      [code],
    );
    return row ?? null;
  }

  /** Holds the contract until the transaction ends, so that drafting, consent and activation take turns. */
  async lock(tx: Transaction, contractId: string): Promise<ContractEntity> {
    await tx.query('select 1 from contract where id = $1 for update', [contractId]);
    return tx.manager.findOneByOrFail(ContractEntity, { id: contractId });
  }

  async insert(tx: Transaction, contract: Omit<ContractEntity, 'createdAt'>): Promise<void> {
    await tx.manager.insert(ContractEntity, contract).catch((error: unknown) =>
      refuseOnConstraint(error, {
        contract_code_once: () => new ContractCodeTaken(contract.code),
      }),
    );
  }

  async update(
    tx: Transaction,
    contractId: string,
    change: Pick<ContractEntity, 'title' | 'state' | 'revision'>,
  ): Promise<void> {
    await tx.manager.update(ContractEntity, { id: contractId }, change);
  }

  /**
   * Contracts in which the person has a part, or all of them for an administrator, by code; of these only some where the
   * key is narrowed. Served by contract_code_once.
   */
  visible(
    tx: Transaction,
    personId: string | null,
    only: readonly string[] | null,
    after: string,
    limit: number,
  ): Promise<ContractRow[]> {
    return tx.query<ContractRow>(
      `select c.code, c.title, c.state, m.role, m.party
         from contract c
         left join lateral (
           select role, party from membership
            where contract_id = c.id and person_id = $1 and ended_at is null
            order by granted_at, role limit 1) m on true
        where c.code > $2 and ($1::uuid is null or m.role is not null)
          and ($4::uuid[] is null or c.id = any($4))
        order by c.code limit $3`,
      [personId, after, limit, only],
    );
  }

  edition(tx: Transaction, contractId: string, number: number): Promise<TermsVersionEntity | null> {
    return tx.manager.findOneBy(TermsVersionEntity, { contractId, number });
  }

  draft(tx: Transaction, contractId: string): Promise<TermsVersionEntity | null> {
    return tx.manager.findOneBy(TermsVersionEntity, { contractId, state: 'draft' });
  }

  /** The editions in force, oldest first, without the texts that they were written in. */
  inForce(tx: Transaction, contractId: string): Promise<EditionInForce[]> {
    return tx.prepared<EditionInForce>(
      'editions-in-force',
      `select contract_id as "contractId", number, document, effective_from as "effectiveFrom",
              recorded_seq as "recordedSeq"
         from terms_version where contract_id = $1 and state = 'active' order by number`,
      [contractId],
    );
  }

  /** Every edition of a contract, oldest first. */
  editions(tx: Transaction, contractId: string): Promise<TermsVersionEntity[]> {
    return tx.manager.find(TermsVersionEntity, { where: { contractId }, order: { number: 'ASC' } });
  }

  /**
   * Whether the terms in force, or the latest edition, name a party in a role. The manager of the party's organisation may
   * ask, and is not shown the terms.
   */
  async namesParty(
    tx: Transaction,
    contractId: string,
    party: string,
    role: string,
  ): Promise<boolean> {
    const [row] = await tx.query<{ named: boolean }>(
      'select terms_name_party($1, $2, $3) as named',
      [contractId, party, role],
    );
    return row!.named;
  }

  /** Of parties by their place, from 1, the roles in which terms name them. */
  rolesOfParties(
    tx: Transaction,
    parties: readonly { readonly contractId: string; readonly party: string }[],
    roles: readonly string[],
  ): Promise<{ readonly place: number; readonly role: string }[]> {
    return tx.query(
      `select p.place::int as place, r.role
         from unnest($1::uuid[], $2::text[]) with ordinality p (contract_id, party, place)
        cross join unnest($3::text[]) with ordinality r (role, rank)
        where terms_name_party(p.contract_id, p.party, r.role) order by p.place, r.rank`,
      [parties.map((one) => one.contractId), parties.map((one) => one.party), roles],
    );
  }

  async insertDraft(
    tx: Transaction,
    draft: Omit<TermsVersionEntity, 'activatedAt' | 'recordedSeq' | 'state'>,
  ): Promise<void> {
    const row = { ...draft, document: draft.document as object, state: 'draft' as const };
    await tx.manager.insert(TermsVersionEntity, row).catch((error: unknown) =>
      refuseOnConstraint(error, {
        terms_version_one_draft: () => new DraftOpen(),
        terms_version_pkey: () => new DraftOpen(),
      }),
    );
  }

  async replaceDraft(
    tx: Transaction,
    draft: Omit<TermsVersionEntity, 'activatedAt' | 'recordedSeq' | 'state'>,
  ): Promise<void> {
    const { contractId, number, document, ...rest } = draft;
    await tx.manager.update(
      TermsVersionEntity,
      { contractId, number, state: 'draft' },
      { ...rest, document: document as object },
    );
  }

  async activate(
    tx: Transaction,
    key: Pick<TermsVersionEntity, 'contractId' | 'number'>,
    change: { effectiveFrom: string; activatedAt: Date; recordedSeq: string },
  ): Promise<void> {
    await tx.manager.update(
      TermsVersionEntity,
      { ...key, state: 'draft' },
      { ...change, state: 'active' },
    );
  }

  /** The consents to one document, in the order in which they were given. */
  consents(
    tx: Transaction,
    contractId: string,
    number: number,
    documentHash: Buffer,
  ): Promise<ConsentRow[]> {
    return tx.query<ConsentRow>(
      `select a.duty, p.name, a.given_at from activation_consent a join person p on p.id = a.person_id
        where a.contract_id = $1 and a.terms_number = $2 and a.document_hash = $3
        order by a.given_at, a.duty`,
      [contractId, number, documentHash],
    );
  }

  async insertConsent(tx: Transaction, consent: Consent): Promise<void> {
    await tx
      .query(
        `insert into activation_consent (contract_id, terms_number, document_hash, duty, person_id)
         values ($1, $2, $3, $4, $5)`,
        [consent.contractId, consent.number, consent.documentHash, consent.duty, consent.personId],
      )
      .catch((error: unknown) =>
        refuseOnConstraint(error, {
          activation_consent_pkey: () => new ConsentGivenAlready(consent.duty),
          activation_consent_two_people: () => new ConsentNeedsTwoPeople(),
        }),
      );
  }
}
