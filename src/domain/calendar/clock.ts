/** Time is an argument: whoever needs the present is given a clock (rule 10). */
export interface Clock {
  now(): Date;
}
