import { aRichValueCase } from '../../../test/support/rich-value-case.js';
import { aWorking, reportWith, valueCaseWith } from '../../../test/support/value-case.builder.js';
import { VALUE_CASE_REPORT } from '../../../test/worked-examples/value-case-report.js';
import { dataOf } from './data.js';
import { markdownOf } from './markdown.js';
import { notesOf } from './notes.js';
import { reportOn } from './report.js';
import { sheetsOf } from './sheets.js';

const SOURCE = { source: 'study', at: 'page 3' };

describe('the report on a value case with one of everything', () => {
  it('reads, as Markdown, from the value to the sources', () => {
    expect(markdownOf(reportOn(aRichValueCase()))).toBe(VALUE_CASE_REPORT);
  });

  it('gives the same as data, in texts that lose no digit', () => {
    const data = dataOf(reportOn(aRichValueCase()));
    expect(data.benefits[0]).toEqual({
      id: 'visits',
      label: 'Visits avoided',
      unit: 'money',
      exact: '100',
      rounded: '100',
      rounding: { to: 'penny', mode: 'half-up' },
      printed: null,
      agreement: 'not-printed',
      note: null,
      steps: [
        { label: 'visits', value: '4', unit: 'number', minus: false },
        { label: 'visit, for each visit', value: '50', unit: 'money', minus: false },
        { label: 'chance', value: '0.5', unit: 'number', minus: false },
      ],
      sentence: 'Visits avoided: 4 (visits) × £50 (visit, for each visit) × 50% (chance) = £100.',
      amount: '100.00',
      kind: 'cashable',
      years: 'early',
      source: SOURCE,
      parts: [
        { body: 'health', share: '2/3', amount: '66.67' },
        { body: 'care', share: '1/3', amount: '33.33' },
      ],
    });
    expect(data.benefits[2]!.steps[1]).toEqual({
      label: 'the fee',
      value: '41.5',
      unit: 'money',
      minus: true,
    });
    expect(data.benefits.map(({ printed, note }) => [printed, note])).toEqual([
      [null, null],
      ['330', 'Valued by those who were asked.'],
      [null, null],
      [null, null],
    ]);
    expect(data.totals).toMatchObject({
      byKind: [
        { of: 'cashable', each: '120.00', expected: '1200.00' },
        { of: 'quality-of-life', each: '325.00', expected: '3250.00' },
        { of: 'unstated', each: '398.50', expected: '3985.00' },
      ],
      all: { of: 'all', each: '843.50', expected: '8435.00' },
    });
    expect(data.workings.map(({ id, whose, source }) => [id, whose, source])).toEqual([
      ['posts', 'source', SOURCE],
      ['people', 'source', SOURCE],
      ['worth', 'source', SOURCE],
      ['turns', 'source', SOURCE],
      ['turns-counted', 'ours', SOURCE],
      ['part', 'ours', SOURCE],
    ]);
  });

  it('says as data who paid and who benefits, and where the source slips', () => {
    const data = dataOf(reportOn(aRichValueCase()));
    const { sides, ...way } = data.whoPaid[0]!;
    expect(way).toEqual({
      id: 'halves',
      label: 'halves',
      whose: 'ours',
      note: null,
      paid: '60.00',
    });
    expect(data.whoPaid[1]!.note).toBe('As it was in the first year.');
    expect(sides[1]).toEqual({
      name: 'Social care',
      isGroup: false,
      share: '0.5',
      paid: '30.00',
      returns: [
        { kind: 'cashable', gained: '33.33', ratio: '1.111' },
        { kind: 'unstated', gained: '398.50', ratio: '797/60' },
      ],
      gainedBy: [
        { band: 'early', kind: 'cashable', gained: '33.33', lessPaid: '3.33' },
        { band: 'late', kind: 'cashable', gained: '33.33', lessPaid: '3.33' },
        { band: 'early', kind: 'unstated', gained: '0.00', lessPaid: '-30.00' },
        { band: 'late', kind: 'unstated', gained: '398.50', lessPaid: '368.50' },
      ],
    });
    expect(sides[2]!.returns).toEqual([{ kind: 'quality-of-life', gained: '325.00', ratio: null }]);
    expect(data.differences.map(({ id, grade }) => [id, grade])).toEqual([
      ['calm', 'slip'],
      ['worth', 'rounded'],
      ['turns', 'slip'],
    ]);
    expect(data.differences[2]).toEqual({
      id: 'turns',
      grade: 'slip',
      source: { source: 'study', at: 'page 7' },
      sentence:
        'Turns: The source prints 12 turns; the arithmetic gives 13 turns: the source has 1 too few.',
      explanations: [
        'It comes out as printed in another way. ' +
          'Turns counted once: 13 (Turns) - 1 (counted twice) = 12 turns.',
      ],
    });
  });
});

