import { score, somebody } from '../../../test/support/record.builder.js';
import { civilDate } from '../calendar/civil-date.js';
import { instrumentsBy } from '../instruments/registry.js';
import { formatFraction } from '../money/fraction.js';
import type { ScoreMetric } from './metric.js';
import type { Observation } from './participant-facts.js';
import { changeInWords, evidenceFor, ScoreChanges } from './score-changes.js';

const UCLA: ScoreMetric = {
  id: 'ucla',
  label: 'UCLA',
  kind: 'score',
  paid: true,
  instrument: 'ucla-3',
  baseline: 'baseline',
  timePoints: [
    { id: 'baseline', label: 'start', months: 0, opensDays: -28, closesDays: 14 },
    { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 },
  ],
  choose: 'first',
  outsideWindow: 'refuse',
};
const ELSA = {
  source: 'ELSA',
  figures: [{ metric: 'ucla', timePoint: '6m', from: '2015-01-01', improvement: '0.2' }],
};
const WINDOW = '(window 2015-11-04 to 2016-01-03)';

/** Of somebody who started on 4 June 2015, as it stands at the end of a period: the follow-up at six months. */
function sixMonths(
  observations: readonly Observation[],
  { metric = UCLA, benchmark = undefined as typeof ELSA | undefined, before = '2016-04-01' } = {},
) {
  const changes = new ScoreChanges(metric, ['6m'], {
    months: 'corresponding-date',
    instruments: instrumentsBy(),
    before: civilDate(before),
    benchmark,
  });
  const { baseline, followUps } = changes.of(somebody(observations));
  const [followUp] = followUps;
  if (followUp === undefined) return null;
  return {
    reason: followUp.reason,
    improvement: followUp.improvement === null ? null : formatFraction(followUp.improvement),
    words: changeInWords('UCLA', baseline, followUp),
    evidence: evidenceFor(baseline, followUp),
    on: followUp.outcomeOn,
  };
}
const BASE = score('baseline', '2015-06-02', '8');
const LATE_BASE = score('baseline', '2015-06-19', '8');
const SIX = score('6m', '2015-12-10', '6');
const nothing = (occurrence: string, status: Observation['status'] = 'declined') =>
  score(occurrence, '2015-12-10', '0', { status, value: null });

describe('how a score moved since the baseline', () => {
  it.each<[string, Observation[], string | null, string | null, string]>([
    [
      'better',
      [BASE, SIX],
      '2',
      null,
      `UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 ${WINDOW}`,
    ],
    [
      'worse',
      [BASE, score('6m', '2015-12-10', '9')],
      '-1',
      null,
      `UCLA rose from 8 to 9 between 2015-06-02 and 2015-12-10 ${WINDOW}`,
    ],
    [
      'not',
      [BASE, score('6m', '2015-12-10', '8')],
      '0',
      null,
      `UCLA stayed at 8 between 2015-06-02 and 2015-12-10 ${WINDOW}`,
    ],
    ['nobody knows: missed', [BASE], null, 'missed', `No UCLA measurement at 6 months ${WINDOW}`],
    [
      'nobody knows: declined',
      [BASE, nothing('6m')],
      null,
      'declined',
      `UCLA at 6 months was asked for on 2015-12-10 ${WINDOW}`,
    ],
    [
      'nobody knows: could not be collected',
      [BASE, nothing('6m', 'could-not-collect')],
      null,
      'could-not-collect',
      `UCLA at 6 months was asked for on 2015-12-10 ${WINDOW}`,
    ],
    [
      'outside the window',
      [BASE, score('6m', '2016-01-04', '6')],
      null,
      'outside-window',
      `UCLA fell from 8 to 6 between 2015-06-02 and 2016-01-04 ${WINDOW}`,
    ],
    [
      'from a baseline outside its window',
      [LATE_BASE, SIX],
      null,
      'baseline-outside-window',
      `UCLA fell from 8 to 6 between 2015-06-19 and 2015-12-10 ${WINDOW}`,
    ],
    ['from no baseline', [SIX], null, 'no-baseline', `UCLA was 6 on 2015-12-10 ${WINDOW}`],
    [
      'from a baseline that was declined',
      [nothing('baseline'), SIX],
      null,
      'no-baseline',
      `UCLA was 6 on 2015-12-10 ${WINDOW}`,
    ],
    [
      'from a baseline that was taken back',
      [{ ...BASE, status: 'void' }, SIX],
      null,
      'no-baseline',
      `UCLA was 6 on 2015-12-10 ${WINDOW}`,
    ],
  ])('%s', (_, observations, improvement, reason, words) =>
    expect(sixMonths(observations)).toMatchObject({ improvement, reason, words }),
  );

  it('counts outside windows where the terms pay for it', () => {
    const metric: ScoreMetric = { ...UCLA, outsideWindow: 'pay' };
    const late = [LATE_BASE, score('6m', '2016-01-04', '6')];
    expect(sixMonths(late, { metric })).toMatchObject({ improvement: '2', reason: null });
  });

  it('is less what was to be expected without the service, where that is deducted', () => {
    expect(sixMonths([BASE, SIX], { benchmark: ELSA })).toMatchObject({
      improvement: '1.8',
      words: `UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 ${WINDOW}, less 0.2 to be expected without the service (ELSA)`,
    });
    expect(sixMonths([BASE], { benchmark: ELSA })).toMatchObject({
      improvement: null,
      words: `No UCLA measurement at 6 months ${WINDOW}`,
    });
  });

  it('rises for the better on other scales', () => {
    const metric = { ...UCLA, instrument: 'wemwbs' };
    const scores = [score('baseline', '2015-06-02', '40'), score('6m', '2015-12-10', '45')];
    expect(sixMonths(scores, { metric })).toMatchObject({ improvement: '5' });
  });

  it('is not due while the window is open and holds nothing', () => {
    expect(sixMonths([BASE], { before: '2016-01-03' })).toBeNull();
    expect(sixMonths([BASE], { before: '2016-01-04' })).toMatchObject({
      reason: 'missed',
      on: '2016-01-03',
    });
    expect(sixMonths([BASE, SIX], { before: '2016-01-03' })).toMatchObject({ on: '2015-12-10' });
  });

  it('rests on the measurements that there are', () => {
    expect(sixMonths([BASE, SIX])!.evidence).toEqual(['ucla/baseline#1', 'ucla/6m#1']);
    expect(sixMonths([BASE])!.evidence).toEqual(['ucla/baseline#1']);
    expect(sixMonths([SIX])!.evidence).toEqual(['ucla/6m#1']);
  });
});
