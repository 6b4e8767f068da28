import type { SplitSubject, SplitSurroundings } from './payer-split.js';
import { splitOf, splitSchema, type SplitTerms } from './registry.js';

const HALF = [
  { payer: 'council', share: '1/2' },
  { payer: 'fund', share: '50%' },
];
const COUNCIL = [{ payer: 'council', share: '1' }];
const FUND = [{ payer: 'fund', share: '1' }];
const NHS = [{ payer: 'nhs', share: '1' }];

const ABOUT: SplitSubject = {
  clause: '4.1',
  metric: 'ucla',
  outcomeOn: '2016-01-01',
  attributes: { district: 'wyre' },
};
const AROUND: SplitSurroundings = {
  currency: 'GBP',
  metrics: ['ucla', 'job'],
  attributes: {
    district: { type: 'choice', label: 'District', values: ['wyre', 'malvern'] },
    age: { type: 'number', label: 'Age' },
  },
  clauses: new Map([
    ['4.1', 'participant'],
    ['5.1', 'cohort'],
  ]),
};

const partsOf = (
  terms: SplitTerms,
  amountMinor: bigint,
  about: Partial<SplitSubject> = {},
  rooms: Record<string, bigint> = {},
  carriedMinor = 0n,
) =>
  Object.fromEntries(
    splitOf(terms).open(terms)(amountMinor, { ...ABOUT, ...about }, (payer) => {
      const leftMinor = rooms[payer];
      return leftMinor === undefined ? null : { leftMinor, carriedMinor };
    }),
  );
const faultsOf = (terms: unknown) => {
  const read = splitSchema.parse(terms);
  return splitOf(read)
    .problems(read, AROUND)
    .map(({ at, code }) => [at, code]);
};
const sentencesOf = (terms: unknown) => {
  const read = splitSchema.parse(terms);
  return splitOf(read)
    .problems(read, AROUND)
    .map(({ detail }) => detail);
};

describe('S1, fixed shares', () => {
  it('splits £660.00 by 445 to 275', () =>
    expect(
      partsOf(
        {
          type: 'S1',
          shares: [
            { payer: 'health', share: '445/720' },
            { payer: 'care', share: '275/720' },
          ],
        },
        66_000n,
      ),
    ).toEqual({ health: 40_792n, care: 25_208n }));
  it('splits 7p by 60, 25 and 15 per cent', () =>
    expect(
      partsOf(
        {
          type: 'S1',
          shares: [
            { payer: 'a', share: '60%' },
            { payer: 'b', share: '25%' },
            { payer: 'c', share: '15%' },
          ],
        },
        7n,
      ),
    ).toEqual({ a: 4n, b: 2n, c: 1n }));
});

describe("S2, by the participant's home commissioner", () => {
  const terms: SplitTerms = {
    type: 'S2',
    attribute: 'district',
    homes: [{ is: 'wyre', shares: HALF }],
    others: NHS,
  };
  it.each<[string, SplitSubject['attributes'], object]>([
    ['a listed place', { district: 'wyre' }, { council: 50n, fund: 50n, nhs: 0n }],
    ['another place', { district: 'malvern' }, { council: 0n, fund: 0n, nhs: 100n }],
    ['a place not known', {}, { council: 0n, fund: 0n, nhs: 100n }],
    ['a whole cohort', null, { council: 0n, fund: 0n, nhs: 100n }],
  ])('%s', (_name, attributes, parts) =>
    expect(partsOf(terms, 100n, { attributes })).toEqual(parts),
  );
  it.each([
    [
      {
        homes: [
          { is: 'malvern', shares: HALF },
          { is: 'wyre', shares: HALF },
        ],
      },
      [],
    ],
    [{ attribute: 'age' }, [['/attribute', 'ATTRIBUTE_UNDECLARED']]],
    [{ attribute: 'ward' }, [['/attribute', 'ATTRIBUTE_UNDECLARED']]],
    [{ homes: [{ is: 'leeds', shares: HALF }] }, [['/homes/0/is', 'ANSWER_UNKNOWN']]],
    [
      {
        homes: [
          { is: 'wyre', shares: HALF },
          { is: 'wyre', shares: NHS },
        ],
      },
      [['/homes/1/is', 'NAMED_TWICE']],
    ],
    [
      { homes: [{ is: 'wyre', shares: [{ payer: 'council', share: '99.99%' }] }] },
      [['/homes/0/shares', 'SHARES_NOT_WHOLE']],
    ],
    [{ others: [{ payer: 'nhs', share: '2' }] }, [['/others/0/share', 'SHARE_NOT_A_PROPORTION']]],
    [{ others: [...HALF, { payer: 'fund', share: '0' }] }, [['/others/2/payer', 'PAYER_TWICE']]],
  ])('refuses %j', (change, faults) => expect(faultsOf({ ...terms, ...change })).toEqual(faults));
});

