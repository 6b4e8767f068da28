import { equals } from '../money/fraction.js';
import type { Fault } from '../shared/domain-error.js';
import type { ReckonedBenefit, ReckonedWorking } from './figure.js';
import { Reckoner } from './reckoner.js';
import { ReckoningFault } from './reckoning-fault.js';
import type { ValueCase } from './value-case.schema.js';
import { ValueCaseRefused } from './value-case-refused.js';

export interface Reckoned {
  readonly benefits: readonly ReckonedBenefit[];
  readonly workings: readonly ReckonedWorking[];
}

/** Every figure of a value case. Refuses ValueCaseRefused where one cannot be reckoned, with all such faults. */
export function reckon(of: ValueCase): Reckoned {
  const faults = new Map<string, Fault>();
  const reckoner = new Reckoner(of);
  const gather = <T>(list: 'benefits' | 'workings', act: (id: string) => T): T[] =>
    of[list].flatMap(({ id }, index) => {
      try {
        return [act(id)];
      } catch (error) {
        if (!(error instanceof ReckoningFault)) throw error;
        const at = error.fault.at === '' ? `/${list}/${index}/amount` : error.fault.at;
        const fault = { ...error.fault, at };
        faults.set(`${at} ${fault.code}`, fault);
        return [];
      }
    });
  const benefits = gather('benefits', (id) => reckoner.benefit(id));
  const workings = gather('workings', (id) => reckoner.working(id));
  const found = faults.size > 0 ? [...faults.values()] : explanationFaults(workings);
  if (found.length > 0) throw new ValueCaseRefused(found);
  return { benefits, workings };
}

/** A working that explains what the source prints elsewhere must come to what is printed there. */
const explanationFaults = (workings: readonly ReckonedWorking[]): Fault[] =>
  workings.flatMap(({ working, exact, rounded }, index) => {
    const explained = workings.find(({ id }) => id === working.explains);
    if (!explained) return [];
    const { printed } = explained;
    if (printed !== null && (equals(printed, exact) || equals(printed, rounded))) return [];
    return [
      {
        at: `/workings/${index}/explains`,
        code: 'EXPLAINS_NOTHING',
        detail: `This does not come to what is printed for "${explained.id}", so it does not explain it.`,
      },
    ];
  });
