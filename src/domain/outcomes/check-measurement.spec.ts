import { civilDate } from '../calendar/civil-date.js';
import type { Instrument } from '../instruments/instrument.js';
import { instrumentsBy } from '../instruments/registry.js';
import type { Fault } from '../shared/domain-error.js';
import { openMeasurementCheck, type MeasurementInput } from './check-measurement.js';
import type { Metric, ScoreMetric } from './metric.js';

const point = (id: string) => ({ id, label: id, months: 0, opensDays: 0, closesDays: 0 });
const METRICS: readonly Metric[] = [
  {
    id: 'ucla',
    label: 'UCLA',
    paid: true,
    kind: 'score',
    instrument: 'ucla-3',
    baseline: 'baseline',
    timePoints: [point('baseline'), point('6m')],
    choose: 'first',
    outsideWindow: 'refuse',
  },
  {
    id: 'job',
    label: 'A job',
    paid: true,
    kind: 'event',
    definition: 'Work.',
    evidence: ['Payslip'],
  },
  {
    id: 'home',
    label: 'A home',
    paid: true,
    kind: 'spell',
    definition: 'A tenancy.',
    evidence: ['Tenancy agreement'],
  },
];
const check = openMeasurementCheck(METRICS, instrumentsBy(), civilDate('2016-06-01'));

const SCORE: MeasurementInput = {
  metric: 'ucla',
  timePoint: '6m',
  event: '',
  measuredOn: '2015-12-10',
  endedOn: '',
  score: '6',
  items: {},
  status: '',
  attempt: '',
  mode: '',
  note: '',
  correctionReason: '',
};
const EVENT = { ...SCORE, metric: 'job', timePoint: '', score: '', event: 'J-0001' };
const SPELL = { ...EVENT, metric: 'home', event: 'T-0001' };
const read = (input: MeasurementInput) => {
  const faults: Fault[] = [];
  const checked = check.read(input, faults);
  return { checked, codes: faults.map(({ at, code }) => `${at} ${code}`) };
};