describe('S3, by metric', () => {
  const terms: SplitTerms = {
    type: 'S3',
    metrics: [{ metric: 'job', shares: FUND }],
    others: COUNCIL,
  };
  it.each([
    ['job', { fund: 100n, council: 0n }],
    ['ucla', { fund: 0n, council: 100n }],
  ])('%s', (metric, parts) => expect(partsOf(terms, 100n, { metric })).toEqual(parts));
  it('refuses a metric that is unknown or named twice', () =>
    expect(
      faultsOf({
        ...terms,
        metrics: ['flat', 'job', 'job'].map((metric) => ({ metric, shares: FUND })),
      }),
    ).toEqual([
      ['/metrics/0/metric', 'METRIC_UNKNOWN'],
      ['/metrics/2/metric', 'NAMED_TWICE'],
    ]));
});

describe('S4, by phase', () => {
  const terms: SplitTerms = {
    type: 'S4',
    first: FUND,
    then: [
      { from: '2016-01-01', shares: HALF },
      { from: '2017-01-01', shares: COUNCIL },
    ] as Extract<SplitTerms, { type: 'S4' }>['then'],
  };
  it.each([
    ['2015-12-31', { fund: 100n, council: 0n }],
    ['2016-01-01', { fund: 50n, council: 50n }],
    ['2016-12-31', { fund: 50n, council: 50n }],
    ['2017-01-01', { fund: 0n, council: 100n }],
  ])('an outcome of %s', (outcomeOn, parts) =>
    expect(partsOf(terms, 100n, { outcomeOn })).toEqual(parts),
  );
  it('accepts phases by date', () => expect(faultsOf(terms)).toEqual([]));
  it('refuses phases out of order', () =>
    expect(faultsOf({ ...terms, then: [...terms.then].reverse() })).toEqual([
      ['/then/1/from', 'PHASES_OUT_OF_ORDER'],
    ]));
  it('refuses two phases from one day', () =>
    expect(faultsOf({ ...terms, then: [terms.then[0], terms.then[0]] })).toEqual([
      ['/then/1/from', 'PHASES_OUT_OF_ORDER'],
    ]));
});

