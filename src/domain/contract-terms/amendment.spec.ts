import { inForce, perPointTerms } from '../../../test/support/record.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { amendmentProblems } from './amendment.js';
import { editionHash } from './edition-hash.js';
import { parseDraft } from './parse.js';
import { termsHash } from './terms-hash.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const amended = (change: (terms: any) => void, effectiveFrom = '2016-01-01') => {
  const terms = structuredClone(trialTerms(perPointTerms()));
  change(terms);
  return amendmentProblems(inForce(perPointTerms()), parseDraft(terms), effectiveFrom);
};

describe('an amendment', () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  it.each<[string, (terms: any) => void, string, [string, string][]]>([
    ['of a price', (t) => (t.clauses[0].rule.rate = '1.00'), '2016-01-01', []],
    ['on the first day of the edition before it', () => undefined, '2015-04-01', []],
    [
      'from before that day',
      () => undefined,
      '2015-03-31',
      [['/effectiveFrom', 'AMENDMENT_TOO_EARLY']],
    ],
    ['on the last day of the contract', () => undefined, '2020-03-31', []],
    [
      'from after the contract',
      () => undefined,
      '2020-04-01',
      [['/effectiveFrom', 'AMENDMENT_TOO_LATE']],
    ],
    [
      'from a day that there is not',
      () => undefined,
      '2016-02-30',
      [['/effectiveFrom', 'NOT_A_DATE']],
    ],
    ['of the code', (t) => (t.code = 'other'), '2016-01-01', [['/code', 'TERM_CANNOT_CHANGE']]],
    [
      'of the currency',
      (t) => (t.currency = 'EUR'),
      '2016-01-01',
      [['/currency', 'TERM_CANNOT_CHANGE']],
    ],
    [
      'of the unit',
      (t) => (t.unitKind = 'household'),
      '2016-01-01',
      [['/unitKind', 'TERM_CANNOT_CHANGE']],
    ],
    [
      'that drops a cohort',
      (t) => (t.cohorts[0].id = 'other'),
      '2016-01-01',
      [['/cohorts', 'COHORT_REMOVED']],
    ],
    ['that prolongs the contract', (t) => (t.effective.to = '2021-04-01'), '2016-01-01', []],
    [
      'that moves a period which is over',
      (t) => (t.periods.from = '2015-03-01'),
      '2015-07-01',
      [['/periods', 'PAST_PERIOD_CHANGED']],
    ],
    [
      'that moves periods which are to come',
      (t) =>
        (t.periods = {
          type: 'list',
          periods: [
            { id: '2015-Q2', from: '2015-04-01', to: '2015-07-01' },
            { id: 'rest', from: '2015-07-01', to: '2020-04-01' },
          ],
        }),
      '2015-07-01',
      [],
    ],
  ])('%s', (_name, change, from, faults) => {
    expect(amended(change, from).map(({ at, code }) => [at, code])).toEqual(faults);
  });
});

