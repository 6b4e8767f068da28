import { reportWith } from '../../../test/support/value-case.builder.js';
import { markdownOf } from './markdown.js';

describe('the report in Markdown', () => {
  it('has the value, the totals, and who paid and who benefits', () => {
    const text = markdownOf(reportWith(() => undefined));
    expect(text).toContain('# Trial\n\nIllustrative: not the case of any contract.');
    expect(text).toContain(
      '| Visits avoided | cashable | years 0 to 5 | Health £66.67; Social care £33.33 | £100 | page 3 |',
    );
    expect(text).toContain('| all |  | £100 | £1,000 |');
    expect(text).toContain('| Health | £30 | 0.5 | £66.67 | cashable | about 2.2223 (6667/3000) |');
    expect(text).toContain('| Local (together) | £60 | 1 | £100 | cashable | about 1.6667 (5/3) |');
    expect(text).toContain(
      '- Social care: by the end of years 0 to 5, £33.33 of value (cashable) against £30 paid: £3.33 more.',
    );
    expect(text).not.toContain('## Workings');
  });

  it('does not let words of the document become a table, a heading or a tag', () => {
    const text = markdownOf(
      reportWith((d) => (d.benefits[0]!.label = 'a | b\n\n# c <b>d</b> [e](f)')),
    );
    expect(text).toContain('| a \\| b \\# c \\<b\\>d\\</b\\> \\[e\\](f) | cashable |');
  });

  it('never adds up several kinds without saying so', () => {
    const text = markdownOf(
      reportWith((d) => {
        d.benefits.push({ ...d.benefits[0]!, id: 'calm', kind: 'quality-of-life' });
      }),
    );
    expect(text).toContain('This adds up value of 2 kinds (cashable; quality of life).');
    expect(text).toContain('| all | all kinds together | £200 | £2,000 |');
  });
});
