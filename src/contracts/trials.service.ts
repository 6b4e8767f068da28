import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ClauseTrial } from '../domain/computation/try-clause.js';
import type { Actor } from '../platform/auth/actor.js';
import { TaskCutShort, TaskThread, TooManyTasks } from '../platform/threads/task-thread.js';
import { RefusedInThread, TrialsBusy, TrialTooLarge } from './contracts.errors.js';
import { ContractsService } from './contracts.service.js';
import type { TermsInput } from './read-terms.js';
import { TRIAL_SCRIPT } from './trial-script.js';
import type { RefusalInThread, TrialTask } from './trial-task.js';

/** A trial within its bound of steps takes a second or two; so long only one that something is wrong with. */
const LIMITS = { seconds: 15, waiting: 20, memoryMegabytes: 512 } as const;

/**
 * Tries clauses for anybody who has signed in, on a thread beside the service: a trial at its bound takes about a second,
 * in which the service answers everybody else. Nothing is saved.
 */
@Injectable()
export class TrialsService implements OnApplicationShutdown {
  private readonly thread = new TaskThread(TRIAL_SCRIPT, LIMITS);

  constructor(private readonly contracts: ContractsService) {}

  /** Tries a clause of a document. Refuses as readTerms and tryTerms do, and TrialsBusy and TrialTooLarge. */
  ofDocument(terms: TermsInput, clause: string, example: unknown): Promise<ClauseTrial> {
    return this.run({ terms, stored: false, clause, example });
  }

  /** Tries a clause of the edition that is in force, or else of the draft. Refuses NotVisible, and as ofDocument does. */
  async ofContract(
    actor: Actor,
    code: string,
    clause: string,
    example: unknown,
  ): Promise<ClauseTrial> {
    const { terms } = await this.contracts.edition(actor, code, null);
    return this.run({ terms, stored: true, clause, example });
  }

  onApplicationShutdown(): Promise<void> {
    return this.thread.stop();
  }

  private async run(task: TrialTask): Promise<ClauseTrial> {
    try {
      const answer = await this.thread.run(task);
      if ('failed' in answer) throw new RefusedInThread(answer.failed as RefusalInThread);
      return answer.done as ClauseTrial;
    } catch (error) {
      if (error instanceof TooManyTasks) throw new TrialsBusy();
      if (error instanceof TaskCutShort) throw new TrialTooLarge();
      throw error;
    }
  }
}
