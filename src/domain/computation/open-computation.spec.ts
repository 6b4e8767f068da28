import { civilDate } from '../calendar/civil-date.js';
import { parseTerms } from '../contract-terms/parse.js';
import { activationProblems } from '../contract-terms/activation/activation-problems.js';
import type { TermsInForce } from '../contract-terms/terms-in-force.js';
import { parseFraction } from '../money/fraction.js';
import { EMPTY_RECORD } from '../outcomes/contract-record.js';
import type { Observation, ParticipantFacts } from '../outcomes/participant-facts.js';
import { onlyReading } from '../../../test/support/record.builder.js';
import type { CapUse } from './caps.js';
import { LineDigest } from './digest.js';
import type { PaymentLine, PostedLine } from './payment-line.js';

const document = {
  format: 'outturn-terms/1',
  code: 'loneliness',
  title: 'Loneliness',
  standing: 'illustrative',
  currency: 'GBP',
  effective: { from: '2015-04-01', to: '2020-04-01' },
  unitKind: 'person',
  parties: [
    { id: 'age-uk', name: 'Age UK', role: 'provider' },
    { id: 'nhs', name: 'NHS', role: 'commissioner' },
    { id: 'council', name: 'Council', role: 'commissioner' },
  ],
  population: { description: 'Older people', maximum: 3000 },
  cohorts: [{ id: 'main', label: 'Main', opensOn: '2015-04-01', closesOn: '2018-03-31' }],
  metrics: [
    {
      id: 'ucla',
      kind: 'score',
      label: 'UCLA',
      paid: true,
      instrument: 'ucla-3',
      baseline: 'baseline',
      choose: 'first',
      outsideWindow: 'refuse',
      timePoints: [
        { id: 'baseline', label: 'the start', months: 0, opensDays: -28, closesDays: 14 },
        { id: '6m', label: '6 months', months: 6, opensDays: -30, closesDays: 30 },
        { id: '18m', label: '18 months', months: 18, opensDays: -45, closesDays: 45 },
      ],
    },
  ],
  comparison: { method: 'own-baseline', deadweightPercent: '0%' },
  clauses: [
    {
      id: '4.1',
      title: 'Loneliness reduced',
      rule: {
        type: 'R4',
        metric: 'ucla',
        rate: '660.00',
        count: 'floored',
        timePoints: ['6m', '18m'],
        waves: 'increment',
      },
      verifiedBy: 'council',
    },
  ],
  caps: [] as unknown[],
  split: {
    type: 'S1',
    shares: [
      { payer: 'nhs', share: '445/720' },
      { payer: 'council', share: '275/720' },
    ],
  },
  periods: { type: 'quarters', from: '2015-04-01' },
  review: { days: 20, samplePercent: 10 },
  rounding: {},
};

const version = (change: object = {}): TermsInForce => ({
  number: 1,
  effectiveFrom: civilDate('2015-04-01'),
  terms: parseTerms({ ...document, ...change }),
  recordedSeq: 1n,
});

const score = (occurrence: string, measuredOn: string, value: string, v = 1): Observation => ({
  metric: 'ucla',
  occurrence,
  version: v,
  measuredOn: civilDate(measuredOn),
  endedOn: null,
  status: 'recorded',
  value: parseFraction(value),
});

const person = (reference: string, ...observations: Observation[]): ParticipantFacts => ({
  reference,
  cohort: 'main',
  startedOn: civilDate('2015-06-04'),
  exitedOn: null,
  attributes: {},
  exceptionApproved: false,
  observations,
});

const quarter = (id: string, from: string, to: string) => ({
  id,
  from: civilDate(from),
  to: civilDate(to),
});
const Q3 = quarter('2015-Q4', '2015-10-01', '2016-01-01');
const LATER = quarter('2016-Q4', '2016-10-01', '2017-04-01');

const posted = (line: PaymentLine, reference: string): PostedLine => ({ ...line, reference });
const total = (lines: readonly PaymentLine[]) =>
  lines.reduce((sum, line) => sum + line.amountMinor, 0n);

function compute(
  facts: ParticipantFacts,
  period = Q3,
  before: PostedLine[] = [],
  change: object = {},
  capUse: CapUse = new Map(),
) {
  return onlyReading({
    versions: [version(change)],
    period,
    capUse,
    reckonedUntil: null,
    record: EMPTY_RECORD,
  }).participant(facts, before);
}

