import { addMonths, londonDateOf } from '../../../src/domain/calendar/civil-date.js';
import {
  aContract,
  problemIn,
  startTestApp,
  TestPerson,
  trialTerms,
  type TestApp,
} from '../../support/harness.js';
import { rowsOfOwner } from '../../support/owner.js';

let service: TestApp;
let charity: string;
let manager: TestPerson & { id: string };
const provider = trialTerms().parties.find(({ role }) => role === 'provider')!.id;
const council = trialTerms().parties.find(({ role }) => role === 'commissioner')!.id;

beforeAll(async () => {
  service = await startTestApp();
  for (const code of ['one', 'two']) await aContract().withTerms({ code }).asDraft().in(service);
  charity = await anOrganisation('The Charity');
  manager = await somebody('manager');
  await add(charity, manager, true).expect(201);
});
afterAll(() => service.stop());

async function anOrganisation(name: string): Promise<string> {
  const { body } = await service.administrator.post('/v1/organisations', { name }).expect(201);
  return body.id as string;
}
async function somebody(name: string): Promise<TestPerson & { id: string }> {
  const email = `${name}@people.example`;
  const { body } = await service.administrator.post('/v1/people', { email, name }).expect(201);
  const person = new TestPerson(service.app, { name, email, key: body.apiKey as string });
  return Object.assign(person, { id: body.id as string });
}
const add = (
  organisation: string,
  { email, name }: { email: string; name: string },
  isManager = false,
  by: TestPerson = service.administrator,
) => by.post(`/v1/organisations/${organisation}/people`, { email, name, isManager });
const join = (by: TestPerson, code: string, email: string, party: string, role = 'provider') =>
  by.post(`/v1/contracts/${code}/members`, { email, party, role });
const nameParty = (code: string, party: string, organisationId: string) =>
  service.administrator.put(`/v1/contracts/${code}/parties/${party}/organisation`, {
    organisationId,
  });

/** The day six months after the first access of its people was given, as London counts. */
async function reviewDay(organisation: string): Promise<string> {
  const [row] = await rowsOfOwner<{ since: Date }>(
    `select min(m.granted_at) as since from membership m
       join contract_party p on (p.contract_id, p.party) = (m.contract_id, m.party)
      where p.organisation_id = $1 and m.ended_at is null`,
    [organisation],
  );
  return addMonths(londonDateOf(row!.since), 6);
}

describe('an organisation', () => {
  it('has a name of its own, whatever the case of its letters', async () => {
    const again = await service.administrator.post('/v1/organisations', { name: 'the CHARITY' });
    expect(problemIn(again)).toMatchObject({ status: 409, code: 'ORGANISATION_EXISTS' });
  });

  it('is looked after by its managers, and is there for nobody else', async () => {
    const other = await somebody('outsider');
    const member = await somebody('member');
    await add(charity, member, false, manager).expect(201);
    expect(problemIn(await other.get(`/v1/organisations/${charity}/people`)).status).toBe(404);
    expect(problemIn(await member.get(`/v1/organisations/${charity}/people`)).status).toBe(403);
    const { body } = await manager.get(`/v1/organisations/${charity}/people`).expect(200);
    expect(body.items.map(({ email }: { email: string }) => email)).toContain(member.email);
    expect((await member.get('/v1/organisations')).body.items).toEqual([
      {
        id: charity,
        name: 'The Charity',
        isManagedByYou: false,
        people: null,
        reviewDueOn: null,
        isReviewOverdue: null,
      },
    ]);
    expect((await manager.get('/v1/organisations')).body.items).toEqual([
      expect.objectContaining({ id: charity, isManagedByYou: true, people: 2 }),
    ]);
    expect((await other.get('/v1/organisations')).body.items).toHaveLength(0);
    expect((await manager.post('/v1/organisations', { name: 'Mine' })).status).toBe(403);
  });

  it('takes in somebody who is new to the service, and knows whoever is not', async () => {
    const first = await add(charity, { email: 'New@people.example', name: 'New' }, false, manager);
    expect(first.body).toMatchObject({ isNew: true });
    const again = await add(charity, { email: 'new@people.example', name: 'New' }, false, manager);
    expect(problemIn(again)).toMatchObject({ status: 409, code: 'AFFILIATION_EXISTS' });
    const promoted = await add(
      charity,
      { email: 'new@people.example', name: 'New' },
      true,
      manager,
    );
    expect(promoted.body).toEqual({
      personId: first.body.personId,
      isNew: false,
      isInvited: false,
    });
    const ada = { email: service.administrator.email, name: 'Ada' };
    expect(problemIn(await add(charity, ada, false, manager)).code).toBe(
      'ADMINISTRATOR_IS_NO_PARTY',
    );
  });

  it('is not left without a manager by its managers', async () => {
    const alone = await anOrganisation('Alone');
    const only = await somebody('only');
    await add(alone, only, true).expect(201);
    const leaves = await only.delete(`/v1/organisations/${alone}/people/${only.id}`);
    expect(problemIn(leaves)).toMatchObject({ status: 409, code: 'LAST_MANAGER' });
    const spelled = only.id.toUpperCase();
    const insists = await only.delete(`/v1/organisations/${alone}/people/${spelled}`);
    expect(problemIn(insists)).toMatchObject({ status: 409, code: 'LAST_MANAGER' });
    expect(problemIn(await add(alone, only, false, only)).code).toBe('LAST_MANAGER');
    await service.administrator.delete(`/v1/organisations/${alone}/people/${only.id}`).expect(204);
    expect((await only.get(`/v1/organisations/${alone}/people`)).status).toBe(404);
  });
});

