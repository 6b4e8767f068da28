// What was done on a contract, read as each kind of person: filters, pages, names, and what is proved of it.
import type { INestApplication } from '@nestjs/common';
import type { ActivityItem } from '../../../src/activity/activity-item.js';
import { encodeCursor } from '../../../src/platform/http/cursor.js';
import { startTestApp, startTestWorker, waitUntil, type TestApp } from '../../support/harness.js';
import { asOwner, rowsOfOwner } from '../../support/owner.js';
import type { TestPerson } from '../../support/person.js';
import { aReviewedQuarter, type ReviewedQuarter } from '../../support/reviewed-quarter.js';

let service: TestApp;
let worker: INestApplication;
let quarter: ReviewedQuarter;

const personIdOf = async ({ email }: TestPerson): Promise<string> =>
  (await rowsOfOwner<{ id: string }>('select id from person where email = $1', [email]))[0]!.id;

beforeAll(async () => {
  service = await startTestApp();
  worker = await startTestWorker();
  quarter = await aReviewedQuarter(service, 'told');
  const { path, provider, computation } = quarter;
  await provider.post(`${path}/claims`, { computation }).expect(201);
});
afterAll(async () => {
  await worker.close();
  await service.stop();
});

const activity = async (person: TestPerson, query = ''): Promise<ActivityItem[]> =>
  (await person.get(`${quarter.path}/activity?limit=500${query}`).expect(200)).body.items;
const sentences = async (person: TestPerson, query = ''): Promise<string[]> =>
  (await activity(person, query)).map(({ sentence }) => sentence);
const hashes = async (person: TestPerson, query = ''): Promise<string[]> =>
  (await activity(person, query)).map(({ hash }) => hash);
const refused = async (person: TestPerson, query: string) => {
  const { status, body } = await person.get(`${quarter.path}/activity?${query}`);
  return [status, (body as { code: string }).code];
};