describe('a computation', () => {
  it('explains a payment in the sentence that the engine document gives', () => {
    const [line, ...rest] = compute(
      person('P-1', score('baseline', '2015-06-02', '8'), score('6m', '2015-12-10', '6')),
    );
    expect(rest).toEqual([]);
    expect(line).toMatchObject({
      kind: 'payment',
      amountMinor: 132000n,
      reason: null,
      evidence: ['ucla/baseline#1', 'ucla/6m#1'],
    });
    expect(line!.explanation).toBe(
      'UCLA fell from 8 to 6 between 2015-06-02 and 2015-12-10 (window 2015-11-04 to 2016-01-03): 2 points at £660.00 = £1,320.00 (clause 4.1).',
    );
    expect([...line!.parts]).toEqual([
      ['nhs', 81583n],
      ['council', 50417n],
    ]);
  });

  it.each([
    ['no baseline', [score('6m', '2015-12-10', '6')], 'no-baseline'],
    [
      'a baseline outside its window',
      [score('baseline', '2015-03-02', '8'), score('6m', '2015-12-10', '6')],
      'baseline-outside-window',
    ],
    [
      'a follow-up outside its window',
      [score('baseline', '2015-06-02', '8'), score('6m', '2015-11-03', '6')],
      'outside-window',
    ],
    [
      'no improvement',
      [score('baseline', '2015-06-02', '6'), score('6m', '2015-12-10', '6')],
      'not-improved',
    ],
    [
      'a worsened person',
      [score('baseline', '2015-06-02', '6'), score('6m', '2015-12-10', '9')],
      'not-improved',
    ],
  ])('keeps a nil line for %s', (_name, observations, reason) => {
    const lines = compute(person('P-1', ...observations));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ kind: 'refusal', amountMinor: 0n, reason });
  });

  it('says that a window closed without a measurement only once it has closed', () => {
    const facts = person('P-1', score('baseline', '2015-06-02', '8'));
    expect(compute(facts)).toEqual([]);
    const [line] = compute(facts, quarter('2016-Q1', '2016-01-01', '2016-04-01'));
    expect(line).toMatchObject({
      kind: 'refusal',
      reason: 'missed',
      outcomeOn: '2016-01-03',
      occurrence: '6m',
    });
  });

  it('posts nothing when run again on the same facts', () => {
    const facts = person(
      'P-1',
      score('baseline', '2015-06-02', '8'),
      score('6m', '2015-12-10', '6'),
    );
    const [line] = compute(facts);
    expect(compute(facts, Q3, [posted(line!, 'loneliness.1.1')])).toEqual([]);
  });

  it('posts a correction as a true-up that names the line it corrects and returns the same pennies', () => {
    const [line] = compute(
      person('P-1', score('baseline', '2015-06-02', '8'), score('6m', '2015-12-10', '6')),
    );
    const corrected = person(
      'P-1',
      score('baseline', '2015-06-02', '8'),
      score('6m', '2015-12-10', '8', 2),
    );
    const [trueUp] = compute(corrected, Q3, [posted(line!, 'loneliness.1.1')]);
    expect(trueUp).toMatchObject({
      kind: 'true-up',
      revision: 2,
      amountMinor: -132000n,
      corrects: 'loneliness.1.1',
    });
    expect([...trueUp!.parts]).toEqual([
      ['nhs', -81583n],
      ['council', -50417n],
    ]);
    expect(trueUp!.explanation).toContain('Corrects line loneliness.1.1.');
    expect(trueUp!.explanation).toContain(
      '£1,320.00 was posted before, so -£1,320.00 is posted now',
    );
  });

  it('takes back a payment whose measurement was withdrawn', () => {
    const facts = person(
      'P-1',
      score('baseline', '2015-06-02', '8'),
      score('6m', '2015-12-10', '6'),
    );
    const [line] = compute(facts);
    const [trueUp] = compute(person('P-1', facts.observations[0]!), Q3, [
      posted(line!, 'loneliness.1.1'),
    ]);
    expect(trueUp).toMatchObject({ kind: 'true-up', amountMinor: -132000n, reason: 'withdrawn' });
  });

  it('pays a later wave only on what it adds', () => {
    const facts = person(
      'P-1',
      score('baseline', '2015-06-02', '8'),
      score('6m', '2015-12-10', '6'),
      score('18m', '2016-12-10', '7'),
    );
    const lines = compute(facts, LATER);
    expect(total(lines)).toBe(132000n);
    expect(lines.map((line) => line.reason)).toEqual([null, 'no-further-improvement']);
  });

  it('shows what a contract cap cut off, and never pays beyond it', () => {
    const caps = [{ id: 'contract', scope: 'contract', amount: '1000.00' }];
    const facts = person(
      'P-1',
      score('baseline', '2015-06-02', '8'),
      score('6m', '2015-12-10', '6'),
    );
    const capUse: CapUse = new Map();
    const computation = onlyReading({
      versions: [version({ caps })],
      period: Q3,
      capUse,
      reckonedUntil: null,
      record: EMPTY_RECORD,
    });
    const first = computation.participant(facts, []);
    expect(
      first.map(({ kind, amountMinor, withheldMinor }) => ({ kind, amountMinor, withheldMinor })),
    ).toEqual([
      { kind: 'payment', amountMinor: 100000n, withheldMinor: 0n },
      { kind: 'withheld', amountMinor: 0n, withheldMinor: 32000n },
    ]);
    const second = computation.participant({ ...facts, reference: 'P-2' }, []);
    expect(second).toHaveLength(1);
    expect(second[0]).toMatchObject({
      kind: 'refusal',
      amountMinor: 0n,
      reason: 'cap-reached',
      withheldMinor: 132000n,
    });
    expect(capUse.get('contract')).toBe(100000n);
  });

  it('cuts one payer by its own cap and leaves the others as they were', () => {
    const caps = [{ id: 'council', scope: 'payer', payer: 'council', amount: '100.00' }];
    const [line, withheld] = compute(
      person('P-1', score('baseline', '2015-06-02', '8'), score('6m', '2015-12-10', '6')),
      Q3,
      [],
      { caps },
    );
    expect([...line!.parts]).toEqual([
      ['nhs', 81583n],
      ['council', 10000n],
    ]);
    expect(line!.amountMinor).toBe(91583n);
    expect(withheld).toMatchObject({
      kind: 'withheld',
      withheldMinor: 40417n,
      reason: 'cap-reached',
    });
  });

  it('gives the same digest for the same facts', () => {
    const digest = () => {
      const running = new LineDigest();
      for (const line of compute(
        person('P-1', score('baseline', '2015-06-02', '8'), score('6m', '2015-12-10', '6')),
      ))
        running.add(line);
      return running.finish().toString('hex');
    };
    expect(digest()).toBe(digest());
  });
});

