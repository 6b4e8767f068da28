import { aRate } from '../../../test/support/figures.builder.js';
import { UCLA } from '../../../test/support/ucla.metric.js';
import type { Metric } from '../../domain/outcomes/metric.js';
import { measurementColumns } from './measurement-columns.js';

const base = { label: 'X', paid: true, definition: 'It happened.', evidence: ['a letter'] };
const job: Metric = { ...base, id: 'job', kind: 'event' };
const tenancy: Metric = { ...base, id: 'tenancy', kind: 'spell' };
const SCORES = [UCLA];
const EVENTS = [job, tenancy];
const BOTH = [UCLA, job];

describe('a heading of measurements', () => {
  it.each<[string, readonly Metric[], string, string]>([
    ['scores', SCORES, 'time_point,score', ''],
    ['scores taken back or declined', SCORES, 'time_point,status', ''],
    ['answers', SCORES, 'time_point,item:left_out', ''],
    ['scores without time points', SCORES, 'score', 'time_point'],
    ['time points without scores', SCORES, 'time_point,mode,note', 'score'],
    ['nothing where scores are recorded', SCORES, '', 'time_point,score'],
    ['events where only scores are recorded', SCORES, 'event', 'time_point,score'],
    ['events', EVENTS, 'event', ''],
    ['spells', [tenancy], 'event,ended_on', ''],
    ['events without references', EVENTS, 'status', 'event'],
    ['spells without references', [tenancy], 'ended_on', 'event'],
    ['scores where only events are recorded', EVENTS, 'time_point,score', 'event'],
    ['scores of both', BOTH, 'time_point,score', ''],
    ['events of both', BOTH, 'event', ''],
    ['events of both, with an end', BOTH, 'event,ended_on,score', ''],
    ['scores of both without time points', BOTH, 'score', 'time_point'],
    ['answers of both without time points', BOTH, 'item:left_out', 'time_point'],
    ['time points of both without scores', BOTH, 'time_point', 'score'],
    ['spells of both without references', BOTH, 'ended_on', 'event'],
    ['nothing where both are recorded', BOTH, 'note', 'time_point,score,event'],
    ['nothing where only figures are recorded', [aRate()], '', ''],
  ])('of %s', (_, metrics, columns, lacking) => {
    const names = ['reference', 'metric', 'measured_on', ...columns.split(',')];
    const needed = measurementColumns(metrics).needed?.(names) ?? [];
    expect(needed.map(({ column }) => column).join()).toBe(lacking);
  });

  it('says of which files a column is where both are recorded and the heading does not tell', () => {
    const needed = measurementColumns(BOTH).needed?.(['reference', 'metric', 'measured_on']) ?? [];
    expect(needed.map(({ why }) => why)).toEqual([
      'It says at which time point each score was taken. A file of events or spells can be without it.',
      'It holds the scores; a column for each answer ("item:...") would do as well. A file of events or spells can be without it.',
      'It holds the reference of each event or spell. A file of scores can be without it.',
    ]);
  });
});