describe('the activity of a contract', () => {
  it('is every entry in a sentence, latest first, page by page, with names', async () => {
    const all = await activity(quarter.commissioner);
    const stored = await rowsOfOwner<{ seq: string }>(
      `select seq from audit_entry e join contract c on c.id::text = e.stream where c.code = 'told' order by seq desc`,
    );
    expect(all.map(({ seq }) => seq)).toEqual(stored.map(({ seq }) => seq));
    const { name } = quarter.provider;
    expect(all[0]!.sentence).toBe(`${name} submitted claim 1: 3 lines, £3,960.00.`);
    expect(all[0]).toMatchObject({ contract: 'told', person: name, duty: 'provider' });
    expect(all.map(({ sentence }) => sentence)).toContain(
      'The service carried out computation 3: 4 lines, £3,960.00.',
    );
    const byPages = await quarter.commissioner.all<ActivityItem>(`${quarter.path}/activity`, 7);
    expect(byPages.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq));
  });

  it('is narrowed to types, a person, numbers and days', async () => {
    const { commissioner, provider } = quarter;
    expect(await sentences(commissioner, '&type=claim.submitted,claim.decided')).toEqual([
      `${provider.name} submitted claim 1: 3 lines, £3,960.00.`,
    ]);
    const own = await activity(commissioner, `&person=${await personIdOf(provider)}`);
    expect(new Set(own.map(({ person }) => person))).toEqual(new Set([provider.name]));
    const numbered = await activity(commissioner, '&fromSeq=2&throughSeq=4');
    expect(numbered.map(({ seq }) => seq)).toEqual(['4', '3', '2']);
    // by their hashes, which are over all that an entry says; whether it is sealed changes between two answers
    expect(
      await hashes(commissioner, '&recordedFrom=2015-01-01&recordedBefore=2199-01-01'),
    ).toEqual(await hashes(commissioner));
    expect(await activity(commissioner, '&recordedFrom=2199-01-01')).toEqual([]);
    expect(await activity(commissioner, '&recordedBefore=2015-01-01')).toEqual([]);
  });

  it('counts days as London does: what is recorded past midnight there is of the next day', async () => {
    const [moved] = await asOwner(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      return tx.query<{ seq: string }>(
        `update audit_entry e set recorded_at = '2015-06-30T23:30:00Z' from contract c
          where c.id::text = e.stream and c.code = 'told' and e.seq = 1 returning e.seq`,
      );
    });
    const of = async (from: string, before: string) =>
      (await activity(quarter.commissioner, `&recordedFrom=${from}&recordedBefore=${before}`)).map(
        ({ seq }) => seq,
      );
    expect(await of('2015-06-30', '2015-07-01')).toEqual([]);
    expect(await of('2015-07-01', '2015-07-02')).toEqual([moved!.seq]);
  });

  it('of a claim is what was done about it, and its computation', async () => {
    const types = (await activity(quarter.commissioner, '&claim=1')).map(({ type }) => type);
    expect(types).toEqual(['claim.submitted', 'computation.computed', 'computation.requested']);
    expect(await refused(quarter.commissioner, 'claim=9')).toEqual([404, 'NOT_FOUND']);
  });

  it('of a participant is what names them, and readings that went over them', async () => {
    const { commissioner, verifier, provider, path, computation } = quarter;
    await provider
      .post(`${path}/participants/P-2/measurements/ucla/6m/corrections`, {
        measuredOn: '2015-12-11',
        score: 6,
        reason: 'The day was read wrongly',
      })
      .expect(201);
    await verifier.get(`${path}/participants?limit=2`).expect(200);
    const { body } = await verifier.get(`${path}/computations`).expect(200);
    const { id } = body.items.find((one: { number: number }) => one.number === computation);
    const { items } = (await verifier.get(`/v1/computations/${id}/lines`).expect(200)).body;
    const lineOf = (reference: string) =>
      items.find((one: { participant: string }) => one.participant === reference).reference;
    await verifier.get(`/v1/lines/${lineOf('P-2')}`).expect(200);
    const ofP2 = await sentences(commissioner, '&participant=P-2');
    const lines = `from ${items[0].reference} to ${items.at(-1).reference}`;
    expect(ofP2).toEqual([
      `${verifier.name} read why line ${lineOf('P-2')}, about participant P-2, is what it is.`,
      `${verifier.name} read 4 payment lines, ${lines}.`,
      `${verifier.name} read a list of 2 participants, from P-1 to P-2.`,
      `${provider.name} corrected ucla 6m of participant P-2, measured on 11 December 2015 (version 2).`,
    ]);
    expect(await sentences(commissioner, '&participant=P-3')).toEqual([ofP2[1]]);
    expect(await refused(commissioner, 'participant=P-99')).toEqual([404, 'NOT_FOUND']);
  });

  it('is shown to who may read the trail; of participants to who may see them', async () => {
    const { investor, topUpFund } = quarter;
    expect(await refused(investor, '')).toEqual([403, 'PERMISSION_REFUSED']);
    expect(await refused(investor, 'type=statement.issued')).toEqual([403, 'PERMISSION_REFUSED']);
    expect(await refused(topUpFund, 'participant=P-1')).toEqual([403, 'PERMISSION_REFUSED']);
    expect((await activity(topUpFund)).length).toBeGreaterThan(0);
    await service.stranger.get(`${quarter.path}/activity`).expect(401);
  });

  it.each([
    'type=claim.vanished',
    'type=constructor',
    'person=somebody',
    'claim=0',
    'claim=99999999999',
    'recordedFrom=2015-02-30',
    'recordedBefore=yesterday',
    'fromSeq=-1',
    'throughSeq=1e3',
    'participant=%00',
    'limit=501',
    'unknown=1',
    'cursor=bm9uc2Vuc2U',
  ])('refuses %s and says where', async (query) => {
    const [status] = await refused(quarter.commissioner, query);
    expect([400, 422]).toContain(status);
  });
});

