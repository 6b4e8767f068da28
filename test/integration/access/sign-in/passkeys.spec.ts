import { generateKeyPairSync } from 'node:crypto';
import { FactorsService } from '../../../../src/access/sign-in/factors.service.js';
import { ReauthenticationService } from '../../../../src/access/sign-in/reauthentication.service.js';
import { AccountsService } from '../../../../src/access/sign-in/accounts.service.js';
import {
  LastFactor,
  LastWayIn,
  PasskeyRefused,
} from '../../../../src/access/sign-in/sign-in.errors.js';
import { SignInService } from '../../../../src/access/sign-in/sign-in.service.js';
import { TransactionRunner } from '../../../../src/platform/database/transaction-runner.js';
import { startTestApp, type TestApp } from '../../../support/harness.js';
import { asOwner } from '../../../support/owner.js';
import {
  administratorOf,
  HOME,
  invited,
  rowsOf,
  signedIn,
  TestTime,
  type BrowserPerson,
} from '../../../support/sign-in.js';
import { SoftwarePasskey, type Dishonesty } from '../../../support/software-passkey.js';

let service: TestApp;
let time: TestTime;
let signIn: SignInService;
let factors: FactorsService;
let network = 0;
beforeAll(async () => {
  service = await startTestApp();
  time = new TestTime(service);
  signIn = service.get(SignInService);
  factors = service.get(FactorsService);
});
afterAll(() => service.stop());

/** Each from an address of its own, so that no test uses up another's attempts. */
const somewhere = () => ({ ...HOME, address: `10.0.${++network}.1` });

async function addPasskey(
  person: BrowserPerson,
  key = new SoftwarePasskey(),
): Promise<SoftwarePasskey> {
  const creation = await factors.offerPasskey(person.session);
  const added = await factors.confirmPasskey(
    person.session,
    creation.ceremonyId,
    key.create(creation),
    'security key',
  );
  person.issued = added.issued;
  person.recoveryCodes = added.recoveryCodes ?? person.recoveryCodes;
  return key;
}

const alone = async (key: SoftwarePasskey, lie?: Dishonesty) => {
  const request = await signIn.passkeyRequest(null);
  return signIn.withPasskey(null, request.ceremonyId, key.get(request, lie), somewhere());
};

