import type { INestApplication } from '@nestjs/common';
import { HumansService } from '../../../src/access/humans/humans.service.js';
import { SERVICE } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import {
  problemIn,
  startTestApp,
  startTestWorker,
  TestPerson,
  type TestApp,
} from '../../support/harness.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../../support/reviewed-quarter.js';
import { rowsOfOwner } from '../../support/owner.js';

describe('one human with two accounts', () => {
  let service: TestApp;
  let worker: INestApplication;
  let quarter: ReviewedQuarter;
  let claim: string;
  let etag: string;

  beforeAll(async () => {
    service = await startTestApp();
    worker = await startTestWorker();
    quarter = await aReviewedQuarter(service, 'one-human');
    const { path, provider, computation } = quarter;
    const submitted = await provider.post(`${path}/claims`, { computation }).expect(201);
    claim = submitted.headers['location']!;
    etag = submitted.headers['etag']!;
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  /** A second account, of the commissioner, for somebody who has one. */
  async function atTheCouncil(name: string): Promise<TestPerson & { id: string }> {
    const email = `${name}@council.example`;
    const { body } = await service.administrator.post('/v1/people', { email, name }).expect(201);
    const membership = { email, party: 'council', role: 'commissioner' };
    await service.administrator.post(`${quarter.path}/members`, membership).expect(201);
    const person = new TestPerson(service.app, { name, email, key: body.apiKey as string });
    return Object.assign(person, { id: body.id as string });
  }
  const idOf = async (person: TestPerson) => (await person.get('/v1/me')).body.id as string;
  const same = (personId: string, sameAs: string) =>
    service.administrator.post(`/v1/people/${personId}/same-human`, {
      sameAs,
      reason: 'Seconded to the council; the two offices have told us',
    });
  const decide = (person: TestPerson) =>
    person.post(`${claim}/decisions`, { approveUndecided: true }, { ifMatch: etag });

  it.each([
    ['the provider, who submitted the claim', 'provider'],
    ['the officer, who entered the scores', 'officer'],
  ] as const)('cannot decide as somebody else what they did as %s', async (_, who) => {
    const second = await atTheCouncil(`second-${who}`);
    await same(second.id, await idOf(quarter[who])).expect(204);
    const refused = await decide(second);
    expect(problemIn(refused)).toMatchObject({ status: 403, code: 'DECIDER_NOT_INDEPENDENT' });
  });

  it('is refused by the database alone', async () => {
    const second = await atTheCouncil('by-database');
    await same(second.id, await idOf(quarter.officer)).expect(204);
    const actor = { personId: second.id, name: 'x', isAdministrator: false, via: 'api' } as const;
    const insert = service.get(TransactionRunner).run(actor, (tx) =>
      tx.query(
        `insert into claim_decision (claim_id, computation_id, line_no, decision, decided_by)
         select claim_id, computation_id, line_no, 'approved', $1 from claim_line limit 1`,
        [second.id],
      ),
    );
    await expect(insert).rejects.toThrow('cannot decide it');
  });

  it('stays one, through a third account too, and is never set apart', async () => {
    const [second, third] = [await atTheCouncil('b'), await atTheCouncil('c')];
    const officer = await idOf(quarter.officer);
    await same(third.id, second.id).expect(204);
    await same(second.id, officer).expect(204);
    expect(problemIn(await decide(third)).code).toBe('DECIDER_NOT_INDEPENDENT');
    expect(problemIn(await same(third.id, officer))).toMatchObject({
      status: 409,
      code: 'ALREADY_ONE_HUMAN',
    });
    const part = service
      .get(TransactionRunner)
      .run(SERVICE.operator, (tx) =>
        tx.query('update person set human_id = id where id = $1', [third.id]),
      );
    await expect(part).rejects.toThrow('not set apart again');
  });

  it('is known also by an identity provider, and is in the record by identifier', async () => {
    const [one, two] = [await atTheCouncil('d'), await atTheCouncil('e')];
    const recognition = {
      personId: two.id,
      sameAs: one.id,
      because: 'identity-provider',
      reason: 'the same subject of the same issuer',
    } as const;
    await service
      .get(TransactionRunner)
      .run(SERVICE.authenticator, (tx) => service.get(HumansService).join(tx, null, recognition));
    const entries = await rowsOfOwner<{ body: string }>(
      `select body from audit_entry where type = 'person.recognised' order by seq desc limit 1`,
    );
    expect(JSON.parse(entries[0]!.body)).toMatchObject({
      duty: 'service',
      payload: { personId: two.id, sameAs: one.id, because: 'identity-provider' },
    });
  });

  it('is recognised by administrators only, and only where both accounts are there', async () => {
    const officer = await idOf(quarter.officer);
    const own = await quarter.commissioner.post(`/v1/people/${officer}/same-human`, {
      sameAs: officer,
      reason: 'x',
    });
    expect(problemIn(own)).toMatchObject({ status: 403 });
    const nobody = await same(officer, '01900000-0000-7000-8000-000000000000');
    expect(problemIn(nobody)).toMatchObject({ status: 404, code: 'PERSON_UNKNOWN' });
    expect(problemIn(await same(officer, officer))).toMatchObject({ code: 'ALREADY_ONE_HUMAN' });
  });

  it('leaves others free to decide', async () => {
    await decide(quarter.commissioner).expect(201);
  });
});
