import { civilDate } from '../calendar/civil-date.js';
import { instrumentsBy } from '../instruments/registry.js';
import type { Fault } from '../shared/domain-error.js';
import {
  measurementColumn,
  openMeasurementCheck,
  type MeasurementInput,
} from './check-measurement.js';
import type { Metric, ScoreMetric } from './metric.js';
import { aRate } from '../../../test/support/figures.builder.js';

const point = (id: string) => ({ id, label: id, months: 0, opensDays: 0, closesDays: 0 });
const UCLA: ScoreMetric = {
  id: 'ucla',
  label: 'UCLA',
  paid: true,
  kind: 'score',
  instrument: 'ucla-3',
  baseline: 'baseline',
  timePoints: [point('baseline'), point('6m')],
  choose: 'first',
  outsideWindow: 'refuse',
};
const job = { id: 'job', label: 'A job', paid: true, evidence: ['Payslip'], definition: 'Work.' };
const METRICS: readonly Metric[] = [
  UCLA,
  { ...UCLA, id: 'phq', label: 'PHQ', instrument: 'phq-9' },
  { ...job, kind: 'event' },
  { ...job, id: 'home', label: 'A home', kind: 'spell' },
  aRate(),
];
const open = () => openMeasurementCheck(METRICS, instrumentsBy(), civilDate('2016-06-01'));

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
const EVENT = { metric: 'job', timePoint: '', score: '', event: 'J-0001' };
const SPELL = { ...EVENT, metric: 'home', event: 'T-0001' };
const told = (given: Partial<MeasurementInput>): string[] => {
  const faults: Fault[] = [];
  const checked = open().read({ ...SCORE, ...given }, faults);
  expect(checked === null).toBe(faults.length > 0);
  return faults.map(({ at, code, detail }) => `${at} ${code}: ${detail}`);
};
const ALL = 'ucla, phq, job, home';
const ITEMS = { companionship: '2', left_out: '1', isolated: '3' };

