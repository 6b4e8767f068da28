import net, { type Socket } from 'node:net';
import { freePort } from './free-port.js';

/** A way to a server that can be closed and opened again: what is behind it seems to go away and come back. */
export class Gate {
  private readonly sockets = new Set<Socket>();
  private server: net.Server | null = null;
  private constructor(
    private readonly target: { readonly host: string; readonly port: number },
    readonly port: number,
  ) {}

  /** A gate to the server that a URL names, and the URL through the gate. It is closed at first. */
  static async to(url: string, defaultPort: number): Promise<{ gate: Gate; url: string }> {
    const through = new URL(url);
    const target = { host: through.hostname, port: Number(through.port || defaultPort) };
    const gate = new Gate(target, await freePort());
    through.hostname = '127.0.0.1';
    through.port = String(gate.port);
    return { gate, url: through.href };
  }

  open(): Promise<void> {
    this.server = net.createServer((inner) => {
      const outer = net.connect(this.target);
      for (const socket of [inner, outer]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          inner.destroy();
          outer.destroy();
        });
      }
      inner.pipe(outer).pipe(inner);
    });
    return new Promise((resolve, reject) =>
      this.server!.once('error', reject).listen(this.port, '127.0.0.1', resolve),
    );
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
