import { runCli } from '../../../src/cli/run.js';
import {
  aContract,
  startTestApp,
  trialTerms,
  type TestApp,
  type TestContract,
  type TestPerson,
} from '../../support/harness.js';

/** Metrics that are tracked beside the paid one, each on another instrument. */
const tracked = (id: string, more: object) => ({
  ...trialTerms().metrics[0]!,
  id,
  label: id,
  paid: false,
  ...more,
});
const ATTENDANCE = {
  kind: 'scale',
  id: 'attendance',
  name: 'School attendance',
  min: '0',
  max: '100',
  decimals: 1,
  improvement: 'higher',
  unit: 'percent',
};
const METRICS = [
  ...trialTerms().metrics,
  tracked('wellbeing', { instrument: 'swemwbs' }),
  tracked('emotional', { instrument: 'de-jong-gierveld-6', subscale: 'emotional' }),
  tracked('attending', { instrument: 'attendance' }),
];

describe('scores on instruments of every kind', () => {
  let service: TestApp;
  let contract: TestContract;
  const at = (path = 'measurements') => `${contract.path}/participants/P-1/${path}`;
  const values = async () =>
    Object.fromEntries(
      (await contract.verifier.get(at())).body.measurements.map(
        (one: { metric: string; value: number }) => [one.metric, one.value],
      ),
    );
  const record = (metric: string, more: object) =>
    contract.officer.post(at(), {
      metric,
      timePoint: 'baseline',
      measuredOn: '2015-06-04',
      ...more,
    });

  beforeAll(async () => {
    service = await startTestApp();
    service.travelTo('2016-06-01T12:00:00Z');
    contract = await aContract()
      .withTerms({ metrics: METRICS, instruments: [ATTENDANCE] })
      .withParticipants(
        { reference: 'P-1', startedOn: '2015-06-04' },
        { reference: 'P-2', startedOn: '2015-06-04' },
      )
      .in(service);
  });
  afterAll(() => service.stop());

  it('are kept exactly, whether typed as numbers or as texts, or reckoned from answers', async () => {
    const answers = { '1': 3, '2': 3, '3': 3, '4': 3, '5': 3, '6': 3, '7': 4 };
    expect((await record('wellbeing', { items: answers, mode: 'self' })).status).toBe(201);
    expect(
      (await record('emotional', { items: { 'item-3': 2, 'item-9': 3, 'item-10': 1 } })).status,
    ).toBe(201);
    expect((await record('attending', { score: 83.3 })).status).toBe(201);
    expect(await values()).toEqual({ wellbeing: 19.98, emotional: 2, attending: 83.3 });
    const correction = { measuredOn: '2015-06-04', score: '83.40', reason: 'typed wrong' };
    const path = at('measurements/attending/baseline/corrections');
    expect((await contract.officer.post(path, correction)).status).toBe(201);
    expect(await values()).toMatchObject({ attending: 83.4 });
  });

  it.each([
    ['finer than the scale', 'attending', { score: 83.33 }, '/score', 'SCORE_NOT_A_NUMBER'],
    ['above it', 'attending', { score: '100.1' }, '/score', 'SCORE_OUT_OF_RANGE'],
    ['no number', 'attending', { score: '5/6' }, '/score', 'SCORE_NOT_A_NUMBER'],
    ['a sum that was not converted', 'wellbeing', { score: 22 }, '/score', 'SCORE_NOT_IN_TABLE'],
    [
      'taken by proxy',
      'wellbeing',
      { score: 19.98, mode: 'proxy' },
      '/mode',
      'MODE_NOT_FOR_INSTRUMENT',
    ],
    [
      'a subscale short of an answer',
      'emotional',
      { items: { 'item-3': 1 } },
      '/items',
      'ITEMS_MISSING',
    ],
  ])('are refused where they are %s', async (_name, metric, body, where, code) => {
    const answer = await record(metric, body);
    expect(answer).toMatchObject({ status: 422, body: { faults: [{ at: where, code }] } });
  });

  it('come from a file as they come one by one, and the same file again changes nothing', async () => {
    const rows = (reference: string) =>
      [
        'reference,metric,time_point,measured_on,score,mode,correction_reason',
        `${reference},wellbeing,baseline,2015-06-04,19.98,,`,
        `${reference},attending,baseline,2015-06-04,83.4,,`,
        `${reference},attending,6m,2015-12-04,0.5,,`,
        `${reference},emotional,baseline,2015-06-04,2,,`,
      ].join('\n');
    const imported = await contract.officer.upload(
      `${contract.path}/imports/measurements`,
      rows('P-2'),
    );
    expect(imported).toMatchObject({ status: 201, body: { rowsNew: 4 } });
    const again = await contract.officer.upload(
      `${contract.path}/imports/measurements`,
      `${rows('P-2')}\nP-1,attending,baseline,2015-06-04,83.40,,`,
    );
    expect(again).toMatchObject({ status: 201, body: { rowsNew: 0, rowsUnchanged: 5 } });
    const { measurements } = (
      await contract.verifier.get(`${contract.path}/participants/P-2/measurements`)
    ).body;
    expect(measurements.map((one: { value: number }) => one.value)).toEqual([0.5, 83.4, 2, 19.98]);
    const differs = await contract.officer.upload(
      `${contract.path}/imports/measurements`,
      rows('P-2').replace('19.98', '20.73'),
    );
    expect(differs.body.faults[0].detail).toContain('19.98 on 2015-06-04');
  });

  it('go out as FHIR, without wording that is licensed', async () => {
    const answer = await contract.verifier.get(at('questionnaire-responses'));
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('application/fhir+json');
    const { entry, ...bundle } = answer.body;
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    expect(
      entry.map(({ resource }: { resource: Record<string, unknown> }) => [
        resource['questionnaire'],
        resource['status'],
      ]),
    ).toEqual([
      ['urn:outturn:instrument:swemwbs|1', 'completed'],
      ['urn:outturn:instrument:de-jong-gierveld-6|1', 'completed'],
      ['urn:outturn:instrument:attendance|1', 'amended'],
    ]);
    expect(JSON.stringify(entry)).not.toMatch(/"text":"(?!self)|display/);
    expect(entry[2].resource.item).toEqual([
      { linkId: 'score', answer: [{ valueQuantity: { value: 83.4, unit: 'percent' } }] },
    ]);
  });

  it('go out only to those who may read measurements', async () => {
    for (const reader of [contract.commissioner, contract.officer])
      expect((await reader.get(at('questionnaire-responses'))).status).toBe(200);
    for (const other of [contract.investor, contract.topUpFund])
      expect((await other.get(at('questionnaire-responses'))).status).toBe(403);
    const stranger = `${contract.path}/participants/P-9/questionnaire-responses`;
    expect((await contract.verifier.get(stranger)).status).toBe(404);
  });

  it('go out by the command line, all of a contract as one Bundle or those of one participant', async () => {
    const exported = async (person: TestPerson, args: string) => {
      let [out, err] = ['', ''];
      const status = await runCli(
        `export responses --contract ${contract.code} ${args}`.trim().split(' '),
        {
          environment: { OUTTURN_API_KEY: person.key! },
          out: (text) => void (out += text),
          err: (text) => void (err += text),
          progress: () => ({ update: () => undefined, stop: () => undefined }),
        },
      );
      return { status, out, err };
    };
    const subjects = (out: string) =>
      JSON.parse(out).entry.map(
        (one: { resource: { subject: { identifier: { value: string } } } }) =>
          one.resource.subject.identifier.value,
      );
    const all = await exported(contract.verifier, '');
    expect(all.status).toBe(0);
    expect(JSON.parse(all.out)).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    expect(subjects(all.out)).toEqual(['P-1', 'P-1', 'P-1', 'P-2', 'P-2', 'P-2', 'P-2']);
    const one = await exported(contract.verifier, '--participant P-1');
    expect(JSON.parse(one.out)).toEqual(
      (await contract.verifier.get(at('questionnaire-responses'))).body,
    );
    const refused = await exported(contract.investor, '');
    expect(refused).toMatchObject({ status: 1, out: '' });
    expect(refused.err).toContain('PERMISSION_REFUSED');
  });
});
