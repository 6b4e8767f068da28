import type { FigureInput } from '../../../src/domain/outcomes/check-figure.js';
import { ContractRecordService } from '../../../src/figures/contract-record.service.js';
import { onBehalfOf } from '../../../src/platform/auth/acting.js';
import { TransactionRunner } from '../../../src/platform/database/transaction-runner.js';
import { aRate } from '../../support/figures.builder.js';
import {
  aContract,
  startTestApp,
  trialTerms,
  type TestApp,
  type TestContract,
} from '../../support/harness.js';
import { rowsOfOwner } from '../../support/owner.js';

const RATES = [
  aRate({ completes: ['late'] }),
  aRate({ id: 'late', label: 'Visits late' }),
  aRate({ id: 'ready', label: 'Ready for school', grain: 'year', groups: ['q1', 'q5'] }),
];
type Typed = Partial<Record<keyof FigureInput, string | number>>;
const SPRING: Typed = { metric: 'on-time', from: '2015-04-01', to: '2015-07-01' };

describe('figures', () => {
  let service: TestApp;
  let contract: TestContract;

  beforeAll(async () => {
    service = await startTestApp();
    service.travelTo('2016-06-01T12:00:00Z');
    contract = await aContract()
      .withTerms({ metrics: [...trialTerms().metrics, ...RATES] })
      .in(service);
  });
  afterAll(() => service.stop());

  const submit = (figures: readonly Typed[], person = contract.officer) =>
    person.post(`${contract.path}/figures`, { figures });
  const listed = (query = '') =>
    contract.verifier.all<Record<string, unknown>>(`${contract.path}/figures${query}`, 2);
  const upload = (csv: string, person = contract.officer) =>
    person.upload(`${contract.path}/imports/figures`, csv);
  const audited = async () =>
    (await contract.commissioner.all<{ type: string }>(`${contract.path}/audit`)).map(
      ({ type }) => type,
    );

  it('are submitted together, with one audit entry', async () => {
    const before = (await audited()).length;
    const answer = await submit([
      { ...SPRING, numerator: 103, denominator: '120' },
      { ...SPRING, metric: 'late', numerator: '17', denominator: 120 },
    ]);
    expect(answer).toMatchObject({
      status: 201,
      body: { unchanged: 0, figures: [{ metric: 'on-time', version: 1 }, { metric: 'late' }] },
    });
    expect((await audited()).slice(before)).toEqual(['figures.submitted']);
    expect(await listed()).toEqual([
      expect.objectContaining({ name: 'late/all/2015-04-01#1', numerator: '17' }),
      expect.objectContaining({ name: 'on-time/all/2015-04-01#1', definition: '2015' }),
    ]);
  });

  it('are refused together, each fault with its figure and field', async () => {
    const answer = await submit([
      {
        metric: 'ready',
        group: 'q1',
        from: '2014-09-01',
        to: '2015-09-01',
        numerator: 2,
        denominator: 1,
        definition: '2015',
      },
      { ...SPRING, numerator: '1e2', denominator: 120 },
      { metric: 'ucla', from: '2015-04-01', to: '2015-07-01', numerator: 1, denominator: 2 },
    ]);
    expect(answer).toMatchObject({ status: 422, body: { code: 'FIGURES_REFUSED' } });
    expect(answer.body.faults.map((f: { at: string; code: string }) => [f.at, f.code])).toEqual([
      ['/figures/0/numerator', 'PART_LARGER_THAN_WHOLE'],
      ['/figures/1/numerator', 'NOT_A_PLAIN_NUMBER'],
      ['/figures/2/metric', 'METRIC_NOT_A_RATE'],
    ]);
    expect(await listed()).toHaveLength(2);
  });

  it('are submitted once; what was wrong is corrected with a reason, and the old version stays', async () => {
    const same = { ...SPRING, numerator: 103, denominator: 120 };
    expect(await submit([same])).toMatchObject({
      status: 409,
      body: { code: 'FIGURES_UNCHANGED' },
    });
    const other = { ...same, numerator: 104 };
    expect((await submit([other])).body.faults).toEqual([
      expect.objectContaining({ at: '/figures/0/correctionReason', code: 'DIFFERS_FROM_RECORDED' }),
    ]);
    const autumn = { ...same, from: '2015-10-01', to: '2016-01-01', correctionReason: 'late news' };
    expect((await submit([autumn])).body.faults[0].code).toBe('NOTHING_TO_CORRECT');
    expect((await submit([other, other])).body.faults.map((f: { code: string }) => f.code)).toEqual(
      ['DIFFERS_FROM_RECORDED', 'FIGURE_TWICE'],
    );
    const correctionReason = 'one visit was found in the notes';
    expect((await submit([{ ...other, correctionReason }])).body.faults).toEqual([
      expect.objectContaining({
        code: 'PARTS_DO_NOT_SUM',
        detail: expect.stringContaining('Visits on time 104, Visits late 17'),
      }),
    ]);
    const late = { ...SPRING, metric: 'late', numerator: 16, denominator: 120, correctionReason };
    expect((await submit([{ ...other, correctionReason }, late])).status).toBe(201);
    const all = await listed('?metric=on-time');
    expect(
      all.map(({ version, numerator, superseded }) => [version, numerator, superseded]),
    ).toEqual([
      [1, '103', true],
      [2, '104', false],
    ]);
  });

  it('are read as they were known, whatever came after', async () => {
    const [first, second] = await listed('?metric=on-time');
    const seq = String(first!['recordedSeq']);
    expect(await listed(`?metric=on-time&knownThrough=${seq}`)).toEqual([
      { ...first, superseded: false },
    ]);
    const [{ id } = { id: '' }] = await rowsOfOwner<{ id: string }>(
      'select id from contract where code = $1',
      [contract.code],
    );
    const me = await contract.officer.get('/v1/me').expect(200);
    const worker = onBehalfOf(me.body.id as string, id);
    const asKnown = (entry: unknown) =>
      service
        .get(TransactionRunner)
        .readOnly(worker, (tx) =>
          service.get(ContractRecordService).recordAsKnown(tx, id, BigInt(String(entry))),
        );
    const then = await asKnown(seq);
    expect(then.figures.map(({ metric, numerator }) => [metric, numerator.numerator])).toEqual([
      ['late', 17n],
      ['on-time', 103n],
    ]);
    expect((await asKnown(second!['recordedSeq'])).figures[1]).toMatchObject({ version: 2 });
    expect((await asKnown(0)).figures).toEqual([]);
    await submit([
      { ...SPRING, status: 'void', correctionReason: 'counted in another area' },
      { ...SPRING, metric: 'late', status: 'void', correctionReason: 'counted in another area' },
    ]).expect(201);
    expect((await asKnown('9000000000000000000')).figures).toEqual([]);
    expect(await asKnown(seq)).toEqual(then);
  });

  it('arrive by file, all of it or nothing, and the same file changes nothing', async () => {
    const header = 'Metric,Group,From,To,Numerator,Denominator,Definition,Correction reason';
    const year = '2014-09-01,2015-09-01';
    const faulty = [
      header,
      `ready,q1,${year},40,60,,`,
      `ready,q5,${year},61,60,,`,
      `ready,q7,${year},1,2,,`,
    ];
    const refused = await upload(faulty.join('\r\n'));
    expect(refused).toMatchObject({ status: 422, body: { code: 'FILE_REFUSED' } });
    expect(
      refused.body.faults.map((f: Record<string, unknown>) => [f['row'], f['column'], f['code']]),
    ).toEqual([
      [2, 'definition', 'DEFINITION_MISSING'],
      [3, 'definition', 'DEFINITION_MISSING'],
      [3, 'numerator', 'PART_LARGER_THAN_WHOLE'],
      [4, 'group', 'GROUP_UNKNOWN'],
      [4, 'definition', 'DEFINITION_MISSING'],
    ]);
    expect(await listed('?metric=ready')).toEqual([]);
    const right = [header, `ready,q1,${year},40,60,2015,`, `ready,q5,${year},50,60,2015,`].join(
      '\n',
    );
    expect(await upload(right)).toMatchObject({ status: 201, body: { rows: 2, rowsNew: 2 } });
    expect(await upload(right)).toMatchObject({ status: 200, body: { rowsNew: 2 } });
    const more = `${right}\n`.replace('50,60,2015,', '51,60,2015,recount');
    expect(await upload(more)).toMatchObject({
      status: 201,
      body: { rowsNew: 0, rowsCorrected: 1, rowsUnchanged: 1 },
    });
    expect((await audited()).filter((type) => type === 'figures.imported')).toHaveLength(2);
    expect((await upload('metric,from,to,numerator\n')).body.faults[0].code).toBe('COLUMN_MISSING');
    const heading = 'metric,from,to,numerator,denominator';
    const again = await upload(`${heading}\n${heading}\n`);
    expect(again.body.faults).toMatchObject([{ row: 2, column: null, code: 'HEADING_AGAIN' }]);
    const semicolons = await upload(heading.replaceAll(',', ';'));
    expect(semicolons.body).toMatchObject({ code: 'COLUMNS_NOT_SEPARATED_BY_COMMAS' });
  });

  it('repeated with the same key are not submitted again', async () => {
    const figures = [
      { ...SPRING, from: '2015-10-01', to: '2016-01-01', numerator: 1, denominator: 2 },
    ];
    const idempotencyKey = 'autumn';
    const post = () =>
      contract.officer.post(`${contract.path}/figures`, { figures }, { idempotencyKey });
    expect((await post()).status).toBe(201);
    const again = await post();
    expect(again.status).toBe(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it('are for those who may submit them', async () => {
    const figures = [
      { ...SPRING, from: '2015-07-01', to: '2015-10-01', numerator: 1, denominator: 2 },
    ];
    for (const person of [contract.commissioner, contract.verifier, contract.investor])
      expect((await submit(figures, person)).status).toBe(403);
    expect((await submit(figures, service.stranger)).status).toBe(401);
    expect((await contract.investor.get(`${contract.path}/figures`)).status).toBe(403);
    expect((await contract.topUpFund.get(`${contract.path}/figures`)).status).toBe(200);
    for (const cursor of ['x', Buffer.from('["a","b","c","d"]').toString('base64url')])
      expect(
        (await contract.verifier.get(`${contract.path}/figures?cursor=${cursor}`)).status,
      ).toBe(400);
  });

  it('leave a trail that verifies', async () => {
    const { body } = await contract.commissioner.get(`${contract.path}/audit/verification`);
    expect(body).toMatchObject({ verified: true, firstBad: null });
  });
});
