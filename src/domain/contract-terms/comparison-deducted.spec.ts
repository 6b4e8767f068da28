import {
  ContractRecord,
  event,
  inForce,
  perEventTerms,
  perPointTerms,
  period,
  score,
  somebody,
} from '../../../test/support/record.builder.js';

const YEAR = period('y', '2015-04-01', '2017-04-01');
const compute = (terms: object, ...seen: ReturnType<typeof score>[]) =>
  new ContractRecord().compute([inForce(terms)], YEAR, [somebody(seen)]);

const BASELINE = score('baseline', '2015-06-02', '8');
const figure = (timePoint: string, improvement: string, from = '2015-04-01') => ({
  metric: 'ucla',
  timePoint,
  from,
  improvement,
});
const deducted = (...figures: object[]) => ({
  comparison: {
    method: 'external-benchmark',
    deadweightPercent: '0%',
    benchmark: { source: 'ELSA', use: 'deducted', figures },
  },
});

describe('the deadweight of the comparison', () => {
  const comparison = { method: 'none-for-events', deadweightPercent: '15%' };
  const jobAnd = (clauses: object[], modifiers: object[] = []) => {
    const of = perEventTerms({ comparison }, modifiers);
    return { ...of, clauses: [of.clauses[0], ...clauses] };
  };
  const fee = {
    id: 'F',
    title: 'Fee',
    rule: {
      type: 'R12',
      schedule: { by: 'participant', label: 'Fee', amount: '50.00', when: 'start' },
    },
    verifiedBy: 'university',
  };
  const job = event('job', 'j', '2015-08-01');
  const amounts = (terms: object) =>
    compute(terms, job).map(({ clause, amountMinor }) => [clause, amountMinor]);

  it('is deducted from outcomes, and not from fees', () => {
    expect(amounts(jobAnd([fee]))).toEqual(
      expect.arrayContaining([
        ['1', 8500n],
        ['F', 5000n],
      ]),
    );
  });

  it('is not deducted where the clause says its own', () => {
    const own = { type: 'M5', percent: '50%', groups: [] };
    expect(amounts(jobAnd([], [own]))).toEqual([['1', 5000n]]);
  });

  it('is deducted before every other step', () => {
    const cap = { type: 'M3', amount: '90.00' };
    expect(
      compute(jobAnd([], [cap]), job)[0]!.steps.map(({ step, after }) => [step, after]),
    ).toEqual([
      ['R1', '10000'],
      ['M5', '8500'],
    ]);
  });
});

describe('a benchmark that is deducted', () => {
  const six = score('6m', '2015-12-10', '6');

  it('is taken off the improvement, and said in the sentence and as a step', () => {
    const [line] = compute(
      perPointTerms({}, deducted(figure('6m', '0.2'), figure('18m', '0.5'))),
      BASELINE,
      six,
    );
    expect(line).toMatchObject({
      amountMinor: 118800n,
      explanation:
        'UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 (window 2015-11-04 to 2016-01-03), ' +
        'less 0.2 to be expected without the service (ELSA): 1.8 points at £660.00 = £1,188.00 (clause 4.1).',
    });
    expect(line!.steps[0]).toEqual({
      step: 'benchmark',
      before: '132000',
      after: '118800',
      why: '0.2 points were to be expected without the service (ELSA)',
    });
  });

  it.each<[string, object[], bigint[]]>([
    ['more than the improvement', [figure('6m', '2'), figure('18m', '2')], [0n, 66000n]],
    ['worse to be expected', [figure('6m', '-0.5'), figure('18m', '0')], [165000n, 33000n]],
    [
      'a later figure, in force on the day',
      [figure('6m', '0'), figure('6m', '1', '2015-12-10'), figure('18m', '0')],
      [66000n, 132000n],
    ],
    [
      'a later figure, in force the day after',
      [figure('6m', '0'), figure('6m', '1', '2015-12-11'), figure('18m', '0')],
      [132000n, 66000n],
    ],
  ])('%s', (_name, figures, amounts) => {
    const terms = perPointTerms({}, deducted(...figures));
    const eighteen = score('18m', '2016-12-10', '5');
    expect(compute(terms, BASELINE, six, eighteen).map((l) => l.amountMinor)).toEqual(amounts);
  });

  it('counts towards a threshold', () => {
    const rule = {
      type: 'R3',
      metric: 'ucla',
      price: '500.00',
      threshold: { kind: 'change', points: '2' },
      timePoints: ['6m'],
      waves: 'independent',
    };
    const of = perPointTerms({}, deducted(figure('6m', '0.2'), figure('18m', '0.2')));
    const terms = { ...of, clauses: [{ ...of.clauses[0], rule }] };
    const [line] = compute(terms, BASELINE, six);
    expect(line).toMatchObject({ amountMinor: 0n, reason: 'not-reached' });
    expect(line!.steps[0]).toMatchObject({ step: 'benchmark', before: '50000', after: '0' });
  });

  it('changes nothing where it is only shown', () => {
    const { comparison } = deducted(figure('6m', '0.2'));
    const shown = {
      comparison: { ...comparison, benchmark: { ...comparison.benchmark, use: 'shown' } },
    };
    expect(compute(perPointTerms({}, shown), BASELINE, six)[0]!.amountMinor).toBe(132000n);
  });
});
