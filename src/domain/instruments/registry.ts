import type { Instrument } from './instrument.js';
import { asq3 } from './built-in/asq-3.js';
import { deJongGierveld6 } from './built-in/de-jong-gierveld-6.js';
import { gad7 } from './built-in/gad-7.js';
import { onsDirectLoneliness } from './built-in/ons-direct-loneliness.js';
import { outcomesStar } from './built-in/outcomes-star.js';
import { phq9 } from './built-in/phq-9.js';
import { sdq } from './built-in/sdq.js';
import { swemwbs } from './built-in/swemwbs.js';
import { ucla20 } from './built-in/ucla-20.js';
import { ucla3 } from './built-in/ucla-3.js';
import { ucla4 } from './built-in/ucla-4.js';
import { wemwbs } from './built-in/wemwbs.js';

/** Every instrument that all terms may name. A new one is a file in built-in/ and a line here. */
export const INSTRUMENTS = {
  'ucla-3': ucla3,
  'ucla-4': ucla4,
  'ucla-20': ucla20,
  'ons-direct-loneliness': onsDirectLoneliness,
  'de-jong-gierveld-6': deJongGierveld6,
  'phq-9': phq9,
  'gad-7': gad7,
  swemwbs,
  wemwbs,
  sdq,
  'asq-3': asq3,
  'outcomes-star': outcomesStar,
} as const satisfies Record<string, Instrument>;

const BUILT_IN: ReadonlyMap<string, Instrument> = new Map(Object.entries(INSTRUMENTS));

/** Whether every contract may name the instrument, so that none may give its id to another. */
export const isBuiltIn = (id: string): boolean => BUILT_IN.has(id);

/** The instrument that an id means: a built-in one, or one that the terms bring; undefined where neither has it. */
export const instrumentOf = (
  own: readonly Instrument[] | undefined,
  id: string,
): Instrument | undefined => BUILT_IN.get(id) ?? own?.find((instrument) => instrument.id === id);

/** Every instrument that terms may name, by id: the built-in ones and those that the terms bring. */
export function instrumentsBy(own?: readonly Instrument[]): ReadonlyMap<string, Instrument> {
  if (own === undefined) return BUILT_IN;
  // a built-in id cannot be given to another instrument: terms that try to do not come into force
  return new Map([...own.map((one) => [one.id, one] as const), ...BUILT_IN]);
}
