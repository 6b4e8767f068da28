import { SingleBar } from 'cli-progress';

/** How far something long has got. */
export interface Progress {
  update(done: number, total?: number): void;
  stop(): void;
}

/** Where a command writes: results to out, everything else to err, so that a pipe carries results only. */
export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A bar on a terminal; nothing where nobody watches. */
  readonly progress: (label: string) => Progress;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** The terminal (or pipe, or file) that the process was started on. */
export const processTerminal = (): Terminal => {
  // whoever reads our output may leave before we are done, as `| head` does: that is no failure
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return processStreams();
};

const processStreams = (): Terminal => ({
  environment: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  progress: (label) => (process.stderr.isTTY ? bar(label) : SILENT),
});

function bar(label: string): Progress {
  const shown = new SingleBar({
    format: `${label} {bar} {percentage}% ({value} of {total})`,
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let total = 0;
  return {
    update(done, of) {
      if (of !== undefined && of !== total) {
        if (total === 0) shown.start(of, done);
        else shown.setTotal(of);
        total = of;
      }
      if (total > 0) shown.update(done);
    },
    stop: () => (total > 0 ? shown.stop() : undefined),
  };
}
