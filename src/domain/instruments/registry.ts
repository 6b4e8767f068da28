import type { Instrument } from './instrument.js';
import { ucla3 } from './ucla-3.js';

/** Every instrument that terms may name. A new one is a file beside this and a line here. */
export const INSTRUMENTS = {
  'ucla-3': ucla3,
} as const satisfies Record<string, Instrument>;

export type InstrumentId = keyof typeof INSTRUMENTS;
export const INSTRUMENT_IDS = Object.keys(INSTRUMENTS) as [InstrumentId, ...InstrumentId[]];
export const instrument = (id: InstrumentId): Instrument => INSTRUMENTS[id];
