import request, { type Response } from 'supertest';
import { aRate, anEffect } from '../support/figures.builder.js';
import {
  aContract,
  startTestApp,
  trialTerms,
  type TestApp,
  type TestContract,
  type TestPerson,
} from '../support/harness.js';

const FIGURE = {
  metric: 'on-time',
  from: '2015-04-01',
  to: '2015-07-01',
  numerator: '103',
  denominator: '120',
};
const RESULT = {
  metric: 'reconvictions',
  cohort: 'all',
  value: '8.4%',
  low: '2%',
  high: '20%',
  n: 936,
  signedOn: '2016-03-01',
  documentHash: 'ab'.repeat(32),
};
const TENANCY = {
  id: 'tenancy',
  kind: 'spell',
  label: 'A tenancy',
  paid: false,
  definition: 'Lives there.',
  evidence: ['Lease'],
};
const NUMBERS = ['1e3', '-0', '-1', 'NaN', 'Infinity', '0x10', '1,000', '1.', '.5', '+5', '٥', '½']
  .concat(['9'.repeat(400), `0.${'1'.repeat(60)}`, '=1+1', '1\u00005', '8.4', '8,4%', '8.4%%'])
  .concat(['1e3%', '-0%', '8.4 %']);
const DAYS = ['2015-02-30', '0000-01-01', '99999-01-01', '1/4/2015', '2015-4-1', 'today']
  .concat(['2015-04-02', '2017-01-01', '9998-12-31', '=A1', '2015-04-01T00:00:00Z'])
  .concat(['-2015-04-01', '2015-04-01\u0000']);
const TEXTS = ['=cmd()', 'x'.repeat(10_000), '\u0000', "'; drop table contract_figure; --"].concat([
  '__proto__',
  'constructor',
  'on-time',
  '\ud800',
]);

/** What figures.csv and its like would say of the values. */
const FILES = {
  figures: 'metric,from,to,numerator,denominator\non-time,2015-04-01,2015-07-01,103,120',
  effects: `metric,cohort,value,low,high,n,signed_on,document_sha256\nreconvictions,all,8.4%,2%,20%,936,2016-03-01,${RESULT.documentHash}`,
  measurements:
    'reference,metric,event,measured_on,ended_on\nP-1,tenancy,T-1,2015-07-01,2015-09-01',
} as const;

