import type { INestApplication } from '@nestjs/common';
import { SessionKeeper } from '../../../src/access/sign-in/session-keeper.js';
import type { Clock } from '../../../src/domain/calendar/clock.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { CLOCK } from '../../../src/platform/clock/clock.module.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { aContract, aPerson, startTestWorker, type TestApp } from '../harness.js';
import type { TestPerson } from '../person.js';
import { aReviewedQuarter } from '../reviewed-quarter.js';
import { trialTerms } from '../trial-terms.js';
import { ROLES, type Role, type Somebody } from './policy.js';

export type Player = Somebody & {
  readonly person: TestPerson;
  readonly id: string;
  /** The token of their browser's session; null for a stranger. */
  readonly session: string | null;
};

/** Everything that the calls of the matrix name. */
export interface Stage {
  readonly players: readonly Player[];
  readonly active: string;
  readonly draft: string;
  readonly organisation: string;
  readonly organisationName: string;
  readonly computation: { readonly id: string; readonly number: number };
  readonly line: string;
  readonly claims: { readonly submitted: number; readonly decided: number };
  /** Entity tags of claims as they stand. */
  readonly tags: { readonly submitted: string };
  readonly period: string;
  readonly provider: { readonly id: string };
  readonly verifier: { readonly id: string; readonly email: string };
  readonly nobody: { readonly id: string; readonly email: string };
}

export const PARTY: Readonly<Record<Role, string>> = {
  provider: 'charity',
  commissioner: 'council',
  'top-up-fund': 'fund',
  verifier: 'university',
  investor: 'investors',
  'fund-manager': 'spv',
  observer: 'watcher',
};
const PARTIES = ROLES.map((role) => ({ id: PARTY[role], name: `The ${PARTY[role]}`, role }));
const PRIVACY = { identifiers: ['name'], retentionMonths: 12, matchTokens: false };
export const termsOf = (code: string) => trialTerms({ code, parties: PARTIES, privacy: PRIVACY });
/** Who P-1 of the contract under test is. */
export const NAME = 'Zelda Quillfeather';

const [ACTIVE, DRAFT] = ['matrix', 'matrix-draft'] as const;
/** A third contract. */
export const ELSEWHERE = 'elsewhere';
const ORGANISATION = 'The university of the matrix';

/** The contracts in their states, and everybody in every relation to them. */
export async function setTheStage(service: TestApp): Promise<Stage> {
  const quarter = await quarterWithClaims(service);
  await aContract().withTerms({ code: DRAFT, parties: PARTIES }).asDraft().in(service);
  await aContract().withTerms({ code: ELSEWHERE, parties: PARTIES }).in(service);
  const organisation = await anOrganisation(service, ORGANISATION);
  const cast = await everybody(service, organisation);
  await nameTheVerifier(service, organisation);
  const players = await atTheirBrowsers(service, cast); // once nobody's access ends any more, which ends sessions
  const verifier = players.find(({ name }) => name === 'verifier, own')!;
  const nobody = players.find(({ name }) => name === 'somebody without a part')!;
  // from here on it is the present: every session stays as fresh as it is
  service.travelTo(new Date().toISOString());
  return {
    players,
    active: ACTIVE,
    draft: DRAFT,
    organisation,
    organisationName: ORGANISATION,
    ...quarter,
    period: '2015-Q4',
    provider: { id: players.find(({ name }) => name === 'provider, own')!.id },
    verifier: { id: verifier.id, email: verifier.person.email },
    nobody: { id: nobody.id, email: nobody.person.email },
  };
}

/** One claim decided, one submitted, and the statement of the quarter issued. */
async function quarterWithClaims(service: TestApp) {
  const worker: INestApplication = await startTestWorker();
  try {
    const quarter = await aReviewedQuarter(service, ACTIVE, { parties: PARTIES, privacy: PRIVACY });
    const { path, provider, commissioner, officer, computation: number } = quarter;
    await officer.post(`${path}/participants/P-1/identity`, { name: NAME }).expect(201);
    const consent = { scope: 'evaluation', act: 'given', on: '2015-06-02' };
    await officer.post(`${path}/participants/P-1/consents`, consent).expect(201);
    const jobs = await provider.all<{ id: string; number: number }>(`${path}/computations`);
    const { id } = jobs.find((job) => job.number === number)!;
    const { body } = await provider.get(`/v1/computations/${id}/lines?kind=payment`).expect(200);
    const lines = (body.items as { reference: string }[]).map(({ reference }) => reference);
    const first = { computation: number, lines: [lines[0]!] };
    const decided = await provider.post(`${path}/claims`, first).expect(201);
    const etag = decided.headers['etag'] as string;
    await commissioner
      .post(`${path}/claims/1/decisions`, { approveUndecided: true }, { ifMatch: etag })
      .expect(201);
    const waiting = await provider.post(`${path}/claims`, { computation: number }).expect(201);
    await commissioner.post(`${path}/statements/2015-Q4/issues`).expect(201);
    return {
      computation: { id, number },
      line: lines[0]!,
      claims: { decided: 1, submitted: 2 },
      tags: { submitted: waiting.headers['etag'] as string },
    };
  } finally {
    await worker.close();
  }
}

