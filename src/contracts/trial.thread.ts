import { parentPort } from 'node:worker_threads';
import { parseDraft } from '../domain/contract-terms/parse.js';
import { DomainError } from '../domain/shared/domain-error.js';
import type { ThreadAnswer } from '../platform/threads/task-thread.js';
import { readTerms, type TermsInput } from './read-terms.js';
import type { RefusalInThread, TrialTask } from './trial-task.js';
import { tryTerms } from './try-terms.js';

/** Tries the clauses that it is sent, one after another; refusals go back as data, for an error loses its class on the way. */
parentPort!.on('message', (task: TrialTask) => parentPort!.postMessage(answerTo(task)));

function answerTo({ terms, stored, clause, example }: TrialTask): ThreadAnswer {
  try {
    const draft = stored ? parseDraft(terms) : readTerms(terms as TermsInput).draft;
    return { done: tryTerms(draft, clause, example) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, kind, message, faults } = error;
    return { failed: { code, kind, detail: message, faults } satisfies RefusalInThread };
  }
}