describe('hostile figures, results and spells', () => {
  let service: TestApp;
  let contract: TestContract;
  let other: TestContract;

  beforeAll(async () => {
    service = await startTestApp();
    service.travelTo('2016-06-01T12:00:00Z');
    const metrics = [...trialTerms().metrics, aRate(), anEffect(), TENANCY];
    contract = await aContract()
      .withTerms({ metrics })
      .withParticipants({ reference: 'P-1', startedOn: '2015-06-04' })
      .in(service);
    other = await aContract().withTerms({ metrics, code: 'other' }).in(service);
  });
  afterAll(() => service.stop());

  /** Refused with a problem that a person can read, and nothing of how the service is made. */
  const expectRefused = (what: string, { status, text }: Response) => {
    expect([what, status >= 400 && status < 500]).toEqual([what, true]);
    expect(text).not.toMatch(
      /node_modules|\.[jt]s:\d|QueryFailed|syntax error|at least 1 elements/,
    );
  };
  const raw = (person: TestPerson, path: string, body: string, type = 'application/json') =>
    request(service.app.getHttpServer())
      .post(path)
      .set('Authorization', `Bearer ${person.key}`)
      .set('Idempotency-Key', `hostile-${Math.random()}`)
      .set('Content-Type', type)
      .serialize((sent) => sent as never)
      .send(body);

  it.each(Object.keys(FIGURE))('a figure is refused for its %s', async (field) => {
    for (const value of [...NUMBERS, ...DAYS, ...TEXTS]) {
      if (field === 'metric' && value === FIGURE.metric) continue;
      if (field.endsWith('rator') && value === '8.4') continue; // a weighted count
      const figures = [{ ...FIGURE, [field]: value }];
      expectRefused(
        value.slice(0, 40),
        await contract.officer.post(`${contract.path}/figures`, { figures }),
      );
    }
  });

  it.each(Object.keys(RESULT))('a result is refused for its %s', async (field) => {
    for (const value of [...NUMBERS, ...DAYS, ...TEXTS]) {
      // a day that is over, and nought, however it is signed
      const isRight = field === 'signedOn' ? value === '2015-04-02' : value === '-0%';
      if (isRight && field !== 'value') continue;
      expectRefused(
        value.slice(0, 40),
        await contract.verifier.post(`${contract.path}/effects`, { ...RESULT, [field]: value }),
      );
    }
  });

  it.each([
    ['no figures', '{"figures":[]}'],
    ['null', '{"figures":[null]}'],
    ['a list', '[]'],
    ['half a document', '{"figures":'],
    ['a number beyond all', `{"figures":[{"metric":"on-time","numerator":1e400}]}`],
    ['a key twice', '{"figures":[{"metric":"on-time","metric":"late"}]}'],
    ['a prototype', '{"__proto__":{"figures":[]}}'],
    ['a well', `{"figures":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    [
      'the same figure twice',
      JSON.stringify({ figures: [FIGURE, { ...FIGURE, numerator: '104' }] }),
    ],
    ['far too many', JSON.stringify({ figures: Array.from({ length: 5_000 }, () => FIGURE) })],
  ])('a body is refused that holds %s', async (what, body) =>
    expectRefused(what, await raw(contract.officer, `${contract.path}/figures`, body)),
  );

  it.each(Object.entries(FILES))('a file of %s is refused as a whole', async (kind, file) => {
    const person = kind === 'effects' ? contract.verifier : contract.officer;
    const [header, row] = file.split('\n') as [string, string];
    const cells = row.split(',');
    const isText = (column: number) => header.split(',')[column] === 'event';
    const rows = cells.flatMap((_, column) =>
      isText(column)
        ? []
        : ['1e9999', '=1+1', '"a""b"', '\u0000', '2015-02-30', 'NaN'].map((value) =>
            [...cells.slice(0, column), value, ...cells.slice(column + 1)].join(','),
          ),
    );
    const files = rows
      .map((one) => `${header}\n${one}`)
      .concat(['', header, `${header}\n"open`, `${header},${header}\n${row},${row}`])
      .concat([`${header}\n${row},more`, `${header}\n${row}\n${row.replace('936', '937')}\nx`]);
    for (const one of files)
      expectRefused(
        one.slice(0, 120),
        await raw(person, `${contract.path}/imports/${kind}`, one, 'text/csv'),
      );
  });

  it('nobody writes into a contract that is not theirs, or in a role that may not', async () => {
    const acts = [
      ['figures', { figures: [FIGURE] }, other.officer],
      ['effects', RESULT, other.verifier],
    ] as const;
    for (const [list, body, stranger] of acts) {
      expect((await stranger.post(`${contract.path}/${list}`, body)).status).toBe(404);
      expect((await stranger.get(`${contract.path}/${list}`)).status).toBe(404);
      for (const person of [contract.investor, contract.commissioner, contract.topUpFund])
        expect((await person.post(`${contract.path}/${list}`, body)).status).toBe(403);
      expect((await service.stranger.post(`${contract.path}/${list}`, body)).status).toBe(401);
    }
  });

  it('an act sent twice under one key is done once; another act under it is refused', async () => {
    const acts = [
      ['figures', { figures: [FIGURE] }, { figures: [{ ...FIGURE, numerator: '104' }] }],
      ['effects', RESULT, { ...RESULT, value: '8.5%' }],
    ] as const;
    for (const [list, body, another] of acts) {
      const person = list === 'effects' ? contract.verifier : contract.officer;
      const send = (what: object) =>
        person.post(`${contract.path}/${list}`, what, { idempotencyKey: `once-${list}-0001` });
      const first = await send(body);
      expect(first.status).toBe(201);
      const again = await send(body);
      expect([again.status, again.body]).toEqual([200, first.body]);
      expectRefused('another act under the key', await send(another));
    }
  });

  it('and afterwards two facts are recorded, and the trail verifies', async () => {
    expect(await contract.commissioner.all(`${contract.path}/figures`)).toHaveLength(1);
    expect(await contract.commissioner.all(`${contract.path}/effects`)).toHaveLength(1);
    const { body } = await contract.commissioner.get(`${contract.path}/audit/verification`);
    expect(body).toMatchObject({ verified: true, firstBad: null });
  });
});
