import type { CivilDate } from './civil-date.js';

const MS_PER_DAY = 86_400_000;
const EPOCH = Date.UTC(2000, 0, 1) / MS_PER_DAY;

/** Days since 1 January 2000, which is how PostgreSQL counts them. */
export const dayNumber = (date: CivilDate): number =>
  Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) /
    MS_PER_DAY -
  EPOCH;

export const dateOfDay = (day: number): CivilDate =>
  new Date((day + EPOCH) * MS_PER_DAY).toISOString().slice(0, 10) as CivilDate;
