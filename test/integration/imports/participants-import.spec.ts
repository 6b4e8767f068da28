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

  interface Told {
    readonly row: number;
    readonly column: string | null;
    readonly code: string;
    readonly detail: string;
  }
  const toldOf = async (csv: string) => {
    const path = `${contract.path}/imports/participants`;
    const answer = await contract.officer.upload(path, csv);
    expect(answer).toMatchObject({ status: 422, body: { code: 'FILE_REFUSED' } });
    return (answer.body.faults as Told[]).map(
      ({ row, column, code, detail }) => `${row} ${column} ${code}: ${detail}`,
    );
  };

  it('tells once, of the heading, that an attribute is missing that eligibility depends on', async () => {
    const rows = 'P-8,all,2015-07-01\nP-9,all,2015-07-01\nP-9,no,2015-07-01\n';
    expect(await toldOf(`reference,cohort,started_on\n${rows}`)).toEqual([
      '1 age COLUMN_MISSING: Column "age" is missing. Whether the contract serves a participant depends on it: "Age at the start". Add it.',
      '4 cohort COHORT_UNKNOWN: The terms have no cohort "no". They have: all.',
    ]);
    const answer = await toldOf('reference,cohort,started_on,aje\nP-8,all,2015-07-01,60\n');
    expect(answer).toEqual([
      '1 aje COLUMN_UNKNOWN: There is no column "aje". Did you mean "age"?',
      '1 age COLUMN_MISSING: Column "age" is missing. Whether the contract serves a participant depends on it: "Age at the start". Perhaps it is the one called "aje".',
    ]);
  });

  it('reads no row where a column is missing that each needs', async () => {
    expect(await toldOf('reference,started_on,age\nP-8,2015-07-01,60\n')).toEqual([
      '1 cohort COLUMN_MISSING: Column "cohort" is missing. Add it.',
    ]);
  });

  it('names the column of a blank attribute that eligibility depends on', async () => {
    expect(await toldOf(`${HEADER}\nP-8,all,2015-07-01,,,,\nP-9,all,2015-07-01,,,49,\n`)).toEqual([
      '2 age ATTRIBUTE_MISSING: "Age at the start" is blank, and whether the contract serves this participant depends on it. Give it; a payer may admit an exception with a reason.',
      '3 null INELIGIBLE: The contract serves those of whom: "Age at the start" is 50 or more. This participant is not one; a payer may admit an exception with a reason.',
    ]);
  });

  it('says of a heading that stands again only that', async () => {
    expect(await toldOf(`${HEADER}\nP-8,all,2015-07-01,,,60,\n${HEADER}\n`)).toEqual([
      '3 null HEADING_AGAIN: The heading stands again in this row, as where two files were put together. Remove the row.',
    ]);
  });

  it('still corrects whom it has enrolled from a file without the attribute', async () => {
    const csv =
      'reference,cohort,started_on,correction_reason\nP-3,all,2015-07-01,age was of another\n';
    const path = `${contract.path}/imports/participants`;
    const answer = await contract.officer.upload(path, csv);
    expect(answer).toMatchObject({ status: 201, body: { rowsCorrected: 1 } });
  });
});
