import { Inject, Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { SERVICE_STREAM } from '../../domain/audit/entry.js';
import type { Clock } from '../../domain/calendar/clock.js';
import type { Actor } from '../../platform/auth/actor.js';
import { isNarrowed } from '../../platform/auth/key-scope.js';
import type { Permission } from '../../platform/auth/permission.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { ApiKeyUnknown, KeyCannotManageKeys } from '../access.errors.js';
import { mintApiKey } from '../api-key.js';
import { RECORD_OF_ACCESS, type RecordOfAccess } from '../record-of-access.js';
import { KeyScopesService, type AskedScope } from './key-scopes.service.js';
import { KeysRepository, type KeyRow } from './keys.repository.js';

/** A key just issued: the only time that its text is known. */
export interface IssuedKey {
  readonly keyId: string;
  readonly apiKey: string;
}

/** What a key is to be. */
export interface AskedKey extends AskedScope {
  readonly label: string;
  /** Days from now after which the key is dead; null for one without an end. */
  readonly expiresInDays: number | null;
}

/** A key as its owner sees it. */
export interface KeyView {
  readonly keyId: string;
  /** The part of the text that is no secret: what stands between `ot_` and the next underscore. */
  readonly prefix: string;
  readonly label: string;
  readonly contracts: readonly string[] | null;
  readonly permissions: readonly Permission[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

const DAY_MS = 86_400_000;

/** API keys: issued, listed and revoked by their owner, or by an administrator through PeopleService. */
@Injectable()
export class KeysService {
  constructor(
    private readonly repository: KeysRepository,
    private readonly scopes: KeyScopesService,
    @Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A key of one's own. Refuses KeyCannotManageKeys and ScopeNotYours. */
  async issueOwn(tx: Transaction, actor: Actor, asked: AskedKey): Promise<IssuedKey> {
    if (isNarrowed(actor.scope)) throw new KeyCannotManageKeys();
    return this.issue(tx, actor, actor.personId, asked);
  }

  /** One's own keys, newest first, also those no longer in force. Refuses KeyCannotManageKeys. */
  async listOwn(tx: Transaction, actor: Actor): Promise<KeyView[]> {
    if (isNarrowed(actor.scope)) throw new KeyCannotManageKeys();
    return (await this.repository.ofPerson(tx, actor.personId)).map(viewOf);
  }

  /** Takes one's own key out of force at once and for ever. Refuses KeyCannotManageKeys and ApiKeyUnknown. */
  async revokeOwn(tx: Transaction, actor: Actor, keyId: string): Promise<void> {
    if (isNarrowed(actor.scope)) throw new KeyCannotManageKeys();
    await this.revoke(tx, actor, actor.personId, keyId);
  }

  /** A key for a person. The caller has authorised it; null acts for the service itself. Refuses ScopeNotYours. */
  async issue(
    tx: Transaction,
    actor: Actor | null,
    personId: string,
    asked: AskedKey,
  ): Promise<IssuedKey> {
    const scope = await this.scopes.resolve(tx, personId, asked);
    const keyId = v7();
    const { text, prefix, secretHash } = mintApiKey();
    const expiresAt =
      asked.expiresInDays === null
        ? null
        : new Date(this.clock.now().getTime() + asked.expiresInDays * DAY_MS);
    const { label } = asked;
    await this.repository.insert(tx, {
      id: keyId,
      personId,
      prefix,
      secretHash,
      label,
      scope,
      expiresAt,
    });
    await this.record.append(tx, {
      stream: SERVICE_STREAM,
      type: 'api-key.issued',
      actor,
      duty: dutyOf(actor, personId),
      payload: { personId, keyId, prefix },
    });
    return { keyId, apiKey: text };
  }

  /** Takes a person's key out of force. The caller has authorised it. Refuses ApiKeyUnknown. */
  async revoke(tx: Transaction, actor: Actor, personId: string, keyId: string): Promise<void> {
    if (!(await this.repository.revoke(tx, personId, keyId))) throw new ApiKeyUnknown();
    await this.record.append(tx, {
      stream: SERVICE_STREAM,
      type: 'api-key.revoked',
      actor,
      duty: dutyOf(actor, personId),
      payload: { personId, keyId },
    });
  }
}

/** Whoever manages their own keys acts as their owner; anybody else who may is an administrator. */
function dutyOf(actor: Actor | null, personId: string): string {
  if (actor === null) return 'service';
  return actor.personId === personId ? 'owner' : 'administrator';
}

const viewOf = (row: KeyRow): KeyView => ({
  keyId: row.id,
  prefix: row.prefix,
  label: row.label,
  contracts: row.contracts,
  permissions: row.permissions,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});
