import { Inject, Injectable } from '@nestjs/common';
import { v7, validate } from 'uuid';
import { SERVICE_STREAM } from '../../domain/audit/entry.js';
import type { Clock } from '../../domain/calendar/clock.js';
import type { Actor } from '../../platform/auth/actor.js';
import { isNarrowed } from '../../platform/auth/key-scope.js';
import { PERMISSIONS, type Permission } from '../../platform/auth/permission.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { ClientUnknown, KeyCannotManageKeys } from '../access.errors.js';
import { isSameHash } from '../api-key.js';
import { RECORD_OF_ACCESS, type RecordOfAccess } from '../record-of-access.js';
import { KeyScopesService } from './key-scopes.service.js';
import type { AskedKey } from './keys.service.js';
import { hashOf, mintClientSecret, mintToken, TOKEN_SECONDS } from './machine-client.js';
import { MachineClientsRepository, type ClientRow } from './machine-clients.repository.js';
import { TokenRefused } from './token.errors.js';

/** A client just made: the only time that its secret is known. */
export interface NewClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A client as its owner sees it. */
export interface ClientView {
  readonly clientId: string;
  readonly label: string;
  readonly contracts: readonly string[] | null;
  readonly permissions: readonly Permission[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

/** What a client shows to get a token. */
export interface TokenRequest {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Permissions asked for, parted by blanks; null for all of the client's. */
  readonly scope: string | null;
}

/** A token, good until it ends or its client is revoked. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly scope: readonly Permission[] | null;
}

const DAY_MS = 86_400_000;
/** Compared with where there is no such client, so that an unknown client takes as long as a wrong secret. */
const NOBODY = hashOf('nobody');

/** Software of an organisation, which acts for one of its people with short-lived tokens (RFC 6749, section 4.4). */
@Injectable()
export class MachineClientsService {
  constructor(
    private readonly repository: MachineClientsRepository,
    private readonly scopes: KeyScopesService,
    @Inject(RECORD_OF_ACCESS) private readonly record: RecordOfAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A client that acts for whoever makes it. Refuses KeyCannotManageKeys and ScopeNotYours. */
  async create(tx: Transaction, actor: Actor, asked: AskedKey): Promise<NewClient> {
    if (isNarrowed(actor.scope)) throw new KeyCannotManageKeys();
    const { personId } = actor;
    const scope = await this.scopes.resolve(tx, personId, asked);
    const clientId = v7();
    const clientSecret = mintClientSecret();
    const { label, expiresInDays } = asked;
    const expiresAt =
      expiresInDays === null ? null : new Date(this.clock.now().getTime() + expiresInDays * DAY_MS);
    const secretHash = hashOf(clientSecret);
    await this.repository.insert(tx, {
      id: clientId,
      personId,
      secretHash,
      label,
      scope,
      expiresAt,
    });
    await this.append(tx, actor, 'client.created', clientId);
    return { clientId, clientSecret };
  }

  /** One's own clients, newest first, also those no longer in force. Refuses KeyCannotManageKeys. */
  async list(tx: Transaction, actor: Actor): Promise<ClientView[]> {
    if (isNarrowed(actor.scope)) throw new KeyCannotManageKeys();
    return (await this.repository.ofPerson(tx, actor.personId)).map(viewOf);
  }

  /** Takes a client and its tokens out of force at once. Refuses KeyCannotManageKeys and ClientUnknown. */
  async revoke(tx: Transaction, actor: Actor, clientId: string): Promise<void> {
    if (isNarrowed(actor.scope)) throw new KeyCannotManageKeys();
    if (!(await this.repository.revoke(tx, actor.personId, clientId))) throw new ClientUnknown();
    await this.append(tx, actor, 'client.revoked', clientId);
  }

  /** A token for a client's secret. Refuses TokenRefused. */
  async token(tx: Transaction, request: TokenRequest): Promise<IssuedToken> {
    const issuedAt = this.clock.now();
    const client = validate(request.clientId)
      ? await this.repository.inForce(tx, request.clientId, issuedAt)
      : null;
    const isRight = isSameHash(client?.secret_hash ?? NOBODY, hashOf(request.clientSecret));
    if (client === null || !isRight)
      throw new TokenRefused('invalid_client', 'The client is unknown, or its secret is wrong.');
    const permissions = narrowed(client.permissions, request.scope);
    const accessToken = mintToken();
    await this.repository.insertToken(tx, {
      hash: hashOf(accessToken),
      clientId: client.id,
      permissions,
      issuedAt,
      expiresAt: new Date(issuedAt.getTime() + TOKEN_SECONDS * 1_000),
    });
    return { accessToken, expiresInSeconds: TOKEN_SECONDS, scope: permissions };
  }

  private async append(
    tx: Transaction,
    actor: Actor,
    type: 'client.created' | 'client.revoked',
    clientId: string,
  ): Promise<void> {
    await this.record.append(tx, {
      stream: SERVICE_STREAM,
      type,
      actor,
      duty: 'owner',
      payload: { personId: actor.personId, clientId },
    });
  }
}

/** The permissions of a token: those asked for, which must be within the client's. */
function narrowed(own: readonly Permission[] | null, asked: string | null): Permission[] | null {
  if (asked === null || asked.trim() === '') return own === null ? null : [...own];
  const within = own ?? PERMISSIONS;
  return asked
    .trim()
    .split(/ +/)
    .map((text) => {
      const permission = within.find((known) => known === text);
      if (permission === undefined)
        throw new TokenRefused(
          'invalid_scope',
          'The scope names a permission that the client does not have.',
        );
      return permission;
    });
}

const viewOf = (row: ClientRow): ClientView => ({
  clientId: row.id,
  label: row.label,
  contracts: row.contracts,
  permissions: row.permissions,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});
