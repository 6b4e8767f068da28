// An authenticator in software: makes passkeys and answers challenges as a browser with a security key would.
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { PasskeyCreation, PasskeyRequest } from '../../src/access/sign-in/passkeys.js';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

/** How an answer departs from an honest one. */
export interface Dishonesty {
  readonly origin?: string;
  readonly site?: string;
  readonly challenge?: string;
  readonly isVerified?: boolean;
  readonly userHandle?: string;
  /** Instead of one more than the last. */
  readonly count?: number;
  readonly key?: KeyObject;
  readonly type?: string;
}

export class SoftwarePasskey {
  readonly id = randomBytes(32);
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private count = 0;
  private userHandle = '';

  constructor(private readonly origin = 'http://localhost:3000') {}

  get credentialId(): string {
    return this.id.toString('base64url');
  }

  /** The answer to `navigator.credentials.create`. */
  create({ options }: PasskeyCreation, lie: Dishonesty = {}): Record<string, unknown> {
    this.userHandle = options.user.id;
    const authData = Buffer.concat([
      this.authenticatorData(options.rp.id!, HAS_CREDENTIAL, lie),
      Buffer.alloc(16), // no make or model
      Buffer.of(this.id.length >> 8, this.id.length & 255),
      this.id,
      this.coseKey(),
    ]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(authData)],
    ]);
    return {
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key',
      response: {
        clientDataJSON: this.clientData('webauthn.create', options.challenge, lie).toString(
          'base64url',
        ),
        attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url'),
        transports: ['usb', 'made-up'],
      },
      clientExtensionResults: {},
    };
  }

  /** The answer to `navigator.credentials.get`. */
  get({ options }: PasskeyRequest, lie: Dishonesty = {}): Record<string, unknown> {
    const authenticatorData = this.authenticatorData(options.rpId!, 0, lie);
    const clientDataJSON = this.clientData('webauthn.get', options.challenge, lie);
    const signed = Buffer.concat([
      authenticatorData,
      createHash('sha256').update(clientDataJSON).digest(),
    ]);
    return {
      id: this.credentialId,
      rawId: this.credentialId,
      type: 'public-key',
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: sign('sha256', signed, lie.key ?? this.keys.privateKey).toString('base64url'),
        userHandle: lie.userHandle ?? this.userHandle,
      },
      clientExtensionResults: {},
    };
  }

  private authenticatorData(site: string, flags: number, lie: Dishonesty): Buffer {
    this.count = lie.count ?? this.count + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.count);
    const verified = lie.isVerified === false ? 0 : USER_VERIFIED;
    return Buffer.concat([
      createHash('sha256')
        .update(lie.site ?? site)
        .digest(),
      Buffer.of(flags | USER_PRESENT | verified),
      count,
    ]);
  }

  private clientData(type: string, challenge: string, lie: Dishonesty): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: lie.type ?? type,
        challenge: lie.challenge ?? challenge,
        origin: lie.origin ?? this.origin,
        crossOrigin: false,
      }),
    );
  }

  private coseKey(): Buffer {
    const { x, y } = this.keys.publicKey.export({ format: 'jwk' });
    const key = new Map<number, number | Uint8Array>([
      [1, 2], // elliptic curve
      [3, -7], // ES256
      [-1, 1], // P-256
      [-2, new Uint8Array(Buffer.from(x!, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y!, 'base64url'))],
    ]);
    return Buffer.from(isoCBOR.encode(key as never));
  }
}
