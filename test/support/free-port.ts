import net from 'node:net';

/** Below what any system hands out by itself: to whoever asks for any port, and to every connection outwards. */
const [FIRST, COUNT] = [15_000, 17_000];

/**
 * A port of this machine that stays free until whoever asked listens on it, and after they have stopped: for a server whose
 * address must be known before it is there, or that comes back at the same one. A port that the system itself had chosen may
 * be given to any connection of another test as soon as nobody listens on it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(port, 'localhost', () => server.close(() => resolve(true)));
  });
}
