import { readdirSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import fastify from 'fastify';
import { spooledAnswer, type TextSink } from './spooled-answer.js';

const LINE = `${'é'.repeat(499)}\n`;
const LINES = 20_000; // some 20 MB: more than any buffer between here and whoever reads
const BYTES = Buffer.byteLength(LINE) * LINES;

describe('an answer that is a file', () => {
  const app = fastify();
  /** How the writing of each answer ended, in the order of asking. */
  const written: string[] = [];
  let goesOn: Promise<void> = Promise.resolve();
  /** How many answers were written to their half, and how many connections the service knows to be closed. */
  const seen = { halves: 0, closed: 0 };

  const lines = async (sink: TextSink) => {
    for (let nth = 0; nth < LINES; nth += 1) {
      if (nth === LINES / 2) {
        seen.halves += 1;
        await goesOn;
      }
      await sink(LINE);
    }
  };
  const refused = async (sink: TextSink) => {
    await sink(LINE);
    throw new Error('refused after a line');
  };

  beforeAll(async () => {
    for (const [url, write] of Object.entries({ '/lines': lines, '/refused': refused }))
      app.get(url, (_, reply) => {
        reply.raw.once('close', () => (seen.closed += 1));
        return spooledAnswer(reply, { name: 'lines.txt', type: 'text/plain' }, (sink) =>
          write(sink).then(
            () => void written.push('whole'),
            (error: Error) => {
              written.push(error.message);
              throw error;
            },
          ),
        );
      });
    await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => app.close());
  beforeEach(() => {
    written.splice(0);
    Object.assign(seen, { halves: 0, closed: 0 });
  });

  const address = () => app.server.address() as AddressInfo;
  const ask = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(address().port, '127.0.0.1', () => {
        socket.write('GET /lines HTTP/1.1\r\nHost: x\r\n\r\n');
        resolve(socket);
      });
      socket.once('error', reject).pause();
    });
  const until = async (isSo: () => boolean) => {
    const deadline = performance.now() + 50_000; // just before Jest ends the test
    while (!isSo()) {
      if (performance.now() > deadline) throw new Error('it did not come about');
      await pause(25);
    }
  };
  /** Files and connections that this process has open. */
  const leftOpen = () => readdirSync('/dev/fd').length;

  it('comes whole, with its size and name', async () => {
    const answer = await fetch(`http://127.0.0.1:${address().port}/lines`);
    expect(answer.headers.get('content-length')).toBe(String(BYTES));
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="lines.txt"');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await answer.text()) === LINE.repeat(LINES)).toBe(true);
  });

  it('that is refused after its first line is a refusal, and no part of a file', async () => {
    const answer = await fetch(`http://127.0.0.1:${address().port}/refused`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('refused after a line');
  });

  it('is written to its end however slowly it is read, and leaves nothing behind when nobody reads on', async () => {
    const before = leftOpen();
    const named = () => readdirSync(tmpdir()).filter((name) => name.startsWith('outturn-answer-'));
    const namedBefore = new Set(named()); // by other processes, which share the folder
    const sockets = await Promise.all(Array.from({ length: 12 }, ask));
    await until(() => written.length === 12);
    expect(written).toEqual(Array.from({ length: 12 }, () => 'whole'));
    sockets.forEach((socket) => socket.destroy());
    await until(() => leftOpen() <= before);
    await until(() => named().every((name) => namedBefore.has(name)));
  });

  it('is not written on once whoever asked has left', async () => {
    let goOn!: () => void;
    goesOn = new Promise((resolve) => (goOn = resolve));
    const socket = await ask();
    await until(() => seen.halves === 1);
    expect(seen.closed).toBe(0);
    socket.destroy();
    await until(() => seen.closed === 1);
    goOn();
    await until(() => written.length === 1);
    expect(written[0]).toContain('has left before it was written');
  });
});
