import fc from 'fast-check';
import { inForce } from '../../../test/support/record.builder.js';
import { saidIn } from '../../../test/support/section.reader.js';
import { sheetAsHtml } from './html.js';
import { sheetAsMarkdown } from './markdown.js';
import { termSheet } from './term-sheet.js';

const sheetOf = (changes: object = {}) => termSheet(inForce(changes).terms);
const CLAUSES = [
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
    modifiers: [{ type: 'M3', amount: '2640.00' }],
    verifiedBy: 'university',
  },
];

describe('a term sheet', () => {
  it('says what is paid, in which steps, and who verifies it', () => {
    const text = sheetAsMarkdown(sheetOf({ clauses: CLAUSES }));
    expect(text).toContain('## Clause 4.1: Reduction of loneliness');
    expect(text).toContain(
      'The contract pays £660.00 for each point by which UCLA improves on the baseline at 6 months;',
    );
    expect(text).toContain('1. At most £2,640.00 for each participant.');
    expect(text).toContain('Verified by The university.');
  });

  it.each([
    [
      'who is served',
      'Only where "Age at the start" is 50 or more; a payer may approve an exception',
    ],
    ['the dates', 'The contract runs from 1 April 2015 and is over on 1 January 2018.'],
    ['when participants may start', '| Everybody | 1 April 2015 | 31 December 2016 |'],
    ['the windows', '| 6 months | 6 months after the start | 30 days before to 30 days after |'],
    ['the limits', 'Over the whole contract at most £1,000,000.00 (limit).'],
    ['the payers', 'Payers: council 3/5, fund 2/5.'],
    ['the rounding', 'rounded half away from nought, once, at the final amount of the line'],
    ['how months are counted', 'Months are counted to the corresponding date'],
    ['the review', 'Payers decide a claim within 20 working days; 5% of a claim is sampled.'],
    ['the benchmark', 'English Longitudinal Study of Ageing, shown beside the result'],
    ['that it is an example', 'Illustrative: the real terms of this contract are not public'],
  ])('says %s', (_what, words) => expect(sheetAsMarkdown(sheetOf())).toContain(words));

  it('has its sections in the order in which contracts are read, and no empty one', () => {
    const whole = sheetOf({ clauses: CLAUSES, sources: ['The evaluation, page 12.'] });
    expect(whole.sections.map(({ heading }) => heading)).toEqual([
      'Parties',
      'Dates',
      'Who is served',
      'What is measured',
      'Comparison',
      'Clause 4.1: Reduction of loneliness',
      'Limits',
      'Payment',
      'Plan',
      'Sources',
    ]);
    expect(whole.sections.slice(8).flatMap(saidIn)).toEqual([
      'Plan',
      'Period | Outcomes | Payments (GBP)',
      '2015-Q4 | 2 | 1320.00',
      'Sources',
      'The evaluation, page 12.',
    ]);
    const bare = sheetOf({ caps: [], plan: [] }).sections.map(({ heading }) => heading);
    expect(bare).not.toContain('Limits');
    expect(bare).not.toContain('Plan');
    expect(bare).not.toContain('Sources');
  });

  it('says that it is an example only where the contract is none', () => {
    expect(sheetOf().standing).toBe(
      'Illustrative: the real terms of this contract are not public, so these are an example.',
    );
    expect(sheetOf({ standing: 'real' }).standing).toBeNull();
  });

  it('is one page with one heading of the first rank, and headings for every column', () => {
    const page = sheetAsHtml(sheetOf());
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<table>/g)).toHaveLength(page.match(/<thead>/g)!.length);
    expect(page).not.toMatch(/<script|javascript:|https?:/i);
  });

  it('shows what terms say as text, whatever it is', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (title) => {
        const odd = `<img src=x onerror=alert(1)>${title}|\n# x`;
        const sheet = { ...sheetOf(), title: odd };
        expect(sheetAsHtml(sheet)).not.toContain('<img');
        expect(sheetAsMarkdown(sheet).split('\n')[0]).toMatch(/^# \\<img/);
      }),
      { numRuns: 50 },
    ));
});