describe('the check of a measurement', () => {
  it('reads a score, a second attempt, a refusal and an event', () => {
    expect(read(SCORE).checked?.finding).toMatchObject({
      occurrence: '6m',
      value: '6',
      status: 'recorded',
    });
    expect(read({ ...SCORE, attempt: '2' }).checked?.finding.occurrence).toBe('6m/2');
    const declined = read({ ...SCORE, score: '', status: 'Declined' });
    expect(declined.checked?.finding).toMatchObject({ status: 'declined', value: null });
    expect(read(EVENT).checked?.finding).toMatchObject({ occurrence: 'J-0001', isEvent: true });
  });

  it('adds up answers, and refuses a score that does not agree with them', () => {
    const items = { companionship: '2', left_out: '1', isolated: '3' };
    const added = read({ ...SCORE, score: '', items });
    expect(added.checked?.finding.value).toBe('6');
    expect(added.checked?.finding.items).toEqual({ companionship: 2, left_out: 1, isolated: 3 });
    expect(read({ ...SCORE, items }).checked?.finding.value).toBe('6');
    expect(read({ ...SCORE, score: '7', items }).codes).toEqual([
      '/score SCORE_DISAGREES_WITH_ITEMS',
    ]);
    expect(read({ ...SCORE, items: { ...items, isolated: '' } }).codes).toEqual([
      '/items ITEMS_MISSING',
    ]);
    expect(read({ ...SCORE, items: { ...items, isolated: '4' } }).codes).toEqual([
      '/items ANSWER_UNKNOWN',
    ]);
  });

  it('takes the last day for today, and no later one', () => {
    expect(read({ ...SCORE, measuredOn: '2016-06-01' }).codes).toEqual([]);
    expect(read({ ...SCORE, measuredOn: '2016-06-02' }).codes).toEqual([
      '/measuredOn DATE_IN_FUTURE',
    ]);
    expect(read({ ...SCORE, measuredOn: '1900-01-01' }).codes).toEqual([]);
    expect(read({ ...SCORE, measuredOn: '1899-12-31' }).codes).toEqual([
      '/measuredOn DATE_BEFORE_1900',
    ]);
  });

  it('keeps scores and events apart', () => {
    expect(read({ ...SCORE, event: 'J-1' }).codes).toEqual(['/event EVENT_NOT_FOR_SCORES']);
    expect(
      read({ ...EVENT, timePoint: '6m', score: '6', attempt: '2', status: 'declined' }).codes,
    ).toEqual([
      '/timePoint TIME_POINT_NOT_FOR_EVENTS',
      '/attempt ATTEMPT_NOT_FOR_EVENTS',
      '/score SCORE_NOT_FOR_EVENTS',
      '/status STATUS_NOT_FOR_EVENTS',
    ]);
    expect(read({ ...EVENT, event: '' }).codes).toEqual(['/event EVENT_MISSING']);
    expect(read({ ...EVENT, event: 'Jo Smith' }).codes).toEqual(['/event EVENT_IS_NAME']);
  });

  it('takes a measurement back only with a reason', () => {
    const back = { ...SCORE, score: '', status: 'void' };
    expect(read(back).codes).toEqual(['/correctionReason VOID_NEEDS_REASON']);
    expect(read({ ...back, correctionReason: 'another person' }).checked?.finding.status).toBe(
      'void',
    );
  });

  describe('on other instruments', () => {
    const metric = (id: string, instrument: string, subscale?: string): Metric => ({
      ...(METRICS[0] as ScoreMetric),
      id,
      instrument,
      ...(subscale === undefined ? {} : { subscale }),
    });
    const days: Instrument = {
      kind: 'scale',
      id: 'days-out',
      version: '1',
      name: 'Days out of the house',
      min: '0',
      max: '7',
      decimals: 1,
      improvement: 'higher',
      unit: 'days',
    };
    const others = openMeasurementCheck(
      [
        metric('wellbeing', 'swemwbs'),
        metric('emotional', 'de-jong-gierveld-6', 'emotional'),
        metric('days', 'days-out'),
        metric('phq', 'phq-9'),
      ],
      instrumentsBy([days]),
      civilDate('2016-06-01'),
    );
    const scored = (input: Partial<MeasurementInput>) => {
      const faults: Fault[] = [];
      const found = others.readFinding({ ...SCORE, ...input }, faults);
      return found?.value ?? faults.map(({ at, code }) => `${at} ${code}`);
    };
    const seven = (...values: string[]) =>
      Object.fromEntries(values.map((value, index) => [String(index + 1), value]));

    it('converts answers, and holds a typed score to the converted one', () => {
      const items = seven('3', '3', '3', '3', '3', '3', '4');
      expect(scored({ metric: 'wellbeing', score: '', items })).toBe('19.98');
      expect(scored({ metric: 'wellbeing', score: '19.98', items })).toBe('19.98');
      expect(scored({ metric: 'wellbeing', score: '19.25', items })).toEqual([
        '/score SCORE_DISAGREES_WITH_ITEMS',
      ]);
      expect(scored({ metric: 'wellbeing', score: '22' })).toEqual(['/score SCORE_NOT_IN_TABLE']);
    });

    it('scores a subscale by its own items', () => {
      const items = { 'item-3': '1', 'item-9': '2', 'item-10': '3', 'item-4': '3' };
      expect(scored({ metric: 'emotional', score: '', items })).toBe('2');
      expect(scored({ metric: 'emotional', score: '4' })).toEqual(['/score SCORE_OUT_OF_RANGE']);
    });

    it('reads a plain number with its decimals, which has no answers', () => {
      expect(scored({ metric: 'days', score: '3.50' })).toBe('3.5');
      expect(scored({ metric: 'days', score: '3.55' })).toEqual(['/score SCORE_NOT_A_NUMBER']);
      expect(scored({ metric: 'days', score: '-0.0' })).toEqual(['/score SCORE_NOT_A_NUMBER']);
      expect(scored({ metric: 'days', score: '', items: { monday: '1' } })).toEqual([
        '/items ITEM_UNKNOWN',
      ]);
    });

    it('refuses a way of asking that the instrument is not made for', () => {
      expect(scored({ metric: 'phq', score: '9', mode: 'telephone' })).toBe('9');
      expect(scored({ metric: 'phq', score: '9', mode: 'proxy' })).toEqual([
        '/mode MODE_NOT_FOR_INSTRUMENT',
      ]);
      expect(scored({ metric: 'days', score: '3', mode: 'proxy' })).toBe('3');
    });
  });

  it('reads a spell that lasts, and one that has ended', () => {
    const { checked } = read(SPELL);
    expect(checked).toMatchObject({ measuredOn: '2015-12-10', endedOn: null });
    expect(checked?.finding).toMatchObject({ occurrence: 'T-0001', isEvent: true, value: null });
    expect(read({ ...SPELL, endedOn: '2015-12-11' }).checked?.endedOn).toBe('2015-12-11');
    expect(read({ ...SPELL, endedOn: '2016-06-01' }).codes).toEqual([]);
  });

  it.each([
    ['ends on its first day', { endedOn: '2015-12-10' }, '/endedOn ENDED_BEFORE_STARTED'],
    ['ended before it began', { endedOn: '2015-12-09' }, '/endedOn ENDED_BEFORE_STARTED'],
    ['ends in the future', { endedOn: '2016-06-02' }, '/endedOn DATE_IN_FUTURE'],
    ['ends on no day', { endedOn: '2016-02-30' }, '/endedOn NOT_A_DATE'],
    ['has a score', { score: '6' }, '/score SCORE_NOT_FOR_EVENTS'],
    ['has no reference', { event: '' }, '/event EVENT_MISSING'],
    ['was declined', { status: 'declined' }, '/status STATUS_NOT_FOR_EVENTS'],
    [
      'is taken back and ends',
      { status: 'void', endedOn: '2016-01-01', correctionReason: 'another person' },
      '/endedOn END_NOT_FOR_STATUS',
    ],
  ])('refuses a spell that %s', (_, given, fault) => {
    expect(read({ ...SPELL, ...given }).codes).toEqual([fault]);
  });

  it('refuses an end of what is of one day', () => {
    const fault = ['/endedOn END_ONLY_FOR_SPELLS'];
    expect(read({ ...SCORE, endedOn: '2016-01-01' }).codes).toEqual(fault);
    expect(read({ ...EVENT, endedOn: '2016-01-01' }).codes).toEqual(fault);
  });

  it('is read with a word why it could not be collected', () =>
    expect(
      read({ ...SCORE, score: '', status: 'could-not-collect', note: 'Moved away' }).codes,
    ).toEqual([]));
});
