import type { Fraction } from '../money/fraction.js';
import type { Figure } from './figure.js';
import { ReckoningFault } from './reckoning-fault.js';

/** A figure in the state in which another takes it. Refuses to take as printed what nothing is printed for. */
export function taken(figure: Figure, state: 'exact' | 'rounded' | 'printed'): Fraction {
  if (state !== 'printed') return figure[state];
  if (figure.printed !== null) return figure.printed;
  throw new ReckoningFault(
    '',
    'NOTHING_PRINTED',
    `"${figure.id}" is taken as printed, but nothing is given as printed. Take it exact or rounded.`,
  );
}