describe('a passkey', () => {
  it('stays while it is the only way in, though there is another second factor', async () => {
    const ann = await signedIn(service, time);
    await addPasskey(ann);
    await asOwner((tx) => tx.query('delete from person_password where person_id = $1', [ann.id]));
    const { factors: all } = await factors.factors(ann.session);
    const id = (kind: string) => all.find((one) => one.kind === kind)!.id;
    await expect(factors.remove(ann.session, id('passkey'))).rejects.toThrow(LastWayIn);
    ann.issued = await factors.remove(ann.session, id('authenticator'));
    await expect(factors.remove(ann.session, id('passkey'))).rejects.toThrow(LastFactor);
  });

  it('can be the first second factor, and then the second factor', async () => {
    const ann = await invited(service, time);
    await ann.withPassword();
    const key = await addPasskey(ann);
    expect(ann.session.stage).toBe('complete');
    expect(ann.recoveryCodes).toHaveLength(10);
    const step = await ann.withPassword();
    expect(step.secondFactors).toEqual(['passkey', 'recovery-code']);
    const request = await signIn.passkeyRequest(ann.session);
    expect(request.options.allowCredentials!.map(({ id }) => id)).toEqual([key.credentialId]);
    const answer = key.get(request, { isVerified: false }); // having it is enough here
    expect(
      (await signIn.withPasskey(ann.session, request.ceremonyId, answer, somewhere())).issued
        .session.actor,
    ).toMatchObject({ personId: ann.id });
  });

  it('is a whole sign-in by itself when its holder verified themselves to it', async () => {
    const ann = await signedIn(service, time);
    const key = await addPasskey(ann);
    const step = await alone(key);
    expect(step.issued.session).toMatchObject({ stage: 'complete', personId: ann.id });
    await expect(alone(key, { isVerified: false })).rejects.toThrow(PasskeyRefused);
    const [stored] = await rowsOf<{ transports: string[]; sign_count: string }>(
      service,
      `select transports, sign_count from second_factor where credential_id = $1`,
      [key.credentialId],
    );
    expect(stored).toEqual({ transports: ['usb'], sign_count: '2' });
  });

  it('is asked for by itself without a list that would tell who has one', async () => {
    const { options } = await signIn.passkeyRequest(null);
    expect(options).toMatchObject({
      allowCredentials: [],
      userVerification: 'required',
      rpId: 'localhost',
    });
  });

  it.each<[string, Dishonesty]>([
    ['from another site’s page', { origin: 'https://outturn.example.evil' }],
    ['for another site', { site: 'evil.example' }],
    ['to another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['that was copied: its counter stands still', { count: 1 }],
    ['of somebody else', { userHandle: Buffer.alloc(16).toString('base64url') }],
    [
      'signed with another key',
      { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey },
    ],
    ['of another ceremony', { type: 'webauthn.create' }],
  ])('is refused when it answers %s', async (_, lie) => {
    const ann = await signedIn(service, time);
    const key = await addPasskey(ann);
    await alone(key);
    await expect(alone(key, lie)).rejects.toThrow(PasskeyRefused);
    await alone(key, { count: 50 });
  });

  it('answers a challenge once, right or wrong', async () => {
    const ann = await signedIn(service, time);
    const key = await addPasskey(ann);
    const request = await signIn.passkeyRequest(null);
    const again = (answer: unknown) =>
      signIn.withPasskey(null, request.ceremonyId, answer, somewhere());
    await expect(again({})).rejects.toThrow(PasskeyRefused);
    await expect(again(key.get(request))).rejects.toThrow(PasskeyRefused);
    const other = await signIn.passkeyRequest(null);
    const answer = key.get(other);
    await signIn.withPasskey(null, other.ceremonyId, answer, somewhere());
    await expect(signIn.withPasskey(null, other.ceremonyId, answer, somewhere())).rejects.toThrow(
      PasskeyRefused,
    );
  });

  it('answers within five minutes', async () => {
    const key = await addPasskey(await signedIn(service, time));
    const request = await signIn.passkeyRequest(null);
    time.pass({ minutes: 5 });
    await expect(
      signIn.withPasskey(null, request.ceremonyId, key.get(request), somewhere()),
    ).rejects.toThrow(PasskeyRefused);
  });

  it('of one person is no second factor of another, nor does one session answer for another', async () => {
    const [ann, bob] = [await signedIn(service, time), await signedIn(service, time)];
    const hers = await addPasskey(ann);
    await addPasskey(bob);
    await bob.withPassword();
    const request = await signIn.passkeyRequest(bob.session);
    await expect(
      signIn.withPasskey(bob.session, request.ceremonyId, hers.get(request), somewhere()),
    ).rejects.toThrow(PasskeyRefused);
    await ann.withPassword();
    const his = await signIn.passkeyRequest(bob.session);
    await expect(
      signIn.withPasskey(ann.session, his.ceremonyId, hers.get(his), somewhere()),
    ).rejects.toThrow(PasskeyRefused);
    const alone = await signIn.passkeyRequest(null);
    await expect(
      signIn.withPasskey(ann.session, alone.ceremonyId, hers.get(alone), somewhere()),
    ).rejects.toThrow(PasskeyRefused);
  });

  it('is added once', async () => {
    const [ann, bob] = [await signedIn(service, time), await signedIn(service, time)];
    const key = await addPasskey(ann);
    await expect(addPasskey(bob, key)).rejects.toThrow(PasskeyRefused);
  });

  it.each<[string, Dishonesty]>([
    ['from another site’s page', { origin: 'https://evil.example' }],
    ['for another site', { site: 'evil.example' }],
    ['to another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
  ])('is not added when it was made %s', async (_, lie) => {
    const ann = await signedIn(service, time);
    const creation = await factors.offerPasskey(ann.session);
    const answer = new SoftwarePasskey().create(creation, lie);
    await expect(
      factors.confirmPasskey(ann.session, creation.ceremonyId, answer, 'key'),
    ).rejects.toThrow(PasskeyRefused);
  });

  it.each([
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { id: 'x' },
    { id: 'x', rawId: 'x', type: 'public-key', response: {} },
    {
      id: ['x'],
      rawId: {},
      type: 'public-key',
      response: { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' },
    },
    {
      id: 'AA',
      rawId: 'AA',
      type: 'public-key',
      response: { clientDataJSON: '!!', attestationObject: 'AA' },
    },
  ])('is not %j', async (response) => {
    const ann = await signedIn(service, time);
    const creation = await factors.offerPasskey(ann.session);
    await expect(
      factors.confirmPasskey(ann.session, creation.ceremonyId, response, 'key'),
    ).rejects.toThrow(PasskeyRefused);
    const request = await signIn.passkeyRequest(null);
    await expect(
      signIn.withPasskey(null, request.ceremonyId, response, somewhere()),
    ).rejects.toThrow(PasskeyRefused);
    await expect(signIn.withPasskey(null, 'no ceremony', response, somewhere())).rejects.toThrow(
      PasskeyRefused,
    );
  });

  it('of a disabled person does nothing', async () => {
    const ann = await signedIn(service, time);
    const key = await addPasskey(ann);
    await service
      .get(TransactionRunner)
      .run(await administratorOf(service), async (tx) =>
        service.get(AccountsService).disable(tx, await administratorOf(service), ann.id),
      );
    await expect(alone(key)).rejects.toThrow(PasskeyRefused);
  });

  it('gives a recent proof of identity when its holder verified themselves to it', async () => {
    const ann = await signedIn(service, time);
    const key = await addPasskey(ann);
    time.pass({ minutes: 6 });
    const reauthentication = service.get(ReauthenticationService);
    const ask = () => reauthentication.passkeyRequest(ann.session);
    const [first, second] = [await ask(), await ask()];
    await expect(
      reauthentication.withPasskey(
        ann.session,
        first.ceremonyId,
        key.get(first, { isVerified: false }),
        somewhere(),
      ),
    ).rejects.toThrow(PasskeyRefused);
    const issued = await reauthentication.withPasskey(
      ann.session,
      second.ceremonyId,
      key.get(second),
      somewhere(),
    );
    expect(issued.session.authenticatedAt).toEqual(time.present);
  });
});