describe('activation', () => {
  it('accepts the whole document', () => {
    expect(activationProblems(parseTerms(document))).toEqual([]);
  });

  it('lists every missing and contradictory term at once, with its path', () => {
    const { comparison: _comparison, ...incomplete } = document;
    expect(activationProblems(incomplete as never).map(({ at, code }) => [at, code])).toEqual([
      ['/comparison', 'TERM_MISSING'],
    ]);
    const shares = {
      type: 'S1',
      shares: [
        { payer: 'nhs', share: '49.99%' },
        { payer: 'council', share: '50%' },
      ],
    };
    const backward = structuredClone(document);
    backward.metrics[0]!.timePoints[1] = {
      id: '6m',
      label: '6 months',
      months: 6,
      opensDays: 30,
      closesDays: -30,
    };
    backward.clauses[0]!.rule.rate = '-660.00';
    const problems = activationProblems(parseTerms({ ...backward, split: shares }));
    expect(problems.map(({ at, code }) => [at, code])).toEqual([
      ['/split/shares', 'SHARES_NOT_WHOLE'],
      ['/metrics/0/timePoints/1', 'WINDOW_BACKWARD'],
      ['/clauses/0/rule/rate', 'PRICE_NEGATIVE'],
    ]);
  });

  it('computes worked examples and refuses one that does not come out', () => {
    const observations = [
      { metric: 'ucla', occurrence: 'baseline', measuredOn: '2015-06-02', value: '8' },
      { metric: 'ucla', occurrence: '6m', measuredOn: '2015-12-10', value: '6' },
      { metric: 'ucla', occurrence: '18m', measuredOn: '2016-12-10', value: '7' },
    ];
    const withExample = (expect: string) => ({
      ...document,
      clauses: [
        {
          ...document.clauses[0],
          examples: [{ name: '8 then 6 then 7', startedOn: '2015-06-04', observations, expect }],
        },
      ],
    });
    expect(activationProblems(parseTerms(withExample('1320.00')))).toEqual([]);
    expect(activationProblems(parseTerms(withExample('1980.00')))).toMatchObject([
      { code: 'EXAMPLE_MISMATCH', at: '/clauses/0/examples/0' },
    ]);
  });
});
