import { aContract, startTestApp, type TestApp, type TestContract } from '../../support/harness.js';

describe('importing participants', () => {
  let service: TestApp;
  let contract: TestContract;
  const HEADER = 'reference,cohort,started_on,exited_on,exit_reason,age,correction_reason';

  beforeAll(async () => {
    service = await startTestApp();
    service.travelTo('2016-06-01T12:00:00Z');
    const { population } = (aContract() as unknown as { terms: { population: object } }).terms;
    contract = await aContract()
      .withTerms({ population: { ...population, maximum: 4 } })
      .in(service);
  });
  afterAll(() => service.stop());

  const upload = (...rows: string[]) =>
    contract.officer.upload(
      `${contract.path}/imports/participants`,
      [HEADER, ...rows].join('\r\n') + '\r\n',
    );
  const enrolled = async () =>
    (
      await contract.officer.all<{ reference: string; version: number; exitedOn: string | null }>(
        `${contract.path}/participants`,
      )
    ).map(({ reference, version, exitedOn }) => `${reference} v${version} ${exitedOn ?? '-'}`);

  it('enrols everybody in the order of the file', async () => {
    const answer = await upload('P-2,all,2015-06-04,,,71,', 'P-1,all,2015-06-11,,,72,');
    expect(answer).toMatchObject({ status: 201, body: { kind: 'participants', rowsNew: 2 } });
    expect(await enrolled()).toEqual(['P-2 v1 -', 'P-1 v1 -']);
  });

  it('corrects whom a reason is given for, and leaves the others', async () => {
    const answer = await upload(
      'P-2,all,2015-06-04,2015-09-01,moved away,71,told us in October',
      'P-1,all,2015-06-11,,,72,',
      'P-3,all,2015-07-01,,,80,',
    );
    expect(answer.body).toMatchObject({ rowsNew: 1, rowsCorrected: 1, rowsUnchanged: 1 });
    expect(await enrolled()).toEqual(['P-2 v2 2015-09-01', 'P-1 v1 -', 'P-3 v1 -']);
    const { versions } = (await contract.officer.get(`${contract.path}/participants/P-2`)).body;
    expect(versions[1]).toMatchObject({ correctionReason: 'told us in October' });
  });

  it('records nothing of a file with faults, and tells them all', async () => {
    const answer = await upload(
      'P-1,all,2015-06-12,,,72,',
      'p-1,all,2015-06-11,,,72,',
      'P-4,all,2015-07-01,,,40,',
      'P-5,none,2015-07-01,,,60,',
      'P-6,all,2015-07-01,,,60,new',
      'P-7,all,2015-07-01,,,60,',
      'P-7,all,2015-07-01,,,60,',
      'P-8,all,2015-07-01,2015-08-01,ring 07700 900123,60,',
      '9434765919,all,2016-07-01,,,60,',
      'P-9,all,2015-07-01,,,60,',
    );
    expect(answer).toMatchObject({ status: 422, body: { code: 'FILE_REFUSED' } });
    const faults = answer.body.faults as { row: number; column: string; code: string }[];
    expect(faults.map(({ row, column, code }) => `${row} ${column} ${code}`)).toEqual([
      '2 correction_reason DIFFERS_FROM_RECORDED',
      '3 reference REFERENCE_DIFFERS_BY_CASE',
      '4 null INELIGIBLE',
      '5 cohort COHORT_UNKNOWN',
      '6 correction_reason NOTHING_TO_CORRECT',
      '8 reference PARTICIPANT_TWICE',
      '9 exit_reason TEXT_IDENTIFIES_A_PERSON',
      '9 reference POPULATION_FULL',
      '10 reference REFERENCE_IS_NHS_NUMBER',
      '10 started_on DATE_IN_FUTURE',
    ]);
    expect(await enrolled()).toHaveLength(3);
  });
});