describe('S5, limited, then the next payer', () => {
  const terms: SplitTerms = {
    type: 'S5',
    shares: HALF,
    limits: [{ payer: 'fund', amount: '100.00', then: 'council' }],
  };
  it.each([
    [100n, { council: 50n, fund: 50n }],
    [50n, { council: 50n, fund: 50n }],
    [49n, { council: 51n, fund: 49n }],
    [0n, { council: 100n, fund: 0n }],
    [-20n, { council: 100n, fund: 0n }],
  ])('%d p of room left', (fund, parts) =>
    expect(partsOf(terms, 100n, {}, { fund })).toEqual(parts),
  );
  it('leaves a reduction as the shares have it', () =>
    expect(partsOf(terms, -100n, {}, { fund: 0n })).toEqual({ council: -50n, fund: -50n }));
  it('leaves a reduction as the shares have it though more than the limit has been carried', () =>
    expect(partsOf(terms, -100n, {}, { fund: -70n })).toEqual({ council: -50n, fund: -50n }));
  it('lets a payer that has carried more than its limit carry nothing further', () =>
    expect(partsOf(terms, 100n, {}, { fund: -70n })).toEqual({ council: 100n, fund: 0n }));
  it.each([
    [-70n, -30n, { council: 130n, fund: -30n }],
    [-20n, -30n, { council: 120n, fund: -20n }],
    [-70n, 30n, { council: 100n, fund: 0n }],
    [10n, -30n, { council: 90n, fund: 10n }],
  ])(
    'does not ask again for what it gave back while others are beyond the limit: %d p left, %d p carried',
    (fund, carried, parts) => expect(partsOf(terms, 100n, {}, { fund }, carried)).toEqual(parts),
  );
  it('nor where the line comes to nothing again', () =>
    expect(partsOf(terms, 0n, {}, { fund: -40n }, -30n)).toEqual({ council: 30n, fund: -30n }));
  it('divides by shares alone where no limit is in force', () =>
    expect(partsOf(terms, 100n)).toEqual({ council: 50n, fund: 50n }));
  it('hands on from one limited payer to the next', () =>
    expect(
      partsOf(
        {
          ...terms,
          limits: [
            { payer: 'fund', amount: '1.00', then: 'nhs' },
            { payer: 'nhs', amount: '1.00', then: 'council' },
          ],
        },
        100n,
        {},
        { fund: 10n, nhs: 15n },
      ),
    ).toEqual({ council: 75n, fund: 10n, nhs: 15n }));
  it.each([
    [[{ payer: 'nhs', amount: '1.00', then: 'council' }], [['/limits/0/payer', 'PAYER_UNKNOWN']]],
    [[{ payer: 'fund', amount: '-1.00', then: 'council' }], [['/limits/0/amount', 'CAP_NEGATIVE']]],
    [[{ payer: 'fund', amount: '1.00', then: 'fund' }], [['/limits/0/then', 'LIMIT_IN_A_CIRCLE']]],
    [
      [
        { payer: 'fund', amount: '1.00', then: 'council' },
        { payer: 'council', amount: '1.00', then: 'fund' },
      ],
      [['/limits/1/then', 'LIMIT_IN_A_CIRCLE']],
    ],
    [
      [
        { payer: 'fund', amount: '1.00', then: 'council' },
        { payer: 'fund', amount: '2.00', then: 'council' },
      ],
      [['/limits/1/payer', 'PAYER_TWICE']],
    ],
    [
      [
        { payer: 'fund', amount: '1.00', then: 'council' },
        { payer: 'nhs', amount: '1.00', then: 'council' },
      ],
      [['/limits/1/payer', 'PAYER_UNKNOWN']],
    ],
  ])('refuses %j', (limits, faults) => expect(faultsOf({ ...terms, limits })).toEqual(faults));
  it('may limit who takes over, once it takes over', () => {
    const chain = [
      { payer: 'fund', amount: '1.00', then: 'nhs' },
      { payer: 'nhs', amount: '1.00', then: 'council' },
    ];
    expect(faultsOf({ ...terms, limits: chain })).toEqual([]);
    expect(faultsOf({ ...terms, limits: [...chain].reverse() })).toEqual([
      ['/limits/0/payer', 'PAYER_UNKNOWN'],
      ['/limits/1/then', 'LIMIT_IN_A_CIRCLE'],
    ]);
  });
});

describe('S6, payers with clauses of their own', () => {
  const terms: SplitTerms = {
    type: 'S6',
    sets: [
      { clauses: ['4.1'], shares: COUNCIL },
      { clauses: ['5.1'], shares: FUND },
    ],
  };
  it.each([
    ['4.1', { council: 100n, fund: 0n }],
    ['5.1', { council: 0n, fund: 100n }],
  ])('clause %s', (clause, parts) => expect(partsOf(terms, 100n, { clause })).toEqual(parts));
  it.each([
    [[{ clauses: ['4.1'], shares: COUNCIL }], [['/sets', 'CLAUSE_WITHOUT_PAYER']]],
    [
      [{ clauses: ['4.1', '5.1', '9'], shares: COUNCIL }],
      [['/sets/0/clauses/2', 'CLAUSE_UNKNOWN']],
    ],
    [[{ clauses: ['4.1', '5.1', '4.1'], shares: COUNCIL }], [['/sets/0/clauses/2', 'NAMED_TWICE']]],
  ])('refuses %j', (sets, faults) => expect(faultsOf({ type: 'S6', sets })).toEqual(faults));
});

const TOO_MUCH = [{ payer: 'nhs', share: '3/2' }];

