import { Worker } from 'node:worker_threads';

/** What a thread answers: a result, or why there is none. */
export type ThreadAnswer = { readonly done: unknown } | { readonly failed: unknown };

/** Thrown when a task was still running when its time was over, or took more memory than a thread may have. */
export class TaskCutShort extends Error {}
/** Thrown when so many tasks wait already that another would wait too long. */
export class TooManyTasks extends Error {}

export interface ThreadLimits {
  readonly seconds: number;
  /** Tasks that may wait behind the one that runs. */
  readonly waiting: number;
  readonly memoryMegabytes: number;
}

interface Waiting {
  readonly task: unknown;
  readonly resolve: (answer: ThreadAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One thread that takes tasks one after another, so that work which would hold the process up leaves it free. It is
 * started with the first task and kept for the next, because starting it costs more than most tasks; a task that exceeds
 * its limits ends with its thread, and the next one gets another. The script answers each message with a ThreadAnswer.
 */
export class TaskThread {
  private thread: Worker | null = null;
  private running: Waiting | null = null;
  private readonly queue: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly script: URL,
    private readonly limits: ThreadLimits,
  ) {}

  /** The answer to a task, which must be plain data. Refuses TooManyTasks and TaskCutShort. */
  run(task: unknown): Promise<ThreadAnswer> {
    if (this.queue.length >= this.limits.waiting) return Promise.reject(new TooManyTasks());
    return new Promise((resolve, reject) => {
      this.queue.push({ task, resolve, reject });
      this.next();
    });
  }

  /** Ends the thread; what is running or waiting is cut short. */
  async stop(): Promise<void> {
    for (const { reject } of this.queue.splice(0)) reject(new TaskCutShort());
    const { thread } = this;
    this.end((task) => task.reject(new TaskCutShort()));
    await thread?.terminate();
  }

  private next(): void {
    if (this.running !== null) return;
    const task = this.queue.shift();
    if (task === undefined) return;
    this.running = task;
    this.thread ??= this.start();
    this.thread.ref();
    this.timer = setTimeout(() => this.cut(this.thread!), this.limits.seconds * 1000);
    this.thread.postMessage(task.task);
  }

  private start(): Worker {
    const thread = new Worker(this.script, {
      resourceLimits: { maxOldGenerationSizeMb: this.limits.memoryMegabytes },
    });
    const isCurrent = () => this.thread === thread;
    thread.on('message', (answer: ThreadAnswer) => {
      if (isCurrent()) this.finish((task) => task.resolve(answer));
    });
    thread.on('error', (error: NodeJS.ErrnoException) => {
      const tooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (isCurrent()) this.lose((task) => task.reject(tooLarge ? new TaskCutShort() : error));
    });
    thread.on('exit', () => {
      if (isCurrent()) this.lose((task) => task.reject(new TaskCutShort()));
    });
    return thread;
  }

  private cut(thread: Worker): void {
    this.lose((task) => task.reject(new TaskCutShort()));
    void thread.terminate();
  }

  /** The thread is gone: the task that ran on it is answered, and the next gets another. */
  private lose(answer: (task: Waiting) => void): void {
    this.end(answer);
    this.next();
  }

  private end(answer: (task: Waiting) => void): void {
    this.thread = null;
    this.settle(answer);
  }

  private finish(answer: (task: Waiting) => void): void {
    this.thread?.unref(); // an idle thread keeps nobody from leaving
    this.settle(answer);
    this.next();
  }

  private settle(answer: (task: Waiting) => void): void {
    clearTimeout(this.timer);
    const task = this.running;
    this.running = null;
    if (task !== null) answer(task);
  }
}
