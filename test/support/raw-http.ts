// HTTP as bytes over a socket, for requests that no well-behaved client sends.
import net, { type AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** An answer read from the bytes that came back. */
export interface RawAnswer {
  /** null when the connection was closed without an answer. */
  readonly status: number | null;
  readonly head: string;
  readonly body: string;
}

/** Lets a service listen on a free port of this machine; the same port when it listens already. */
export async function portOf(app: NestFastifyApplication): Promise<number> {
  const server = app.getHttpServer() as net.Server;
  if (!server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  return (server.address() as AddressInfo).port;
}

/**
 * Sends pieces one after another, each after so many milliseconds, and reads until the other side closes or an answer
 * that announces its length is whole.
 */
export function sendRaw(
  port: number,
  ...pieces: readonly (string | Buffer | number)[]
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let received = '';
    const socket = net.connect({ host: '127.0.0.1', port });
    const finish = (): void => {
      socket.destroy();
      resolve(answerIn(received));
    };
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      received += text;
      if (isWhole(received)) finish();
    });
    socket.on('error', finish);
    socket.on('close', finish);
    socket.on('connect', () => void write(socket, pieces));
  });
}

async function write(
  socket: net.Socket,
  pieces: readonly (string | Buffer | number)[],
): Promise<void> {
  for (const piece of pieces) {
    if (typeof piece === 'number') await new Promise((resolve) => setTimeout(resolve, piece));
    else if (socket.writable) socket.write(piece);
  }
}

function answerIn(received: string): RawAnswer {
  const end = received.indexOf('\r\n\r\n');
  const head = end < 0 ? received : received.slice(0, end);
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  return {
    status: status === undefined ? null : Number(status),
    head,
    body: end < 0 ? '' : received.slice(end + 4),
  };
}

function isWhole(received: string): boolean {
  const { head, body } = answerIn(received);
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  return received.includes('\r\n\r\n') && length !== undefined && body.length >= Number(length);
}