describe('every split', () => {
  const terms = {
    S1: { type: 'S1', shares: HALF },
    S2: {
      type: 'S2',
      attribute: 'district',
      homes: [
        { is: 'wyre', shares: HALF },
        { is: 'malvern', shares: COUNCIL },
      ],
      others: NHS,
    },
    S3: { type: 'S3', metrics: [{ metric: 'job', shares: FUND }], others: COUNCIL },
    S4: { type: 'S4', first: FUND, then: [{ from: '2016-01-01', shares: HALF }] },
    S5: {
      type: 'S5',
      shares: HALF,
      limits: [{ payer: 'fund', amount: '100.00', then: 'council' }],
    },
    S6: {
      type: 'S6',
      sets: [
        { clauses: ['4.1', '5.1'], shares: COUNCIL },
        { clauses: ['6.1'], shares: HALF },
      ],
    },
  };
  it.each([
    ['S1', 'council 1/2, fund 50%'],
    ['S2', 'district wyre: council 1/2, fund 50%; district malvern: council 1; otherwise nhs 1'],
    ['S3', 'job: fund 1; everything else: council 1'],
    ['S4', 'first fund 1; for outcomes from 1 January 2016 council 1/2, fund 50%'],
    ['S5', 'council 1/2, fund 50%; fund at most 100.00, then council'],
    ['S6', 'clauses 4.1, 5.1: council 1; clauses 6.1: council 1/2, fund 50%'],
  ] as const)('%s can be read aloud', (type, words) => {
    const read = splitSchema.parse(terms[type]);
    expect(splitOf(read).inWords(read)).toBe(words);
  });

  it.each([
    ['S1', []],
    ['S4', []],
    ['S5', [{ payer: 'fund', amount: '100.00' }]],
    ['S6', []],
  ] as const)('%s tells whose part it limits', (type, limits) => {
    const read = splitSchema.parse(terms[type]);
    expect(splitOf(read).limits(read)).toEqual(limits);
  });

  it.each<[string, object, string]>([
    ['S1', { shares: TOO_MUCH }, '/shares/0/share'],
    ['S2', { others: TOO_MUCH }, '/others/0/share'],
    ['S3', { metrics: [{ metric: 'job', shares: TOO_MUCH }] }, '/metrics/0/shares/0/share'],
    ['S3', { others: TOO_MUCH }, '/others/0/share'],
    ['S4', { first: TOO_MUCH }, '/first/0/share'],
    ['S4', { then: [{ from: '2016-01-01', shares: TOO_MUCH }] }, '/then/0/shares/0/share'],
    ['S5', { shares: [...HALF, ...TOO_MUCH] }, '/shares/2/share'],
    ['S6', { sets: [{ clauses: ['4.1', '5.1'], shares: TOO_MUCH }] }, '/sets/0/shares/0/share'],
  ])('%s says where a share is no proportion', (type, change, at) =>
    expect(faultsOf({ ...terms[type as 'S1'], ...change })).toEqual([
      [at, 'SHARE_NOT_A_PROPORTION'],
    ]),
  );

  it.each<[string, object, string[]]>([
    ['S1', { shares: TOO_MUCH }, ['"3/2" is not a share from 0 to 1. Write 445/720, 25% or 0.25.']],
    [
      'S1',
      { shares: [...HALF, { payer: 'fund', share: '1/4' }] },
      [
        'The shares sum to 1.25, not to 1. Change one so that they are whole.',
        '"fund" has a share already.',
      ],
    ],
    [
      'S2',
      { attribute: 'age' },
      ['"age" is not a declared choice. Declare it among the attributes of the population.'],
    ],
    [
      'S2',
      {
        homes: [
          { is: 'leeds', shares: HALF },
          { is: 'wyre', shares: HALF },
          { is: 'wyre', shares: HALF },
        ],
      },
      ['"leeds" is not a choice of "district".', '"wyre" stands twice. Keep one of them.'],
    ],
    [
      'S3',
      { metrics: ['flat', 'job', 'job'].map((metric) => ({ metric, shares: FUND })) },
      ['There is no metric "flat".', 'Metric "job" stands twice. Keep one of them.'],
    ],
    [
      'S4',
      { then: ['2016-01-01', '2015-01-01'].map((from) => ({ from, shares: FUND })) },
      ['This phase begins on 2015-01-01, not after the one before it. List phases by date.'],
    ],
    [
      'S5',
      {
        limits: [
          { payer: 'nhs', amount: '1.00', then: 'council' },
          { payer: 'fund', amount: '1.00', then: 'council' },
          { payer: 'fund', amount: '1.00', then: 'nhs' },
        ],
      },
      [
        '"nhs" carries no share that could be limited.',
        '"fund" has a limit already. Keep one of them.',
        '"nhs" is limited itself by then and cannot carry the rest. Name another payer, or list its limit below.',
      ],
    ],
    [
      'S6',
      { sets: [{ clauses: ['9', '8', '8'], shares: FUND }] },
      [
        'There is no clause "9".',
        'There is no clause "8".',
        'There is no clause "8".',
        'Nobody pays for clause 4.1, 5.1. Put it into a set.',
      ],
    ],
    [
      'S6',
      { sets: [{ clauses: ['4.1', '5.1', '5.1'], shares: FUND }] },
      ['Clause 5.1 has its payers already.'],
    ],
  ])('%s says in a sentence what is wrong', (type, change, sentences) =>
    expect(sentencesOf({ ...terms[type as 'S1'], ...change })).toEqual(sentences),
  );
});
