import {
  aContract,
  startTestApp,
  trialTerms,
  type TestApp,
  type TestContract,
} from '../../support/harness.js';
import { expectReplayed } from '../../support/replayed.js';

describe('spells', () => {
  let service: TestApp;
  let contract: TestContract;
  const of = (reference: string) => `${contract.path}/participants/${reference}/measurements`;
  const upload = (...rows: string[]) =>
    contract.officer.upload(`${contract.path}/imports/measurements`, rows.join('\n'));
  const recorded = async (reference: string) =>
    (await contract.verifier.get(of(reference))).body.measurements;

  beforeAll(async () => {
    service = await startTestApp();
    service.travelTo('2016-06-01T12:00:00Z');
    const home = {
      id: 'home',
      kind: 'spell',
      label: 'A home',
      paid: false,
      definition: 'A tenancy of the participant.',
      evidence: ['Tenancy agreement'],
    };
    contract = await aContract()
      .withTerms({ metrics: [...trialTerms().metrics, home] })
      .withParticipants(
        { reference: 'P-1', startedOn: '2015-06-04' },
        { reference: 'P-2', startedOn: '2015-06-04' },
      )
      .in(service);
  });
  afterAll(() => service.stop());

  it('are recorded while they last, and ended by a correction with its reason', async () => {
    const home = { metric: 'home', event: 'T-1', measuredOn: '2015-07-01' };
    expect((await contract.officer.post(of('P-1'), home)).status).toBe(201);
    const twice = await contract.officer.post(of('P-1'), { ...home, endedOn: '2015-09-01' });
    expect(twice).toMatchObject({
      status: 409,
      body: { code: 'MEASUREMENT_RECORDED_ALREADY' },
    });
    expect(JSON.stringify(twice.body)).toContain('from 2015-07-01, still lasting');
    const end = { measuredOn: '2015-07-01', endedOn: '2015-09-01', reason: 'Tenancy given up' };
    const path = `${of('P-1')}/home/T-1/corrections`;
    expect((await contract.officer.post(path, end)).body).toMatchObject({ version: 2 });
    expect((await contract.officer.post(path, end)).body.code).toBe('MEASUREMENT_UNCHANGED');
    expect(await recorded('P-1')).toMatchObject([
      { version: 1, measuredOn: '2015-07-01', endedOn: null },
      { version: 2, measuredOn: '2015-07-01', endedOn: '2015-09-01' },
    ]);
    const late = { ...home, event: 'T-2', endedOn: '2016-06-02' };
    expect((await contract.officer.post(of('P-1'), late)).body.faults).toMatchObject([
      { at: '/endedOn', code: 'DATE_IN_FUTURE' },
    ]);
  });

  it('arrive by file, where the same row changes nothing and another needs a reason', async () => {
    const header = 'Ended_On,event,reference,metric,measured_on,correction_reason';
    const first = await upload(
      header,
      ',H-1,P-2,home,2015-07-01,',
      '2015-06-20,H-0,P-2,home,2015-06-10,',
    );
    expect(first).toMatchObject({ status: 201, body: { rowsNew: 2 } });

    const again = await upload(
      header,
      '2015-06-20,H-0,P-2,home,2015-06-10,',
      ',H-1,P-2,home,2015-07-01,',
      '1999-12-31,H-2,P-2,home,1999-01-01,',
    );
    expect(again).toMatchObject({ status: 201, body: { rowsNew: 1, rowsUnchanged: 2 } });

    const silent = await upload(
      header,
      '2015-12-01,H-1,P-2,home,2015-07-01,',
      ',H-0,P-2,home,2015-06-10,',
      '1999-12-30,H-2,P-2,home,1999-01-01,',
    );
    expect(silent.status).toBe(422);
    expect(silent.body.faults).toEqual([
      expect.objectContaining({
        code: 'DIFFERS_FROM_RECORDED',
        detail: expect.stringContaining('from 2015-07-01, still lasting'),
      }),
      expect.objectContaining({
        code: 'DIFFERS_FROM_RECORDED',
        detail: expect.stringContaining('from 2015-06-10, ended by 2015-06-20'),
      }),
      expect.objectContaining({
        code: 'DIFFERS_FROM_RECORDED',
        detail: expect.stringContaining('from 1999-01-01, ended by 1999-12-31'),
      }),
    ]);

    const ended = await upload(header, '2015-12-01,H-1,P-2,home,2015-07-01,Landlord wrote');
    expect(ended).toMatchObject({ status: 201, body: { rowsCorrected: 1 } });
    expect(await recorded('P-2')).toMatchObject([
      { occurrence: 'H-0', endedOn: '2015-06-20' },
      { occurrence: 'H-1', version: 1, endedOn: null },
      { occurrence: 'H-1', version: 2, endedOn: '2015-12-01' },
      { occurrence: 'H-2', endedOn: '1999-12-31' },
    ]);
  });

  it('are refused row by row where their end cannot be', async () => {
    const refused = await upload(
      'reference,metric,event,time_point,measured_on,ended_on,score',
      'P-1,home,T-9,,2015-07-01,2015-07-01,',
      'P-1,home,T-8,,2015-07-01,2016-06-02,',
      'P-1,ucla,,6m,2015-12-10,2015-12-11,6',
    );
    expect(refused.body.faults).toMatchObject([
      { row: 2, column: 'ended_on', code: 'ENDED_BEFORE_STARTED' },
      { row: 3, column: 'ended_on', code: 'DATE_IN_FUTURE' },
      { row: 4, column: 'ended_on', code: 'END_ONLY_FOR_SPELLS' },
    ]);
  });

  it('is rebuilt whole from its trail and its terms', async () => {
    await expectReplayed(service, contract);
  });
});
