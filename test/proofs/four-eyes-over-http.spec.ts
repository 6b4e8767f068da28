import fc from 'fast-check';
import { Client } from 'pg';
import { startTestApp, TestPerson, type TestApp } from '../support/harness.js';
import { FourEyesModel, nameOf } from '../support/four-eyes/model.js';
import {
  servedSequences,
  type Account,
  type Served,
} from '../support/four-eyes/service-commands.js';
import { PARTS } from '../support/four-eyes/worlds.js';
import { aComputation } from '../support/lines.builder.js';
import { aReviewedContract, withKey } from '../support/reviewed-contract.builder.js';

/** As test/proofs/four-eyes.spec.ts, through HTTP: with keys, replays, files and requests at the same moment. */
const SEQUENCES = 300;
const owner = new Client({ connectionString: process.env['MIGRATION_DATABASE_URL'] });
let service: TestApp;
let accounts: Account[];

beforeAll(async () => {
  await owner.connect();
  service = await startTestApp();
});
afterAll(async () => {
  await service.stop();
  await owner.end();
});

/** A contract with four lines to claim, one participant with one event, and six accounts with keys. */
async function serve(): Promise<Served> {
  const contract = await aReviewedContract(owner);
  const path = `/v1/contracts/${contract.code}`;
  const { administrator } = service;
  accounts = [];
  for (const [index, roles] of PARTS.entries()) {
    const [name, email] = [`Account ${index}`, `a${index}@${contract.code}.example`];
    const { body } = await administrator.post('/v1/people', { email, name }).expect(201);
    const person = new TestPerson(service.app, { name, email, key: body.apiKey as string });
    accounts.push({ id: body.id as string, person });
    for (const role of roles)
      await administrator
        .post(`${path}/members`, {
          email,
          party: role === 'provider' ? 'charity' : 'council',
          role,
        })
        .expect(201);
  }
  const { pat } = contract.people;
  const officer = new TestPerson(service.app, {
    name: pat.name,
    email: '',
    key: await withKey(owner, pat),
  });
  const lines = await aComputation(owner, contract, {
    number: 1,
    periodId: '2015-Q2',
    lines: ['P5', 'P6', 'P7', 'P8'].map((participant) => ({ participant, amount: '660.00' })),
  });
  const enrolment = { reference: 'P1', cohort: 'all', startedOn: '2015-06-01' };
  await officer.post(`${path}/participants`, enrolment).expect(201);
  const first = { metric: 'settled', event: 'first', measuredOn: '2015-06-02' };
  await officer.post(`${path}/participants/P1/measurements`, first).expect(201);
  return { path, code: contract.code, accounts, administrator, lines, done: [], events: 0 };
}

async function standing({ code, accounts: all }: Served): Promise<string[]> {
  const { rows } = await owner.query<{ number: number; decided_by: string }>(
    `select c.number, d.decided_by from contract k join claim c on c.contract_id = k.id
       join claim_decision d on d.claim_id = c.id where k.code = $1`,
    [code],
  );
  return rows.map(({ number, decided_by }) =>
    nameOf({ claim: number - 1, account: all.findIndex(({ id }) => id === decided_by) }),
  );
}

/** What the service shows to a commissioner who has nothing to do with it all. */
async function shownBy(real: Served, reader: TestPerson): Promise<string[]> {
  const items = await reader.all<{ claim: number; decidedBy: string }>(
    `${real.path}/claims/dependent-decisions`,
    2,
  );
  return items.map(({ claim, decidedBy }) =>
    nameOf({ claim: claim - 1, account: Number(decidedBy.replace('Account ', '')) }),
  );
}

it(`through the services, in ${SEQUENCES} sequences`, async () => {
  let [decisions, late] = [0, 0];
  await fc.assert(
    fc.asyncProperty(servedSequences(14), async (steps) => {
      const real = await serve();
      const model = new FourEyesModel(PARTS);
      await fc.asyncModelRun(() => ({ model, real }), steps);
      expect(model.breaches()).toEqual([]);
      expect((await standing(real)).sort()).toEqual(model.decisions().sort());
      const { rows } = await owner.query<{ id: string }>(
        `select m.person_id as id from membership m join person p on p.id = m.person_id join contract k on k.id = m.contract_id
          where k.code = $1 and p.name = 'Connie Commissioner'`,
        [real.code],
      );
      const actor = {
        personId: rows[0]!.id,
        name: '',
        isAdministrator: false,
        via: 'api',
      } as const;
      const key = await withKey(owner, actor);
      const reader = new TestPerson(service.app, { name: 'Connie', email: '', key });
      const shown = await shownBy(real, reader);
      const { sure, possible } = model.dependentNow();
      expect(shown).toEqual(expect.arrayContaining(sure));
      expect(shown.filter((each) => !sure.includes(each) && !possible.includes(each))).toEqual([]);
      decisions += model.decisions().length;
      late += shown.length;
    }),
    { numRuns: SEQUENCES },
  );
  process.stdout.write(
    `${SEQUENCES} sequences, ${decisions} decisions, ${late} shown as dependent\n`,
  );
  expect(decisions).toBeGreaterThan(SEQUENCES / 5);
}, 600_000);
