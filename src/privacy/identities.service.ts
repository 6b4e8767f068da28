import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CohortsService } from '../cohorts/cohorts.service.js';
import { ParticipantKeys, type KeyOwner } from '../cohorts/keys/participant-keys.service.js';
import type { PersonalKey } from '../cohorts/keys/personal-key.js';
import { ContractsService, type OpenContract } from '../contracts/contracts.service.js';
import {
  IDENTIFIERS,
  readIdentifiers,
  type Identifier,
  type Identifiers,
} from '../domain/privacy/identifiers.js';
import type { Fault } from '../domain/shared/domain-error.js';
import type { Actor } from '../platform/auth/actor.js';
import {
  CommandRunner,
  type Command,
  type Performed,
} from '../platform/database/command-runner.js';
import type { Transaction } from '../platform/database/transaction.js';
import { TransactionRunner } from '../platform/database/transaction-runner.js';
import { SecretBox } from '../platform/secrets/secret-box.js';
import { IdentifiersRepository, type IdentifierRow } from './identifiers.repository.js';
import { MatchTokensService } from './match-tokens.service.js';
import { IdentifiersErased, IdentifiersRefused } from './privacy.errors.js';
import { whoActs } from './who-acts.js';

/** Which identifiers are held now. Never what they are: results are stored for repetitions of a request. */
export interface HeldIdentifiers {
  readonly reference: string;
  readonly held: readonly Identifier[];
}

/** Who a participant is, for the provider's people alone. */
export interface Identity {
  readonly reference: string;
  readonly identifiers: Identifiers;
}

/** Recording and reading the direct identifiers of participants, where the terms allow any. */
@Injectable()
export class IdentitiesService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly transactions: TransactionRunner,
    private readonly contracts: ContractsService,
    private readonly cohorts: CohortsService,
    private readonly keys: ParticipantKeys,
    private readonly repository: IdentifiersRepository,
    private readonly tokens: MatchTokensService,
    private readonly audit: AuditService,
    private readonly box: SecretBox,
  ) {}

  /**
   * Records identifiers; one that is left out stays, and null takes it back. Refuses NotVisible, PermissionRefused,
   * ContractNotActive, IdentifiersRefused, IdentifiersErased, SecretKeyMissing, MatchKeyMissing.
   */
  record(
    command: Command,
    code: string,
    reference: string,
    given: Readonly<Partial<Record<Identifier, string | null>>>,
  ): Promise<Performed<HeldIdentifiers>> {
    return this.commands.perform(this.withoutContent(command), async (tx) => {
      const { actor } = command;
      const contract = await this.contracts.open(tx, actor, code, 'identity:write');
      const recordedSeq = await this.audit.lock(tx, contract.id);
      const participant = await this.cohorts.participant(tx, contract.id, reference);
      const privacy = (await this.contracts.activeTerms(tx, contract.id)).at(-1)!.terms.privacy;
      const owner = { contractId: contract.id, id: participant.id, reference };
      if (await this.keys.isErased(tx, owner, 'identity')) throw new IdentifiersErased();
      const { read, takenBack } = checked(given, privacy?.identifiers ?? []);
      const key = await this.keys.ensure(tx, owner, 'identity');
      const latest = await this.repository.latest(tx, owner.id);
      const before = openAll(latest, key);
      const after: Partial<Record<Identifier, string>> = { ...before, ...read };
      for (const identifier of takenBack) delete after[identifier];
      const changed = IDENTIFIERS.filter((one) => before[one] !== after[one]);
      for (const identifier of changed)
        await this.repository.insert(
          tx,
          owner.id,
          nextVersion(latest, identifier, after, key),
          recordedSeq,
        );
      await this.tokens.renew(tx, owner, after, privacy?.matchTokens ?? false);
      await this.audit.append(tx, {
        ...whoActs(actor, contract),
        type: 'identifiers.recorded',
        payload: { reference, identifiers: changed },
      });
      return { reference, held: IDENTIFIERS.filter((one) => after[one] !== undefined) };
    });
  }

  /** Who a participant is. Every reading is an audit entry. Refuses NotVisible, PermissionRefused. */
  read(actor: Actor, code: string, reference: string): Promise<Identity> {
    return this.transactions.run(actor, async (tx) => {
      const contract = await this.contracts.open(tx, actor, code, 'identity:read');
      const { id } = await this.cohorts.participant(tx, contract.id, reference);
      const identifiers = await this.identifiersOf(tx, { contractId: contract.id, id, reference });
      await this.recordReading(tx, actor, contract, reference, identifiers);
      return { reference, identifiers };
    });
  }

  /** What is held of a participant; nothing once it is erased. For this feature, which records each reading. */
  async identifiersOf(tx: Transaction, owner: KeyOwner): Promise<Identifiers> {
    const key = await this.keys.find(tx, owner, 'identity');
    return key === null ? {} : openAll(await this.repository.latest(tx, owner.id), key);
  }

  private async recordReading(
    tx: Transaction,
    actor: Actor,
    contract: OpenContract,
    reference: string,
    identifiers: Identifiers,
  ): Promise<void> {
    await this.audit.append(tx, {
      ...whoActs(actor, contract),
      type: 'identifiers.read',
      payload: { reference, identifiers: IDENTIFIERS.filter((one) => identifiers[one]) },
    });
  }

  /** The hash of a request is kept for ever; a keyed one cannot be found by trying out names and dates of birth. */
  private withoutContent(command: Command): Command {
    const requestHash = this.box.digest('identity-request', command.requestHash).toString('hex');
    return { ...command, requestHash };
  }
}

function checked(
  given: Readonly<Partial<Record<Identifier, string | null>>>,
  allowed: readonly Identifier[],
) {
  const faults: Fault[] = [];
  const texts: Record<string, string> = {};
  const takenBack = new Set<Identifier>();
  for (const identifier of IDENTIFIERS) {
    const text = given[identifier];
    if (text === null) takenBack.add(identifier);
    else if (text !== undefined) texts[identifier] = text;
  }
  const read = readIdentifiers(texts, allowed, faults);
  if (faults.length > 0) throw new IdentifiersRefused(faults);
  return { read, takenBack };
}

function openAll(rows: readonly IdentifierRow[], key: PersonalKey): Identifiers {
  const open: Partial<Record<Identifier, string>> = {};
  for (const { identifier, sealed } of rows)
    if (sealed !== null) open[identifier] = key.open(`identifier-${identifier}`, sealed);
  return open;
}

function nextVersion(
  latest: readonly IdentifierRow[],
  identifier: Identifier,
  after: Identifiers,
  key: PersonalKey,
): IdentifierRow {
  const version = (latest.find((row) => row.identifier === identifier)?.version ?? 0) + 1;
  const text = after[identifier];
  const sealed = text === undefined ? null : key.seal(`identifier-${identifier}`, text);
  return { identifier, version, sealed };
}