describe('what a person is told of a measurement', () => {
  it.each<[string, Partial<MeasurementInput>, string]>([
    ['no metric', { metric: '' }, `/metric METRIC_MISSING: Name the metric: ${ALL}.`],
    [
      'a rate, which is not of participants',
      { metric: 'on-time' },
      `/metric METRIC_UNKNOWN: The terms have no metric "on-time". They have: ${ALL}.`,
    ],
    [
      'no time point',
      { timePoint: '' },
      '/timePoint TIME_POINT_MISSING: Name the time point. It has: baseline, 6m.',
    ],
    [
      'a time point of another contract',
      { timePoint: '9m' },
      '/timePoint TIME_POINT_UNKNOWN: UCLA has no time point "9m". It has: baseline, 6m.',
    ],
    [
      'an event beside a score',
      { event: 'J-1' },
      '/event EVENT_NOT_FOR_SCORES: UCLA is a score. Leave the event blank and give the time point.',
    ],
    [
      'a second baseline',
      { timePoint: 'baseline', attempt: '2' },
      '/attempt BASELINE_TWICE: There is one baseline. To change it, correct it and say why.',
    ],
    ...['0', '12', '21'].map((attempt): [string, Partial<MeasurementInput>, string] => [
      `attempt ${attempt}`,
      { attempt },
      '/attempt ATTEMPT_UNKNOWN: An attempt is a number from 1 to 9.',
    ]),
    [
      'no day',
      { measuredOn: '' },
      '/measuredOn DATE_MISSING: Give the day on which it was measured.',
    ],
    [
      'a day that does not exist',
      { measuredOn: '2015-02-30' },
      '/measuredOn NOT_A_DATE: There is no such day as 2015-02-30. Check the day and the month.',
    ],
    [
      'a day with a character that nobody sees',
      { measuredOn: '2016-06-01\ufeff' },
      '/measuredOn NOT_A_DATE: "2016-06-01\ufeff" is not a date. Write it as year-month-day, such as 2015-06-02. It holds a byte order mark (U+FEFF), which nobody sees: remove it.',
    ],
    [
      'a score with a character that nobody sees',
      { score: '5\u00a0' },
      '/score SCORE_NOT_A_WHOLE_NUMBER: UCLA three-item loneliness scale: "5\u00a0" is not a whole number. Write digits from 3 to 9. It holds a non-breaking space (U+00A0), which nobody sees: remove it.',
    ],
    [
      'a metric with a character that nobody sees',
      { metric: 'uc\u00adla' },
      `/metric METRIC_UNKNOWN: The terms have no metric "uc\u00adla". They have: ${ALL}. It holds a soft hyphen (U+00AD), which nobody sees: remove it.`,
    ],
    [
      'a day before 1900',
      { measuredOn: '1899-12-31' },
      '/measuredOn DATE_BEFORE_1900: 1899-12-31 is before 1900. Check the year.',
    ],
    [
      'a day to come',
      { measuredOn: '2016-06-02' },
      '/measuredOn DATE_IN_FUTURE: 2016-06-02 has not come yet. Check the day and the year.',
    ],
    [
      'no score',
      { score: '' },
      '/score SCORE_MISSING: The score is blank. Blank is missing, not nought; if it was declined write declined in the status column.',
    ],
    [
      'a score and a refusal',
      { status: 'declined' },
      '/score SCORE_NOT_FOR_STATUS: The status is declined, so there is no score. Leave one of them blank.',
    ],
    [
      'a status unheard of',
      { status: 'lost' },
      '/status STATUS_UNKNOWN: "lost" is no status. Leave it blank, or write declined, could-not-collect or void.',
    ],
    [
      'no word why it could not be collected',
      { score: '', status: 'could-not-collect' },
      '/note REASON_MISSING: Say in the note why the score could not be collected.',
    ],
    [
      'a way of asking unheard of',
      { mode: 'pigeon' },
      '/mode MODE_UNKNOWN: "pigeon" is no way of asking. Leave it blank, or write one of: self, assisted, telephone, proxy.',
    ],
    [
      'a way of asking like a formula',
      { mode: '=A1' },
      '/mode FORMULA_CELL: "=A1" is no way of asking. Leave it blank, or write one of: self, assisted, telephone, proxy.',
    ],
    [
      'a way of asking that the instrument is not made for',
      { metric: 'phq', mode: 'proxy' },
      '/mode MODE_NOT_FOR_INSTRUMENT: PHQ-9 depression scale may not be taken like that, only: self, assisted, telephone.',
    ],
    [
      'a note that names somebody',
      { note: 'see a@b.example' },
      '/note TEXT_IDENTIFIES_A_PERSON: The text holds what looks like an e-mail address. Take it out: records here are pseudonymous.',
    ],
    [
      'a correction reason that names somebody',
      { correctionReason: 'see a@b.example' },
      '/correctionReason TEXT_IDENTIFIES_A_PERSON: The text holds what looks like an e-mail address. Take it out: records here are pseudonymous.',
    ],
    [
      'nothing to take it back for',
      { score: '', status: 'void' },
      '/correctionReason VOID_NEEDS_REASON: To take a measurement back, say why in the correction reason.',
    ],
    [
      'an end of what is of one day',
      { endedOn: '2016-01-01' },
      '/endedOn END_ONLY_FOR_SPELLS: UCLA is of one day. Leave the end blank.',
    ],
  ])('with %s', (_, given, sentence) => expect(told(given)).toEqual([sentence]));

  it.each<[string, Partial<MeasurementInput>, string]>([
    [
      'no reference',
      { ...EVENT, event: '' },
      "/event EVENT_MISSING: Give the event's own reference, such as C-0001.",
    ],
    [
      'no reference of a spell',
      { ...SPELL, event: '' },
      "/event EVENT_MISSING: Give the spell's own reference, such as C-0001.",
    ],
    [
      'a name for its reference',
      { ...EVENT, event: 'Jo Smith' },
      "/event EVENT_IS_NAME: The reference looks like a person's name. Use a pseudonymous reference that cannot identify the person, such as C-0001.",
    ],
    [
      'a time point',
      { ...EVENT, timePoint: '6m' },
      '/timePoint TIME_POINT_NOT_FOR_EVENTS: A job is an event. Leave the time point blank.',
    ],
    [
      'an attempt',
      { ...EVENT, attempt: '1' },
      '/attempt ATTEMPT_NOT_FOR_EVENTS: A job has no attempts. Leave it blank.',
    ],
    [
      'a score',
      { ...SPELL, score: '6' },
      '/score SCORE_NOT_FOR_EVENTS: A home is a spell. Leave scores blank.',
    ],
    [
      'answers',
      { ...EVENT, items: ITEMS },
      '/score SCORE_NOT_FOR_EVENTS: A job is an event. Leave scores blank.',
    ],
    [
      'a refusal',
      { ...EVENT, status: 'declined' },
      '/status STATUS_NOT_FOR_EVENTS: A job either happened or is not recorded. Leave the status blank.',
    ],
    [
      'what could not be collected',
      { ...EVENT, status: 'could-not-collect', note: 'Moved away' },
      '/status STATUS_NOT_FOR_EVENTS: A job either happened or is not recorded. Leave the status blank.',
    ],
    [
      'an end on its first day',
      { ...SPELL, endedOn: '2015-12-10' },
      '/endedOn ENDED_BEFORE_STARTED: It begins on 2015-12-10, so the first day after it cannot be 2015-12-10. Check both.',
    ],
    [
      'an end though it is taken back',
      { ...SPELL, status: 'Void', endedOn: '2016-01-01', correctionReason: 'another person' },
      '/endedOn END_NOT_FOR_STATUS: What is taken back has no end. Leave the end blank.',
    ],
  ])('of an event or spell with %s', (_, given, sentence) =>
    expect(told(given)).toEqual([sentence]),
  );
});

