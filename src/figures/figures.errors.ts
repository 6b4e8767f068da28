import { DomainError, type Fault } from '../domain/shared/domain-error.js';

/** Thrown when a figure breaks a rule, contradicts what is recorded, or does not fit its companions. Lists every fault. */
export class FiguresRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'FIGURES_REFUSED',
      kind: 'invalid',
      detail: 'None of the figures was recorded. Each fault is listed with its figure and field.',
      faults,
    });
  }
}

/** Thrown when an act says only what is recorded already. */
export class FiguresUnchanged extends DomainError {
  constructor() {
    super({
      code: 'FIGURES_UNCHANGED',
      kind: 'conflict',
      detail: 'All of these figures are recorded already as they stand, so nothing was added.',
    });
  }
}

/** Thrown when a signed result breaks a rule or contradicts what is recorded. Every fault is listed with its field. */
export class EffectRefused extends DomainError {
  constructor(faults: readonly Fault[]) {
    super({
      code: 'EFFECT_REFUSED',
      kind: 'invalid',
      detail: 'The result was not recorded. Each fault is listed with its field.',
      faults,
    });
  }
}

/** Thrown when a result is delivered that is recorded already. */
export class EffectsUnchanged extends DomainError {
  constructor() {
    super({
      code: 'EFFECT_UNCHANGED',
      kind: 'conflict',
      detail: 'This result is recorded already as it stands, so nothing was added.',
    });
  }
}

/** Thrown when somebody who does not act for the evaluator would sign its result. */
export class EvaluatorIsAnother extends DomainError {
  constructor({ detail }: Fault) {
    super({ code: 'EVALUATOR_IS_ANOTHER', kind: 'forbidden', detail });
  }
}