describe('the report on a value case with little in it', () => {
  const bare = () =>
    valueCaseWith((d) => {
      Object.assign(d, { benefits: [], unitCosts: [], yearBands: [], standing: 'real' });
      for (const part of ['outcome', 'price']) delete (d as Record<string, unknown>)[part];
      d.workings = [aWorking('one', { by: 'statement', value: '1' })];
    });

  it('has only the sheets that say something', () => {
    const report = reportOn(bare());
    expect(sheetsOf(report).map(({ heading }) => heading)).toEqual(['Workings']);
    expect(dataOf(report)).toMatchObject({ outcome: null, whoPaid: [], benefits: [] });
    expect(markdownOf(report)).toBe(
      [
        '# Trial',
        'Amounts are in prices of 2014.',
        'Amounts are not discounted. As stated.',
        '## Workings',
        'These stand behind the value or beside it. None of them is added to it.',
        '| Working | Arithmetic gives | Source prints | Agreement | Reckoned by | Source |\n' +
          '| --- | ---: | ---: | --- | --- | --- |\n' +
          '| one | 1 visits |  | not printed | the source | page 3 |',
        '- one: 1 visits, as stated.',
        '## Sources',
        '- study: A study, 2014',
        '',
      ].join('\n\n'),
    );
  });

  it('lists remarks where there is no table', () => {
    const { heading, table } = sheetsOf(
      reportOn({ ...bare(), workings: [], remarks: [{ text: 'Doubtful.', source: SOURCE }] }),
    )[0]!;
    expect([heading, table]).toEqual(['Remarks on the source', null]);
  });

  it('shows nobody who neither pays nor gains, and no group of one', () => {
    const [, , way] = sheetsOf(
      reportWith((d) => {
        d.bodies.push({ id: 'alone', name: 'The council', group: 'Alone' });
        d.price.alternatives[0]!.shares[1]!.body = 'alone';
      }),
    );
    expect(way!.table!.rows.map(([who, pays]) => [who, pays])).toEqual([
      ['Health', '£30'],
      ['Social care', '£0'],
      ['The council', '£30'],
      ['Local (together)', '£30'],
    ]);
  });

  it('shows who pays and gains nothing', () => {
    const text = markdownOf(
      reportWith((d) => (d.price.alternatives[0]!.shares[1]!.body = 'people')),
    );
    expect(text).toContain('| People | £30 | 0.5 |  | none |  |');
  });

  it('shows that somebody gains as much as it pays', () => {
    const text = markdownOf(reportWith((d) => (d.price.amount = '66.66')));
    expect(text).toContain(
      '- Social care: by the end of years 0 to 5, £33.33 of value (cashable) against £33.33 paid: as much.',
    );
  });

  it('says that the price is nothing, and divides by none', () => {
    const text = markdownOf(reportWith((d) => (d.price.amount = '0.00')));
    expect(text).toContain('| Health | £0 | 0.5 | £66.67 | cashable | pays nothing |');
  });

  it('reads the bands in the order of their years, however they are written', () => {
    const text = markdownOf(reportWith((d) => d.yearBands.reverse()));
    const early = text.indexOf('Health: by the end of years 0 to 5, £66.67');
    const late = text.indexOf('Health: by the end of years 6 to 15, £66.67');
    expect(early).toBeGreaterThan(0);
    expect(late).toBeGreaterThan(early);
  });
});

describe('what a reader must know', () => {
  const notes = (change: Parameters<typeof valueCaseWith>[0]) => notesOf(valueCaseWith(change));

  it('is little where prices are of one year and of each thing one', () => {
    expect(notes(() => undefined)).toEqual([
      'Amounts are in prices of 2014.',
      'Amounts are not discounted. As stated.',
    ]);
  });

  it('is that the source states neither year nor discounting nor rate', () => {
    expect(
      notes((d) => {
        d.priceYear = 'not stated';
        d.unitCosts[0]!.priceYear = 'not stated';
        d.discounting.amounts = 'not stated';
      }),
    ).toEqual([
      'The source does not state the year of its prices.',
      'The source does not state whether amounts are discounted. As stated.',
    ]);
    expect(notes((d) => (d.discounting.amounts = 'present-values'))[1]).toBe(
      'Amounts are present values; the discount rate is not stated. As stated.',
    );
  });

  it('is which prices an index brings to the year, and which it cannot', () => {
    const index = (values: object) => (d: object) =>
      Object.assign(d, { priceIndex: { name: 'an index', source: SOURCE, values } });
    const older = (d: Parameters<Parameters<typeof valueCaseWith>[0]>[0], ...years: string[]) =>
      years.forEach((priceYear, n) =>
        d.unitCosts.push({ ...d.unitCosts[0]!, id: `c${n}`, of: `thing ${n}`, priceYear }),
      );
    expect(
      notes((d) => {
        older(d, '2010', '2012');
        index({ '2010': '80', '2012': '84', '2014': '88' })(d);
      }),
    ).toEqual([
      'Amounts are in prices of 2014.',
      'Brought to prices of 2014 by an index: thing 0 (2010), thing 1 (2012).',
      'Amounts are not discounted. As stated.',
    ]);
    expect(
      notes((d) => {
        older(d, '2010');
        index({ '2010': '80', '2013': '88' })(d);
        Object.assign(d, { mixedPriceYears: 'shown' });
      })[1],
    ).toBe(
      'Prices of several years stand side by side, as the case declares: thing 0 (2010). ' +
        'Sums over them are not in the prices of any one year.',
    );
  });

  it('is not that two unit costs of one thing have one price', () => {
    expect(
      notes((d) => d.unitCosts.push({ ...d.unitCosts[0]!, id: 'again', amount: '50' })),
    ).toHaveLength(2);
    expect(
      notes((d) => d.unitCosts.push({ ...d.unitCosts[0]!, id: 'other', of: 'stay', amount: '9' })),
    ).toHaveLength(2);
  });

  it('is once that a kind is not stated, among others that are', () => {
    expect(
      notes((d) => d.benefits.push({ ...d.benefits[0]!, id: 'other', kind: 'unstated' })).slice(2),
    ).toEqual([
      'Where the kind is not stated, the source does not say whether a budget would be relieved. ' +
        'Do not read it as cash.',
    ]);
  });

  it('is no warning where all value is of one kind', () => {
    expect(reportWith(() => undefined).warning).toBeNull();
    expect(reportWith((d) => d.benefits.push({ ...d.benefits[0]!, id: 'b' })).warning).toBeNull();
  });
});
