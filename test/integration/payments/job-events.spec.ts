import type { INestApplication } from '@nestjs/common';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { JobEvents } from '../../../src/api/computations/job-events.js';
import { aContractOf, request } from '../../support/computed-contract.js';
import {
  jobEnded,
  startTestApp,
  startTestWorker,
  waitUntil,
  type TestApp,
  type TestContract,
} from '../../support/harness.js';

interface Watching {
  readonly status: number;
  readonly text: () => string;
  readonly ended: Promise<void>;
  readonly leave: () => void;
}

describe('watching a job', () => {
  let service: TestApp;
  let contract: TestContract;
  let port: number;
  let worker: INestApplication | null = null;
  beforeAll(async () => {
    service = await startTestApp();
    await service.app.listen(0, '127.0.0.1');
    port = (service.app.getHttpServer().address() as AddressInfo).port;
    contract = await aContractOf(service, 'watched', 40);
  });
  afterAll(async () => {
    await worker?.close();
    await service.stop();
  });

  const watch = (id: string, headers: Record<string, string> = {}): Promise<Watching> =>
    new Promise((resolve, reject) => {
      const asked = http.get(
        {
          port,
          host: '127.0.0.1',
          path: `/v1/jobs/${id}/events`,
          headers: { authorization: `Bearer ${contract.provider.key}`, ...headers },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          const ended = new Promise<void>((done) => response.on('close', () => done()));
          resolve({
            status: response.statusCode!,
            text: () => text,
            ended,
            leave: () => asked.destroy(),
          });
        },
      );
      asked.on('error', reject);
    });
  const idsIn = (text: string) => [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id!);
  const nobodyWatches = () =>
    waitUntil('every stream has ended', async () =>
      service.get<JobEvents>(JobEvents).streams === 0 ? true : null,
    );

  it('tells its state at once, then each change, and ends with the job', async () => {
    const id = await request(contract);
    const watching = await watch(id);
    await waitUntil('the first event', async () =>
      watching.text().includes('"requested"') ? true : null,
    );
    worker = await startTestWorker();
    await watching.ended;
    const events = watching.text();
    expect(events).toMatch(/event: progress\ndata: \{.*"state":"requested"/);
    expect(events).toMatch(/event: ended\ndata: \{.*"state":"computed".*"lines":40/);
    expect(new Set(idsIn(events)).size).toBe(idsIn(events).length);
    await nobodyWatches();

    const lastId = idsIn(events).at(-1)!;
    expect((await watch(id, { 'last-event-id': lastId })).status).toBe(204);
    const again = await watch(id, { 'last-event-id': 'something older' });
    await again.ended;
    expect(idsIn(again.text())).toEqual([lastId]);
  });

  it('leaves nothing running when the watcher goes away', async () => {
    await worker?.close();
    worker = null;
    const id = await request(contract);
    const watching = await watch(id);
    expect(service.get<JobEvents>(JobEvents).streams).toBe(1);
    watching.leave();
    await watching.ended;
    await nobodyWatches();
    await contract.provider.post(`/v1/jobs/${id}/cancellation`).expect(200);
    expect((await jobEnded(contract.provider, `/v1/jobs/${id}`)).state).toBe('cancelled');
  });

  it('says nothing new to whoever reconnects while nothing has changed', async () => {
    const id = await request(contract);
    const first = await watch(id);
    const [lastId] = await waitUntil('an event', async () => {
      const ids = idsIn(first.text());
      return ids.length > 0 ? ids : null;
    });
    first.leave();
    const second = await watch(id, { 'last-event-id': lastId! });
    await contract.provider.post(`/v1/jobs/${id}/cancellation`).expect(200);
    await second.ended;
    expect(second.text()).not.toContain('"requested"');
    expect(second.text()).toContain('event: ended');
  });

  it('is refused before it begins to whoever may not', async () => {
    const id = await request(contract);
    expect((await contract.investor.get(`/v1/jobs/${id}/events`)).status).toBe(403);
    expect((await service.stranger.get(`/v1/jobs/${id}/events`)).status).toBe(401);
    expect((await contract.provider.get('/v1/jobs/none/events')).status).toBe(404);
  });
});
