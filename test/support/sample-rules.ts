/** One rule of each type as a document has it, for tests that change a term of it. */
export const EVENT = { type: 'R1', events: ['conviction'], price: '4000.00' };
export const LADDER = {
  type: 'R2',
  metric: 'home',
  rungs: [
    { id: 'entry', label: 'Entry', days: 0, price: '600.00' },
    { id: '3m', label: '3 months', months: 3, price: '1500.00' },
  ],
  onBreak: 'restart',
  openSpells: 'count',
};
export const REACHED = {
  type: 'R3',
  metric: 'ucla',
  price: '500.00',
  threshold: { kind: 'change', points: '3' },
  timePoints: ['6m', '18m'],
  waves: 'last',
};
export const POINT = {
  type: 'R4',
  metric: 'ucla',
  rate: '660.00',
  count: 'floored',
  timePoints: ['6m'],
  waves: 'independent',
};
export const SIGNED = { of: 'effect', metric: 'reconvictions' };
export const BAND = {
  type: 'R5',
  measure: SIGNED,
  floor: '5%',
  ceiling: '10%',
  pays: { by: 'maximum', amount: '100000.00' },
};
export const TRIGGER = {
  type: 'R6',
  metric: 'reconvictions',
  test: 'point',
  trigger: '10%',
  pooledTrigger: '7.5%',
  pays: { by: 'cohort', amount: '5000.00' },
};
export const TIERS = {
  type: 'R7',
  measure: SIGNED,
  principal: '7000000.00',
  tiers: [
    { from: '60%', to: '65%', pays: { by: 'amount', amount: '100.00' } },
    { from: '65%', to: '70%', pays: { by: 'each', price: '10.00' } },
    { from: '70%', pays: { by: 'return', percent: '15%' } },
  ],
};
export const DIFFERENCE = {
  type: 'R8',
  measure: SIGNED,
  price: '10.00',
  floor: { in: 'value', value: '0' },
};
export const AVOIDED = {
  type: 'R9',
  metric: 'care',
  horizon: { weeks: 104 },
  against: { type: 'fixed', units: '104' },
  unit: 'week',
  partUnits: 'whole',
  rate: '433.00',
  count: 'floored',
  accrue: 'at-horizon',
  exits: 'count-as-avoided',
};
export const MENU = { type: 'R10', conditions: ['1', '2', '3'], need: 'all', price: '1000.00' };
export const RATIO = {
  type: 'R11',
  measure: { of: 'rate', metric: 'visits', group: 'all' },
  pays: { by: 'point', pass: 'above', threshold: '65%', price: '1000.00', points: 'exact' },
};
export const FEE = {
  type: 'R12',
  schedule: { by: 'participant', label: 'Attachment fee', amount: '3200.00', when: 'start' },
};
