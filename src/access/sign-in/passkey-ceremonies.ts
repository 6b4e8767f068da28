import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
} from '@simplewebauthn/server';
import { parse, v4, validate } from 'uuid';
import type { Clock } from '../../domain/calendar/clock.js';
import { SERVICE } from '../../platform/auth/acting.js';
import { CLOCK } from '../../platform/clock/clock.module.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { TransactionRunner } from '../../platform/database/transaction-runner.js';
import type { BrowserSession } from './browser-session.js';
import { FactorsRepository, type PasskeyRow } from './factors.repository.js';
import {
  PasskeyCeremoniesRepository,
  type CeremonyPurpose,
} from './passkey-ceremonies.repository.js';
import { isTransport, readAssertion, readAttestation } from './passkey-responses.js';
import type { PasskeyCreation, PasskeyRequest } from './passkeys.js';
import { PasskeyRefused } from './sign-in.errors.js';

const CEREMONY_MS = 5 * 60_000;

/** A passkey that answered. Nothing is recorded until `usePasskey` moves its counter on. */
export interface ProvedPasskey {
  readonly id: string;
  readonly personId: string;
  readonly countBefore: string;
  readonly countNow: number;
}

/** A passkey that a browser has just made. */
export interface NewPasskey {
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly count: number;
  readonly transports: string[];
}

/** Asking browsers for passkeys (WebAuthn) and checking what they answer. A challenge counts once, right or wrong. */
@Injectable()
export class PasskeyCeremonies {
  private readonly logger = new Logger(PasskeyCeremonies.name);
  private readonly origin: string;
  private readonly site: string;

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly ceremonies: PasskeyCeremoniesRepository,
    private readonly factors: FactorsRepository,
    @Inject(CONFIG) config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.origin = config.publicUrl;
    this.site = new URL(config.publicUrl).hostname;
  }

  /** Asks for a passkey: of the session's person, or of whoever answers when there is no session. */
  async request(
    purpose: Exclude<CeremonyPurpose, 'add'>,
    session: BrowserSession | null,
  ): Promise<PasskeyRequest> {
    const known = session === null ? [] : await this.passkeysOf(session.personId);
    const options = await generateAuthenticationOptions({
      rpID: this.site,
      allowCredentials: known.map(({ credential_id: id, transports }) => ({
        id,
        transports: transports ?? [],
      })),
      userVerification: needsVerification(purpose) ? 'required' : 'preferred',
      timeout: CEREMONY_MS,
    });
    return { ceremonyId: await this.begin(purpose, session, options.challenge), options };
  }

  /** Asks for a new passkey of the session's person. */
  async creation(session: BrowserSession): Promise<PasskeyCreation> {
    const known = await this.passkeysOf(session.personId);
    const options = await generateRegistrationOptions({
      rpName: 'Outturn',
      rpID: this.site,
      userName: session.email,
      userDisplayName: session.name,
      userID: userHandleOf(session.personId),
      attestationType: 'none',
      excludeCredentials: known.map(({ credential_id: id }) => ({ id })),
      // one that the browser finds by itself and that knows its owner can take the place of the password
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      timeout: CEREMONY_MS,
    });
    return { ceremonyId: await this.begin('add', session, options.challenge), options };
  }

  /** Checks the answer to a request. Refuses PasskeyRefused. */
  async prove(
    purpose: Exclude<CeremonyPurpose, 'add'>,
    session: BrowserSession | null,
    ceremonyId: string,
    response: unknown,
  ): Promise<ProvedPasskey> {
    const challenge = await this.take(purpose, session, ceremonyId);
    const answer = readAssertion(response);
    if (!answer) throw new PasskeyRefused();
    const passkey = await this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.factors.passkey(tx, answer.id),
    );
    if (!passkey || (session !== null && passkey.person_id !== session.personId))
      throw new PasskeyRefused();
    if (!isOwnHandle(answer, passkey.person_id)) throw new PasskeyRefused();
    const countNow = await this.verified(answer, passkey, challenge, needsVerification(purpose));
    const { id, person_id: personId, sign_count: countBefore } = passkey;
    return { id, personId, countBefore, countNow };
  }

  /** Checks the answer to a creation. Refuses PasskeyRefused. */
  async proveNew(
    session: BrowserSession,
    ceremonyId: string,
    response: unknown,
  ): Promise<NewPasskey> {
    const challenge = await this.take('add', session, ceremonyId);
    const answer = readAttestation(response);
    if (!answer) throw new PasskeyRefused();
    const { registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: this.origin,
      expectedRPID: this.site,
      requireUserVerification: false,
    }).catch((error: unknown) => this.refuse(error));
    if (!registrationInfo) throw new PasskeyRefused();
    const { id, publicKey, counter } = registrationInfo.credential;
    const transports = (answer.response.transports ?? []).filter(isTransport);
    return { credentialId: id, publicKey: Buffer.from(publicKey), count: counter, transports };
  }

  private async verified(
    response: AuthenticationResponseJSON,
    passkey: PasskeyRow,
    expectedChallenge: string,
    requireUserVerification: boolean,
  ): Promise<number> {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: this.origin,
      expectedRPID: this.site,
      requireUserVerification,
      credential: {
        id: passkey.credential_id,
        publicKey: new Uint8Array(passkey.public_key),
        counter: Number(passkey.sign_count),
      },
    }).catch((error: unknown) => this.refuse(error));
    if (!verified) throw new PasskeyRefused();
    return authenticationInfo.newCounter;
  }

  private passkeysOf(personId: string): Promise<PasskeyRow[]> {
    return this.transactions.readOnly(SERVICE.authenticator, (tx) =>
      this.factors.passkeys(tx, personId),
    );
  }

  private async begin(
    purpose: CeremonyPurpose,
    session: BrowserSession | null,
    challenge: string,
  ): Promise<string> {
    const id = v4(); // random: whoever knows one ceremony cannot tell another
    const expiresAt = new Date(this.clock.now().getTime() + CEREMONY_MS);
    const sessionId = session?.id ?? null;
    await this.transactions.run(SERVICE.authenticator, (tx) =>
      this.ceremonies.insert(tx, { id, purpose, sessionId, challenge, expiresAt }),
    );
    return id;
  }

  private async take(
    purpose: CeremonyPurpose,
    session: BrowserSession | null,
    ceremonyId: string,
  ): Promise<string> {
    if (!validate(ceremonyId)) throw new PasskeyRefused();
    const ceremony = { id: ceremonyId, purpose, sessionId: session?.id ?? null };
    const challenge = await this.transactions.run(SERVICE.authenticator, (tx) =>
      this.ceremonies.take(tx, { ...ceremony, now: this.clock.now() }),
    );
    if (challenge === null) throw new PasskeyRefused();
    return challenge;
  }

  /** The library says what was wrong; the log has it, the person is told that it did not work. */
  private refuse(error: unknown): never {
    this.logger.log('A passkey was refused', {
      reason: error instanceof Error ? error.message.slice(0, 200) : 'unknown',
    });
    throw new PasskeyRefused();
  }
}

/** A second factor is something one has; alone, or before an act on money, it must also know who holds it. */
const needsVerification = (purpose: CeremonyPurpose): boolean =>
  purpose === 'sign-in' || purpose === 'confirm';

const userHandleOf = (personId: string) => new Uint8Array(parse(personId));

const isOwnHandle = ({ response }: AuthenticationResponseJSON, personId: string): boolean =>
  response.userHandle === undefined ||
  response.userHandle === Buffer.from(userHandleOf(personId)).toString('base64url');
