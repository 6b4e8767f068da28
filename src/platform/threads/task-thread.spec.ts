import { TaskCutShort, TaskThread, TooManyTasks } from './task-thread.js';

/** Doubles a number; "loop" never ends, "exit" ends the thread, "throw" fails. */
const SCRIPT = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (task) => {
      if (task === 'loop') for (;;);
      if (task === 'exit') process.exit(0);
      if (task === 'throw') throw new Error('no such task');
      if (task === 'refuse') return parentPort.postMessage({ failed: 'refused' });
      parentPort.postMessage({ done: task * 2 });
    });`)}`,
);

describe('a thread that takes tasks', () => {
  /** Long enough for a thread to start on the slowest machine. */
  const LIMITS = { seconds: 600, waiting: 2, memoryMegabytes: 64 };
  let thread: TaskThread;
  beforeEach(() => (thread = new TaskThread(SCRIPT, LIMITS)));
  afterEach(() => thread.stop());

  it('answers them in their order, with results and with refusals', async () => {
    const answers = await Promise.all([thread.run(1), thread.run('refuse'), thread.run(3)]);
    expect(answers).toEqual([{ done: 2 }, { failed: 'refused' }, { done: 6 }]);
  });

  it('cuts short what exceeds its time, and goes on with another thread', async () => {
    const limits = { ...LIMITS, seconds: 0.2 };
    const brief = new TaskThread(SCRIPT, limits);
    const endless = brief.run('loop');
    const next = brief.run(4);
    limits.seconds = LIMITS.seconds; // the endless one has begun
    await expect(endless).rejects.toBeInstanceOf(TaskCutShort);
    expect(await next).toEqual({ done: 8 });
    await brief.stop();
  });

  it('goes on after a thread that fails or leaves', async () => {
    await expect(thread.run('throw')).rejects.toThrow('no such task');
    await expect(thread.run('exit')).rejects.toBeInstanceOf(TaskCutShort);
    expect(await thread.run(5)).toEqual({ done: 10 });
  });

  it('refuses more than may wait', async () => {
    const taken = [1, 2, 3].map((task) => thread.run(task)); // one runs, two wait
    await expect(thread.run(4)).rejects.toBeInstanceOf(TooManyTasks);
    await Promise.all(taken);
    expect(await thread.run(5)).toEqual({ done: 10 });
  });

  it('leaves nothing unanswered when it is stopped', async () => {
    const waiting = [thread.run('loop'), thread.run(2)].map((one) =>
      one.catch((error: unknown) => error),
    );
    await thread.stop();
    for (const answer of await Promise.all(waiting)) expect(answer).toBeInstanceOf(TaskCutShort);
  });
});
