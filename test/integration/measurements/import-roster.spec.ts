import { aContract, startTestApp, type TestApp, type TestContract } from '../../support/harness.js';
import { rowsOfOwner } from '../../support/owner.js';

// The roster is loaded page by page, and what is recorded only where the roster's stretch of ids has a measurement.
describe('importing into a contract of many participants, enrolled in turn with those of another', () => {
  const PAGES = 2 * 16_384;
  const EDGES = [1, 16_384, 16_385, PAGES].map((number) => `P-${number}`);
  let service: TestApp;
  let contract: TestContract;
  let other: TestContract;

  beforeAll(async () => {
    service = await startTestApp();
    contract = await aContract().withTerms({ code: 'many' }).in(service);
    other = await aContract().withTerms({ code: 'many-others' }).in(service);
    await rowsOfOwner(
      `insert into participant (contract_id, reference)
         select c.id, 'P-' || i from generate_series(1, $1::int) i cross join contract c
          where c.code in ('many', 'many-others') order by i, c.code`,
      [PAGES],
    );
  });
  afterAll(() => service.stop());

  const upload = async ({ officer, path }: TestContract, references: readonly string[]) => {
    const rows = references.map((reference) => `${reference},ucla,baseline,2015-06-04,6`);
    const { body } = await officer.upload(
      `${path}/imports/measurements`,
      ['reference,metric,time_point,measured_on,score', ...rows].join('\n'),
    );
    return body as unknown;
  };

  it('knows everybody, on every page and no further', async () => {
    expect(await upload(contract, EDGES)).toMatchObject({ rows: 4, rowsNew: 4 });
    expect(await upload(contract, [`P-${PAGES + 1}`])).toMatchObject({
      faults: [{ row: 2, column: 'reference', code: 'PARTICIPANT_UNKNOWN' }],
    });
  });

  it('records everybody under their own reference, whether ids follow one another, have a gap, or neither', async () => {
    const atOnce = await aContract().withTerms({ code: 'many-at-once' }).in(service);
    await rowsOfOwner(
      `insert into participant (contract_id, reference)
         select c.id, 'P-' || i from generate_series(1, $1::int) i cross join contract c
          where c.code = 'many-at-once' order by i`,
      [PAGES - 10],
    );
    await rowsOfOwner(`select nextval(pg_get_serial_sequence('participant', 'id'))`);
    await rowsOfOwner(
      `insert into participant (contract_id, reference)
         select c.id, 'P-' || i from generate_series($1::int - 9, $1::int) i cross join contract c
          where c.code = 'many-at-once' order by i`,
      [PAGES],
    );
    expect(await upload(atOnce, EDGES)).toMatchObject({ rowsNew: 4 });
    expect(
      await rowsOfOwner(
        `select p.reference from measurement m join participant p on p.id = m.participant_id
           join contract c on c.id = p.contract_id where c.code = 'many-at-once' order by p.id`,
      ),
    ).toEqual(EDGES.map((reference) => ({ reference })));
  });

  it('knows what is recorded of each of them, and nothing of the other contract', async () => {
    expect(await upload(contract, [...EDGES, 'P-2'])).toMatchObject({
      rowsUnchanged: 4,
      rowsNew: 1,
    });
    expect(await upload(other, EDGES)).toMatchObject({ rowsUnchanged: 0, rowsNew: 4 });
  });
});
