import { aRate } from '../../../test/support/figures.builder.js';
import { inForce } from '../../../test/support/record.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { civilDate } from '../calendar/civil-date.js';
import type { RateMetric } from '../outcomes/metric.js';
import { metricsOf } from './metrics-of.js';

const definition = (version: string, from: string) => ({
  version,
  from: civilDate(from),
  numerator: 'Visits',
  denominator: 'Births',
});
const edition = (number: number, ...rates: readonly RateMetric[]) =>
  inForce({ metrics: [...trialTerms().metrics, ...rates] }, `201${4 + number}-04-01`, number);

describe('the metrics that a contract records', () => {
  it('keep what an amendment left out, so that it can still be corrected', () => {
    const first = aRate({
      definitions: [definition('2015', '2015-04-01')],
      groups: ['all', 'old'],
    });
    const second = aRate({ definitions: [definition('2016', '2016-04-01')], label: 'On time' });
    const [, rate] = metricsOf([edition(1, first), edition(2, second)]);
    expect(rate).toEqual({
      ...second,
      definitions: [definition('2015', '2015-04-01'), definition('2016', '2016-04-01')],
      groups: ['all', 'old'],
    });
  });

  it('are defined as the later edition says', () => {
    const first = aRate({ definitions: [definition('2015', '2015-04-01')] });
    const second = aRate({ definitions: [definition('2015', '2015-07-01')], bounded: false });
    expect(metricsOf([edition(1, first), edition(2, second)])[1]).toEqual(second);
  });

  it('stay when an amendment drops them', () =>
    expect(metricsOf([edition(1, aRate()), edition(2)]).map(({ id }) => id)).toEqual([
      'ucla',
      'on-time',
    ]));
});
