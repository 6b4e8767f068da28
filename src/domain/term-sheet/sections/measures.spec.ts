import { inForce } from '../../../../test/support/record.builder.js';
import { saidIn } from '../../../../test/support/section.reader.js';
import { trialTerms } from '../../../../test/support/trial-terms.js';
import { measuresSection } from './measures.js';

const UCLA = trialTerms().metrics[0]!;
const saidOf = (...metrics: object[]) => {
  const [heading, ...said] = saidIn(measuresSection(inForce({ metrics }).terms));
  expect(heading).toBe('What is measured');
  return said;
};

describe('a score that is measured', () => {
  it('is said with its instrument, bounds, direction and time points', () => {
    expect(saidOf(UCLA)).toEqual([
      'UCLA (ucla): UCLA three-item loneliness scale, 3 to 9, lower is better.',
      'Others are compared with baseline. Where a window holds more than one measurement, ' +
        'the first counts. A measurement outside its window is kept and does not count.',
      'Time point | Target | Window',
      'Baseline | the start | 28 days before to 14 days after',
      '6 months | 6 months after the start | 30 days before to 30 days after',
    ]);
  });

  it.each([
    ['last', 'the last counts'],
    ['nearest', 'the one nearest to the target day counts'],
  ])('where the %s counts, and outside its window too', (choose, which) => {
    expect(saidOf({ ...UCLA, choose, outsideWindow: 'pay' })[1]).toBe(
      `Others are compared with baseline. Where a window holds more than one measurement, ${which}. ` +
        'A measurement outside its window is flagged and counts all the same.',
    );
  });

  it('on an instrument where more is better, of its converted scores', () => {
    expect(
      saidOf({ ...UCLA, id: 'wellbeing', label: 'Well-being', instrument: 'swemwbs' })[0],
    ).toBe(
      'Well-being (wellbeing): SWEMWBS mental well-being scale (converted), 7 to 35, higher is better.',
    );
  });

  it('within a window of a day, or of one day before and after', () => {
    const point = (months: number, opensDays: number, closesDays: number) => ({
      id: `m${months}`,
      label: `Month ${months}`,
      months,
      opensDays,
      closesDays,
    });
    const timePoints = [point(0, 0, 0), point(1, -1, 1), point(2, -7, -2)];
    expect(saidOf({ ...UCLA, timePoints, baseline: 'm0' }).slice(2)).toEqual([
      'Time point | Target | Window',
      'Month 0 | the start | the day itself to the day itself',
      'Month 1 | 1 month after the start | 1 day before to 1 day after',
      'Month 2 | 2 months after the start | 7 days before to 2 days before',
    ]);
  });
});

describe('what is measured beside scores', () => {
  const job = {
    id: 'job',
    kind: 'event',
    label: 'A job',
    paid: true,
    definition: 'Work of 16 hours a week.',
    evidence: ['Letter of the employer', 'Payslip'],
  };
  const visits = {
    id: 'visits',
    kind: 'rate',
    label: 'Visits',
    paid: true,
    grain: 'quarter',
    definitions: [
      { version: '2015', from: '2015-04-01', numerator: 'Visits made.', denominator: 'Mothers' },
      { version: '2016', from: '2016-04-01', numerator: 'Visits kept', denominator: 'Mothers. ' },
    ],
  };

  it.each<[string, object, string[]]>([
    [
      'an event',
      job,
      [
        'A job (job), an event: Work of 16 hours a week. ' +
          'Evidence: Letter of the employer; Payslip.',
      ],
    ],
    [
      'an event that is not paid for, whose author wrote no full stop',
      { ...job, paid: false, definition: 'Work of 7.5 hours a day', evidence: ['Payslip'] },
      [
        'A job (job), an event: Work of 7.5 hours a day. Evidence: Payslip. ' +
          'It is tracked and not paid for.',
      ],
    ],
    [
      'a spell',
      { ...job, id: 'home', kind: 'spell', label: 'A home', definition: 'A tenancy.  ' },
      [
        'A home (home), a spell from one day to another: A tenancy. ' +
          'Evidence: Letter of the employer; Payslip.',
      ],
    ],
    [
      'a rate, by every definition that it has had',
      visits,
      [
        'Visits (visits), a rate submitted for each quarter.',
        'Definition 2015, from 1 April 2015: Visits made, of Mothers.',
        'Definition 2016, from 1 April 2016: Visits kept, of Mothers.',
      ],
    ],
    [
      'a rate of groups that are counted apart',
      { ...visits, grain: 'year', groups: ['poor', 'rich'], paid: false },
      [
        'Visits (visits), a rate submitted for each year, apart for poor, rich. ' +
          'It is tracked and not paid for.',
        'Definition 2015, from 1 April 2015: Visits made, of Mothers.',
        'Definition 2016, from 1 April 2016: Visits kept, of Mothers.',
      ],
    ],
    [
      'a result that somebody signs',
      {
        id: 'reconvictions',
        kind: 'effect',
        label: 'Reconvictions',
        paid: true,
        unit: 'percent',
        method: 'Matched by propensity',
        evaluator: 'university',
      },
      [
        'Reconvictions (reconvictions), a result that university works out and signs: ' +
          'Matched by propensity.',
      ],
    ],
  ])('%s', (_what, metric, said) => expect(saidOf(metric)).toEqual(said));
});
