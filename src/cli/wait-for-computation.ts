import { setTimeout as pause } from 'node:timers/promises';
import { hasEnded } from '../domain/computation/computation-states.js';
import { DomainError } from '../domain/shared/domain-error.js';
import type { Actor } from '../platform/auth/actor.js';
import type { ComputationView } from '../payments/computation-view.js';
import type { PaymentsService } from '../payments/payments.service.js';
import type { Progress } from './terminal.js';

/** Thrown when a computation that was waited for ended without a result. */
export class ComputationNotComputed extends DomainError {
  constructor(view: ComputationView) {
    super({
      code: view.failure?.code ?? 'COMPUTATION_NOT_COMPUTED',
      kind: 'conflict',
      detail: `Computation ${view.number} of ${view.contract} (${view.period.id}) is ${view.state}${view.failure ? `: ${view.failure.detail}` : '.'}`,
    });
  }
}

const LOOK_AGAIN_MS = 60;

/** Reads the row of a computation until it has ended, showing how far it is. Refuses ComputationNotComputed. */
export async function waitForComputation(
  payments: PaymentsService,
  actor: Actor,
  id: string,
  progress: Progress,
): Promise<ComputationView> {
  for (;;) {
    const view = await payments.get(actor, id);
    if (view.rowsTotal !== null) progress.update(view.rowsDone, view.rowsTotal);
    if (view.state === 'computed') return view;
    if (hasEnded(view.state)) throw new ComputationNotComputed(view);
    await pause(LOOK_AGAIN_MS);
  }
}
