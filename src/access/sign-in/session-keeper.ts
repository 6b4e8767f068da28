import { Inject, Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { networkOf } from '../../domain/sign-in/address-network.js';
import { deviceName } from '../../domain/sign-in/device-name.js';
import { endOf } from '../../domain/sign-in/session-life.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { BrowserSession, IssuedSession, SessionStage } from './browser-session.js';
import type { Client } from './client.js';
import { browserSessionOf } from './session.mapping.js';
import { SessionsRepository, type FirstFactor } from './sessions.repository.js';
import { WrongStage } from './sign-in.errors.js';
import { mintToken, type NewToken } from './token.js';

/** Starts sessions and gives them new tokens; whoever calls this has made sure who the person is. */
@Injectable()
export class SessionKeeper {
  constructor(
    private readonly repository: SessionsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A new session, with a token that nothing was known of before the person proved who they are. */
  async start(
    tx: Transaction,
    start: {
      readonly personId: string;
      readonly stage: SessionStage;
      readonly firstFactor: FirstFactor;
      readonly client: Client;
      readonly now: Date;
    },
  ): Promise<IssuedSession> {
    const { personId, stage, firstFactor, client, now } = start;
    const minted = mintToken();
    const id = v7();
    await this.repository.insert(tx, {
      id,
      tokenHash: minted.tokenHash,
      personId,
      stage,
      firstFactor,
      device: deviceName(client.userAgent),
      network: networkOf(client.address),
      startedAt: now,
      endsAt: endOf(now, stage === 'complete', this.config.session),
    });
    return this.issued(tx, id, minted);
  }

  /** The sign-in is complete: from here on the session has an actor, a new token and its whole time. Refuses WrongStage. */
  complete(tx: Transaction, session: BrowserSession, now: Date): Promise<IssuedSession> {
    const endsAt = endOf(now, true, this.config.session);
    return this.advance(tx, session, now, { endsAt, authenticatedAt: now });
  }

  /** The person has proved anew who they are. The absolute limit stays where it was. Refuses WrongStage. */
  confirm(tx: Transaction, session: BrowserSession, now: Date): Promise<IssuedSession> {
    return this.advance(tx, session, now, { endsAt: session.endsAt, authenticatedAt: now });
  }

  /** A new token after a change of what the person signs in with; everything else stays. Refuses WrongStage. */
  renew(tx: Transaction, session: BrowserSession, now: Date): Promise<IssuedSession> {
    const { endsAt, authenticatedAt } = session;
    return this.advance(tx, session, now, { endsAt, authenticatedAt });
  }

  /** With which factor a session began. */
  async firstFactorOf(tx: Transaction, session: BrowserSession): Promise<FirstFactor> {
    const row = await this.repository.byId(tx, session.id);
    if (!row) throw new WrongStage();
    return row.first_factor;
  }

  private async advance(
    tx: Transaction,
    session: BrowserSession,
    at: Date,
    times: { readonly endsAt: Date; readonly authenticatedAt: Date },
  ): Promise<IssuedSession> {
    const minted = mintToken();
    const { id, stage: from } = session;
    const { tokenHash } = minted;
    const isDone = await this.repository.advance(tx, {
      id,
      from,
      to: 'complete',
      tokenHash,
      at,
      ...times,
    });
    if (!isDone) throw new WrongStage();
    return this.issued(tx, id, minted);
  }

  /** Reads it back, because a person who was disabled in the meantime has no session. */
  private async issued(tx: Transaction, id: string, { token }: NewToken): Promise<IssuedSession> {
    const row = await this.repository.byId(tx, id);
    if (!row) throw new WrongStage();
    return { token, session: browserSessionOf(row) };
  }
}