describe('a party that is an organisation', () => {
  let worker: TestPerson & { id: string };
  beforeAll(async () => {
    worker = await somebody('worker');
    await add(charity, worker).expect(201);
  });

  it('cannot be one while people of others act for it, nor become another', async () => {
    const early = await nameParty('one', provider, charity);
    expect(problemIn(early)).toMatchObject({ status: 409, code: 'PARTY_HAS_OTHERS' });
    for (const cast of ['provider', 'officer'])
      await add(charity, { email: `${cast}@one.example`, name: cast }).expect(201);
    await nameParty('one', provider, charity).expect(204);
    const other = await anOrganisation('Another');
    expect(problemIn(await nameParty('one', provider, other)).code).toBe('PARTY_IS_NAMED');
    expect((await nameParty('one', council, '01900000-0000-7000-8000-000000000000')).status).toBe(
      404,
    );
  });

  it('is acted for by its own people only, whom its manager lets act', async () => {
    const stranger = await somebody('stranger');
    const refused = await join(service.administrator, 'one', stranger.email, provider);
    expect(problemIn(refused)).toMatchObject({ status: 409, code: 'NOT_OF_THE_ORGANISATION' });
    await join(manager, 'one', worker.email, provider).expect(201);
    await worker.get('/v1/contracts/one').expect(200);
    const elsewhere = await join(manager, 'two', worker.email, provider);
    expect(problemIn(elsewhere)).toMatchObject({ status: 404 });
    const forOthers = await join(manager, 'one', worker.email, council, 'commissioner');
    expect(forOthers.status).toBe(404);
    expect((await worker.delete(`/v1/contracts/one/members/${worker.id}/provider`)).status).toBe(
      403,
    );
    await manager.delete(`/v1/contracts/one/members/${worker.id}/provider`).expect(204);
    expect((await worker.get('/v1/contracts/one')).status).toBe(404);
  });

  it('loses whoever leaves, at once and in every contract', async () => {
    await join(manager, 'one', worker.email, provider).expect(201);
    await worker.get('/v1/contracts/one').expect(200);
    await manager.delete(`/v1/organisations/${charity}/people/${worker.id}`).expect(204);
    expect((await worker.get('/v1/contracts/one')).status).toBe(404);
    const back = await join(manager, 'one', worker.email, provider);
    expect(problemIn(back).code).toBe('NOT_OF_THE_ORGANISATION');
    const again = await manager.delete(`/v1/organisations/${charity}/people/${worker.id}`);
    expect(problemIn(again)).toMatchObject({ status: 404, code: 'AFFILIATION_UNKNOWN' });
    await add(charity, worker, false, manager).expect(201);
  });

  it('has its access reviewed by name, and what is not kept ends', async () => {
    await join(manager, 'one', worker.email, provider).expect(201);
    const { body } = await manager.get(`/v1/organisations/${charity}/access`).expect(200);
    expect(body.lastReviewedAt).toBeNull();
    expect(body.access).toHaveLength(3);
    const dueOn = await reviewDay(charity);
    expect(body).toMatchObject({ dueOn, isOverdue: false });
    service.travelTo(new Date(Date.now() + 190 * 86_400_000).toISOString());
    const own = async () => (await manager.get('/v1/organisations').expect(200)).body.items[0];
    expect(await own()).toMatchObject({ reviewDueOn: dueOn, isReviewOverdue: true });
    const decisions = (body.access as { personId: string; contract: string; role: string }[]).map(
      ({ personId, contract, role }) => ({
        personId,
        contract,
        role,
        keep: personId !== worker.id,
      }),
    );
    const review = (some: object[]) =>
      manager.post(`/v1/organisations/${charity}/access-reviews`, { decisions: some });
    expect(problemIn(await review(decisions.slice(1)))).toMatchObject({
      status: 409,
      code: 'REVIEW_INCOMPLETE',
    });
    const madeUp = { personId: worker.id, contract: 'two', role: 'provider', keep: true };
    expect(problemIn(await review([...decisions, madeUp])).code).toBe('REVIEW_INCOMPLETE');
    const other = decisions.map((each) => ({ ...each, keep: !each.keep }));
    expect(problemIn(await review([...decisions, ...other])).code).toBe('REVIEW_INCOMPLETE');
    const spelled = decisions.map((each) => ({ ...each, personId: each.personId.toUpperCase() }));
    expect((await review(spelled).expect(201)).body).toEqual({ kept: 2, ended: 1 });
    expect((await worker.get('/v1/contracts/one')).status).toBe(404);
    const after = await manager.get(`/v1/organisations/${charity}/access`).expect(200);
    expect(after.body.access).toHaveLength(2);
    expect(after.body.lastReviewedAt).not.toBeNull();
    expect(after.body.isOverdue).toBe(false);
    expect(await own()).toMatchObject({ isReviewOverdue: false });
  });
});