describe('a measurement with more than one fault', () => {
  it('is told them all, in the order of the fields', () => {
    const codes = told({
      metric: '',
      endedOn: '2016-01-01',
      measuredOn: '',
      status: 'lost',
      mode: 'pigeon',
      note: '=A1',
      correctionReason: '=A1',
    }).map((sentence) => sentence.split(':')[0]);
    expect(codes).toEqual([
      '/metric METRIC_MISSING',
      '/status STATUS_UNKNOWN',
      '/mode MODE_UNKNOWN',
      '/note FORMULA_CELL',
      '/measuredOn DATE_MISSING',
      '/correctionReason FORMULA_CELL',
    ]);
  });

  it('need not say why it is taken back before it can be read', () =>
    expect(told({ score: '', status: 'void', measuredOn: 'soon' })).toEqual([
      expect.stringMatching(/^\/measuredOn NOT_A_DATE/),
    ]));
});

describe('a measurement that is read', () => {
  const finding = (given: Partial<MeasurementInput>) =>
    open().read({ ...SCORE, ...given }, [])!.finding;

  it('is marked as a baseline where others are compared with it, and as an event where it is one', () => {
    const marks = (given: Partial<MeasurementInput>) => {
      const { occurrence, isBaseline, isEvent } = finding(given);
      return [occurrence, isBaseline, isEvent];
    };
    expect(marks({ timePoint: 'baseline', attempt: '1' })).toEqual(['baseline', true, false]);
    expect(marks({ attempt: '9' })).toEqual(['6m/9', false, false]);
    expect(marks(EVENT)).toEqual(['J-0001', false, true]);
  });

  it('may be an event of which somebody was asked by telephone', () =>
    expect(finding({ ...EVENT, mode: 'Telephone' }).mode).toBe('telephone'));

  it('cannot be read with an instrument or a subscale that nobody knows', () => {
    const today = civilDate('2016-06-01');
    const message = 'metric ucla is measured with an unknown instrument';
    expect(() => openMeasurementCheck([UCLA], new Map(), today)).toThrow(message);
    const subscale = { ...UCLA, subscale: 'emotional' };
    expect(() => openMeasurementCheck([subscale], instrumentsBy(), today)).toThrow(message);
  });
});

it('faults are told by the columns of the file', () =>
  expect(['/measuredOn', '/items', '/items/left_out'].map(measurementColumn)).toEqual([
    'measured_on',
    'score',
    'item:left_out',
  ]));
