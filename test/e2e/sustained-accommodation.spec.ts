import type { INestApplication } from '@nestjs/common';
import {
  aContract,
  compute,
  startTestApp,
  startTestWorker,
  type TestApp,
  type TestContract,
} from '../support/harness.js';
import { ROUGH_SLEEPING, SPELL_EXAMPLES } from '../worked-examples/spells-and-time.js';
import { expectReplayed } from '../support/replayed.js';

describe('a provider is paid for accommodation that lasts', () => {
  let service: TestApp;
  let worker: INestApplication;
  beforeAll(async () => {
    service = await startTestApp();
    service.travelTo('2023-04-01T12:00:00Z'); // the only claim window is over
    worker = await startTestWorker();
  });
  afterAll(async () => {
    await worker.close();
    await service.stop();
  });

  const linesOf = (contract: TestContract, computation: string) =>
    contract.commissioner.all<Record<string, unknown>>(`/v1/computations/${computation}/lines`);

  it('uploads spells, ends one, and both sides read why each rung is paid or not', async () => {
    // given a ladder in force, and somebody whose accommodation was abandoned and begun again
    const [, abandoned] = SPELL_EXAMPLES;
    const contract = await aContract()
      .withTerms({ ...ROUGH_SLEEPING, code: 'ladder' })
      .withParticipants({ reference: 'P-1', startedOn: abandoned!.startedOn })
      .in(service);
    const file = [
      'reference,metric,event,measured_on,ended_on',
      ...abandoned!.records.map((r) => ['P-1', r.metric, r.event, r.from, r.to ?? ''].join(',')),
    ].join('\n');
    const imports = `${contract.path}/imports/measurements`;
    await contract.officer.upload(imports, file).expect(201);

    // when the provider asks for the lines
    const job = await compute(contract.provider, contract.path, 'all');

    // then they are those that were worked by hand
    const lines = await linesOf(contract, job.id);
    expect(
      lines.map((l) => [l['clause'], l['occurrence'], l['outcomeOn'], l['amount'], l['reason']]),
    ).toEqual(abandoned!.lines);
    expect(job['total']).toMatchObject({ amount: abandoned!.total });
    const rung = lines.find(({ occurrence }) => occurrence === '18m')!;
    const { body } = await contract.commissioner.get(`/v1/lines/${String(rung['reference'])}`);
    expect(body.measurements).toMatchObject([
      { name: 'home/T-2#1', measuredOn: '2018-11-01', endedOn: '2020-05-01', superseded: false },
    ]);

    // and when the tenancy turns out to have ended sooner
    await contract.officer
      .post(`${contract.path}/participants/P-1/measurements/home/T-2/corrections`, {
        measuredOn: '2018-11-01',
        endedOn: '2020-04-30',
        reason: 'The landlord’s letter gives another day',
      })
      .expect(201);
    const next = await compute(contract.provider, contract.path, 'all');

    // then the last rung is taken back, and the line says why
    expect(await linesOf(contract, next.id)).toMatchObject([
      { kind: 'true-up', occurrence: '18m', amount: '-2500.00', corrects: rung['reference'] },
      { kind: 'refusal', occurrence: '18m/2018-11-01', reason: 'not-sustained' },
    ]);
    await expectReplayed(service, contract); // spells and their corrections are what their entries commit to
  });
});
