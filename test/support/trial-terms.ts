/** Terms that can be brought into force: £660 a point on the three-item scale, six months after the start. */
export function trialTerms(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    format: 'outturn-terms/1',
    code: 'trial',
    title: 'Trial contract',
    standing: 'illustrative',
    currency: 'GBP',
    effective: { from: '2015-04-01', to: '2018-01-01' },
    unitKind: 'person',
    parties: [
      { id: 'council', name: 'The council', role: 'commissioner' },
      { id: 'fund', name: 'The national fund', role: 'top-up-fund' },
      { id: 'charity', name: 'The charity', role: 'provider' },
      { id: 'university', name: 'The university', role: 'verifier' },
      { id: 'investors', name: 'The investors', role: 'investor' },
    ],
    population: {
      description: 'Lonely people of 50 or over.',
      maximum: 1000,
      attributes: { age: { type: 'number', label: 'Age at the start', min: 18, max: 115 } },
      eligibility: { all: [{ attribute: 'age', min: 50 }] },
    },
    cohorts: [{ id: 'all', label: 'Everybody', opensOn: '2015-04-01', closesOn: '2016-12-31' }],
    metrics: [
      {
        id: 'ucla',
        kind: 'score',
        label: 'UCLA',
        paid: true,
        instrument: 'ucla-3',
        baseline: 'baseline',
        timePoints: [
          { id: 'baseline', label: 'Baseline', months: 0, opensDays: -28, closesDays: 14 },
          { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 },
        ],
        choose: 'first',
        outsideWindow: 'refuse',
      },
    ],
    comparison: {
      method: 'own-baseline',
      deadweightPercent: '0%',
      benchmark: { source: 'English Longitudinal Study of Ageing', use: 'shown' },
      note: 'Each person is compared with their own baseline.',
    },
    clauses: [
      {
        id: '4.1',
        title: 'Reduction of loneliness',
        rule: {
          type: 'R4',
          metric: 'ucla',
          rate: '660.00',
          count: 'floored',
          timePoints: ['6m'],
          waves: 'independent',
        },
        modifiers: [],
        verifiedBy: 'university',
      },
    ],
    caps: [{ id: 'limit', scope: 'contract', amount: '1000000.00' }],
    split: {
      type: 'S1',
      shares: [
        { payer: 'council', share: '3/5' },
        { payer: 'fund', share: '2/5' },
      ],
    },
    periods: { type: 'quarters', from: '2015-04-01' },
    plan: [{ period: '2015-Q4', outcomes: 2, amount: '1320.00' }],
    review: { days: 20, samplePercent: 5 },
    rounding: {
      mode: 'half-up',
      stage: 'line',
      remainder: 'largest-remainder',
      months: 'corresponding-date',
    },
    ...changes,
  };
}