describe('an amendment that leaves parts out', () => {
  it.each<[string, string[], [string, string][]]>([
    ['cohorts', ['cohorts'], []],
    ['periods', ['periods'], []],
    ['its last day', ['effective'], []],
    ['code, currency and unit', ['currency', 'unitKind'], []],
  ])('is told nothing of %s', (_name, parts, faults) =>
    expect(
      amended((t: Record<string, unknown>) => parts.forEach((part) => delete t[part])).map(
        ({ at, code }) => [at, code],
      ),
    ).toEqual(faults),
  );

  it('is over when the edition in force is, or on the day it gives itself', () => {
    const codes = (change: (t: Record<string, unknown>) => void, from: string) =>
      amended(change, from).map(({ code }) => code);
    expect(codes((t) => delete t['effective'], '2020-03-31')).toEqual([]);
    expect(codes((t) => delete t['effective'], '2020-04-01')).toEqual(['AMENDMENT_TOO_LATE']);
    expect(
      codes((t) => (t['effective'] = { from: '2015-04-01', to: '2021-04-01' }), '2020-04-01'),
    ).toEqual([]);
  });

  it.each<[string, object[], string]>([
    [
      'another first day',
      [
        { id: '2015-Q2', from: '2015-04-02', to: '2015-07-01' },
        { id: 'rest', from: '2015-07-01', to: '2020-04-01' },
      ],
      'Period 2015-Q2 (2015-04-01 to 2015-07-01) is over before the amendment takes effect and must stay as it was.',
    ],
    [
      'another last day',
      [
        { id: '2015-Q2', from: '2015-04-01', to: '2015-06-30' },
        { id: 'rest', from: '2015-07-01', to: '2020-04-01' },
      ],
      'Period 2015-Q2 (2015-04-01 to 2015-07-01) is over before the amendment takes effect and must stay as it was.',
    ],
    [
      'another name',
      [
        { id: 'first', from: '2015-04-01', to: '2015-07-01' },
        { id: 'rest', from: '2015-07-01', to: '2020-04-01' },
      ],
      'Period 2015-Q2 (2015-04-01 to 2015-07-01) is over before the amendment takes effect and must stay as it was.',
    ],
  ])('may not give a period that is over %s', (_name, periods, sentence) =>
    expect(
      amended(
        (t: Record<string, unknown>) => (t['periods'] = { type: 'list', periods }),
        '2015-07-01',
      ).map(({ detail }) => detail),
    ).toEqual([sentence]),
  );

  it.each<[(t: Record<string, unknown>) => void, string, string]>([
    [
      (t) => (t['currency'] = 'EUR'),
      '2016-01-01',
      'This is "GBP" in everything recorded so far and cannot be amended. Restore it, or open another contract.',
    ],
    [
      (t) => Object.assign((t['cohorts'] as object[])[0]!, { id: 'other' }),
      '2016-01-01',
      'Cohort "all" may hold participants and must stay. Change its dates to close it.',
    ],
    [
      () => undefined,
      '2016-02-30',
      'There is no such day as 2016-02-30. Check the day and the month.',
    ],
    [
      () => undefined,
      '2015-03-31',
      'Edition 1 is in force from 2015-04-01; an amendment may take effect on that day or later.',
    ],
    [() => undefined, '2020-04-01', 'The contract is over on 2020-04-01; choose an earlier day.'],
  ])('is refused in a sentence: case %#', (change, from, sentence) =>
    expect(amended(change, from).map(({ detail }) => detail)).toEqual([sentence]),
  );
});

describe('an amendment of an instrument that the terms bring', () => {
  const days = (max: string, version: string) => [
    {
      kind: 'scale',
      id: 'days-out',
      version,
      name: 'Days out of the house',
      min: '0',
      max,
      improvement: 'higher',
      unit: 'days',
    },
  ];
  const amending = (instruments: object[]) => {
    const before = inForce({ ...perPointTerms(), instruments: days('7', '1') });
    const draft = parseDraft(trialTerms({ ...perPointTerms(), instruments }));
    return amendmentProblems(before, draft, '2016-01-01').map(({ at, code }) => [at, code]);
  };

  it('gives a changed definition another version', () => {
    expect(amending(days('7', '1'))).toEqual([]);
    expect(amending(days('14', '2'))).toEqual([]);
    expect(amending([])).toEqual([]);
    expect(amending(days('14', '1'))).toEqual([['/instruments/0/version', 'INSTRUMENT_CHANGED']]);
  });
});

describe('what parties consent to', () => {
  const terms = parseDraft(trialTerms());
  const edition = { number: 2, effectiveFrom: '2016-01-01', reason: 'Cheaper', terms };
  const hex = (bytes: Buffer) => bytes.toString('hex');

  it('is the same whatever order its terms were written in', () => {
    const turned = parseDraft(Object.fromEntries(Object.entries(trialTerms()).reverse()));
    expect(hex(termsHash(turned))).toBe(hex(termsHash(terms)));
    expect(hex(editionHash({ ...edition, terms: turned }))).toBe(hex(editionHash(edition)));
  });

  it.each([
    ['number', { ...edition, number: 3 }],
    ['day', { ...edition, effectiveFrom: '2016-01-02' }],
    ['reason', { ...edition, reason: 'Dearer' }],
    ['title', { ...edition, terms: { ...terms, title: 'Other' } }],
  ])('is something else with another %s', (_name, other) => {
    expect(hex(editionHash(other))).not.toBe(hex(editionHash(edition)));
  });
});
