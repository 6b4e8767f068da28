import { AsyncLocalStorage } from 'node:async_hooks';

/** What is being worked on: every log line that is written meanwhile carries it. */
export interface WorkContext {
  readonly requestId?: string;
  readonly jobId?: string;
  readonly job?: string;
}

const STORAGE = new AsyncLocalStorage<WorkContext>();

/** Runs something so that its log lines say what they belong to. */
export const withinContext = <T>(context: WorkContext, work: () => T): T =>
  STORAGE.run(context, work);

export const presentContext = (): WorkContext => STORAGE.getStore() ?? {};