async function anOrganisation({ administrator }: TestApp, name: string): Promise<string> {
  const { body } = await administrator.post('/v1/organisations', { name }).expect(201);
  return body.id as string;
}

/** Everybody who acts for the verifying party belongs to the organisation, which the party then is. */
async function nameTheVerifier({ administrator }: TestApp, organisationId: string): Promise<void> {
  for (const code of [ACTIVE, DRAFT]) {
    const { body } = await administrator.get(`/v1/contracts/${code}/members`).expect(200);
    const people = body.items as { email: string; name: string; party: string }[];
    for (const { email, name, party } of people)
      if (party === PARTY.verifier) {
        const added = await administrator.post(`/v1/organisations/${organisationId}/people`, {
          email,
          name,
        });
        if (![201, 409].includes(added.status)) throw new Error(added.text);
      }
    const path = `/v1/contracts/${code}/parties/${PARTY.verifier}/organisation`;
    await administrator.put(path, { organisationId }).expect(204);
  }
}

async function everybody(service: TestApp, organisation: string): Promise<Player[]> {
  const players: Player[] = [];
  const join = async (name: string, about: Omit<Somebody, 'name'>): Promise<Player> => {
    const email = `${name.replace(/[^a-z-]+/g, '.')}@matrix.example`;
    const person = await aPerson(service, { name, email });
    const { body } = await person.get('/v1/me').expect(200);
    for (const role of about.roles)
      for (const code of [ACTIVE, DRAFT]) await member(service, code, email, role);
    for (const role of about.elsewhere) await member(service, ELSEWHERE, email, role);
    const id = body.id as string;
    const player = { name, ...about, person, id, session: null };
    players.push(player);
    return player;
  };
  for (const [index, role] of ROLES.entries()) {
    const next = ROLES[(index + 1) % ROLES.length]!;
    const shared = [role, next];
    await join(`${role}, own`, { roles: [role], elsewhere: [], belongs: role === 'verifier' });
    await join(`${role}, other contract`, { roles: [], elsewhere: [role] });
    const belongs = shared.includes('verifier');
    await join(`${role} and ${next}, shared`, { roles: shared, elsewhere: [], belongs });
    await joinAndLeave(service, role, join, players);
  }
  await join('somebody without a part', { roles: [], elsewhere: [] });
  await managers(service, organisation, join, players);
  const { administrator, stranger } = service;
  const none = { roles: [], elsewhere: [] };
  const { body } = await administrator.get('/v1/me').expect(200);
  const id = body.id as string;
  players.push({
    name: 'administrator',
    isAdministrator: true,
    ...none,
    person: administrator,
    id,
    session: null,
  });
  players.push({
    name: 'stranger',
    isStranger: true,
    ...none,
    person: stranger,
    id: '',
    session: null,
  });
  return players;
}

async function atTheirBrowsers(service: TestApp, cast: readonly Player[]): Promise<Player[]> {
  const players: Player[] = [];
  for (const one of cast)
    players.push(one.isStranger ? one : { ...one, session: await sessionOf(service, one.id) });
  return players;
}

/** Somebody signs in at a browser; how is not what the matrix is about. */
async function sessionOf(service: TestApp, personId: string): Promise<string> {
  const { token } = await service.get(TransactionRunner).run(SERVICE.authenticator, (tx) =>
    service.get(SessionKeeper).start(tx, {
      personId,
      stage: 'complete',
      firstFactor: 'password',
      client: { address: '192.0.2.1', userAgent: null },
      now: service.get<Clock>(CLOCK).now(),
    }),
  );
  return token;
}

type Join = (name: string, about: Omit<Somebody, 'name'>) => Promise<Player>;

/** Replaces the last player by one whose parts are over. */
const over = (players: Player[], change: Partial<Somebody>): void => {
  players.push({ ...players.pop()!, ...change });
};

async function joinAndLeave(service: TestApp, role: Role, join: Join, players: Player[]) {
  const { id } = await join(`${role}, ended`, { roles: [role], elsewhere: [] });
  for (const code of [ACTIVE, DRAFT])
    await service.administrator.delete(`/v1/contracts/${code}/members/${id}/${role}`).expect(204);
  // who acted for the verifying party is let into its organisation below, like everybody in the list of members
  over(players, { roles: [], belongs: role === 'verifier' });
}

async function managers(service: TestApp, organisation: string, join: Join, players: Player[]) {
  const { administrator } = service;
  const manage = (at: string, { person: { email, name } }: Player) =>
    administrator
      .post(`/v1/organisations/${at}/people`, { email, name, isManager: true })
      .expect(201);
  const nothing = { roles: [], elsewhere: [] };
  await manage(organisation, await join('organisation manager, own', nothing));
  over(players, { belongs: true, manages: true });
  const another = await anOrganisation(service, 'Another organisation');
  await manage(another, await join('organisation manager, other organisation', nothing));
  const former = await join('organisation manager, ended', nothing);
  await manage(organisation, former);
  await administrator.delete(`/v1/organisations/${organisation}/people/${former.id}`).expect(204);
}

const member = ({ administrator }: TestApp, code: string, email: string, role: Role) =>
  administrator
    .post(`/v1/contracts/${code}/members`, { email, party: PARTY[role], role })
    .expect(201);
