import type { Instrument } from '../instruments/instrument.js';
import { MODES, type Mode } from '../instruments/mode.js';
import type { Fault } from '../shared/domain-error.js';
import { excerpt } from '../shared/excerpt.js';
import { startsAsFormula } from './free-text.js';

/** How a score was taken; blank where nobody wrote it down. */
export function readMode(text: string, faults: Fault[]): Mode | null {
  if (text === '') return null;
  const mode = MODES.find((known) => known === text.toLowerCase());
  if (mode !== undefined) return mode;
  const code = startsAsFormula(text) ? 'FORMULA_CELL' : 'MODE_UNKNOWN';
  const detail = `"${excerpt(text)}" is no way of asking. Leave it blank, or write one of: ${MODES.join(', ')}.`;
  faults.push({ at: '/mode', code, detail });
  return null;
}

/** Refuses a way of asking that the instrument is not made for; a plain scale takes any. */
export function refuseMode(instrument: Instrument, mode: Mode, faults: Fault[]): void {
  if (instrument.kind === 'scale' || instrument.modes.includes(mode)) return;
  const detail = `${instrument.name} may not be taken like that, only: ${instrument.modes.join(', ')}.`;
  faults.push({ at: '/mode', code: 'MODE_NOT_FOR_INSTRUMENT', detail });
}