describe('the activity of a person', () => {
  const ofPerson = async (reader: TestPerson, id: string, query = '') =>
    (await reader.get(`/v1/people/${id}/activity?${query}`).expect(200)).body as {
      items: ActivityItem[];
      next: string | null;
    };

  it('goes over every contract whose trail the reader may read, and no other', async () => {
    const { commissioner, provider, investor } = quarter;
    const id = await personIdOf(provider);
    const all = await ofPerson(commissioner, id, 'limit=500');
    expect(all.items.length).toBeGreaterThan(3);
    expect(new Set(all.items.map(({ contract, person }) => `${contract} ${person}`))).toEqual(
      new Set([`told ${provider.name}`]),
    );
    const paged = await commissioner.all<ActivityItem>(`/v1/people/${id}/activity`, 2);
    expect(paged.map(({ hash }) => hash)).toEqual(all.items.map(({ hash }) => hash));
    expect((await ofPerson(investor, id)).items).toEqual([]);
    expect((await ofPerson(commissioner, 'nobody')).items).toEqual([]);
    const claims = await ofPerson(commissioner, id, 'type=claim.submitted');
    expect(claims.items.map(({ type }) => type)).toEqual(['claim.submitted']);
  });

  it('shows an administrator acts on no contract, and nobody else', async () => {
    const id = await personIdOf(service.administrator);
    const { items } = await ofPerson(service.administrator, id);
    expect(items.length).toBeGreaterThan(0);
    expect(items.every(({ contract }) => contract === null)).toBe(true);
    expect((await ofPerson(quarter.commissioner, id)).items.map(({ type }) => type)).not.toContain(
      'person.created',
    );
  });

  it.each([
    'WyJ4Iiwic2VydmljZSIsIjEiXQ',
    'WyJ4Il0',
    'x',
    ...['0000-01-01T00:00:00Z', '2026-02-30T00:00:00.000Z', '-000001-01-01T00:00:00.000Z'].map(
      (instant) => encodeCursor(instant, 'service', '1'),
    ),
  ])('refuses the cursor %s', (cursor) =>
    quarter.commissioner.get(`/v1/people/nobody/activity?cursor=${cursor}`).expect(400),
  );
});

describe('one record', () => {
  const record = async (seq: string) =>
    (await quarter.commissioner.get(`${quarter.path}/activity/${seq}`).expect(200)).body;

  it('is found as it was written, and in the log once it is sealed', async () => {
    const [claim] = await activity(quarter.commissioner, '&type=claim.submitted');
    const { verification, links, sentence } = await waitUntil('the entry is sealed', async () => {
      const found = await record(claim!.seq);
      return found.verification.standing === 'sealed' ? found : null;
    });
    expect(sentence).toBe(claim!.sentence);
    expect(verification.verdict).toMatch(
      /^Entry \d+ is as it was written, and is in the audit log of \d+ leaves that this service signed\. No witness/,
    );
    await quarter.commissioner.get(links.proof).expect(200);
    await quarter.commissioner.get(links.bundle).expect(200);
    await quarter.investor.get(links.bundle).expect(403);
    expect((await activity(quarter.commissioner, '&type=claim.submitted'))[0]!.sealed).toBe(true);
  });

  it('is called altered where somebody changed it with triggers off, whatever was changed', async () => {
    // the day of entry 1 was moved above, and its text was not
    expect((await record('1')).verification).toMatchObject({
      standing: 'altered',
      verdict: expect.stringContaining('Entry 1 was changed after it was written'),
    });
    const [[salted]] = [await activity(quarter.commissioner, '&type=terms.activated')];
    await asOwner(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query(
        `update audit_entry e set salt = decode(repeat('07', 32), 'hex') from contract c
          where c.id::text = e.stream and c.code = 'told' and e.seq = $1`,
        [salted!.seq],
      );
    });
    expect((await record(salted!.seq)).verification).toMatchObject({
      standing: 'altered',
      verdict: expect.stringContaining('The audit log has another record in its place.'),
    });
  });

  it('is not there for numbers that no entry has', async () => {
    for (const seq of ['0', '99999', 'x', '1e3'])
      await quarter.commissioner.get(`${quarter.path}/activity/${seq}`).expect(404);
    await quarter.investor.get(`${quarter.path}/activity/1`).expect(403);
  });
});
