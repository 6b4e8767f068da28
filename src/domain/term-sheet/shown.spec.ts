import { sheetAsHtml } from './html.js';
import { sheetAsMarkdown } from './markdown.js';
import { section, sentences, steps, table, type TermSheet } from './sheet.js';

const SHEET: TermSheet = {
  title: `Homes & "work" <trial>`,
  standing: null,
  sections: [
    section(
      'Parties',
      table(
        ['Party', 'Role'],
        [
          ['R&D', 'payer'],
          ["Ann's", 'provider'],
        ],
      ),
    ),
    section(
      'Clause 1',
      sentences('It pays £5.', null, 'Verified.'),
      steps(['At most £9.', 'Less a_b|c.']),
      sentences(),
      steps([]),
      table(['Example', 'Pays'], []),
    ),
  ],
};
const ILLUSTRATIVE: TermSheet = { ...SHEET, standing: 'Illustrative: no <real> terms.' };

describe('a sheet as Markdown', () => {
  it('has headings, sentences, numbered steps and tables, and nothing empty', () => {
    expect(sheetAsMarkdown(SHEET)).toBe(`# Homes & "work" \\<trial\\>

## Parties

| Party | Role |
| --- | --- |
| R&D | payer |
| Ann's | provider |

## Clause 1

It pays £5.

Verified.

1. At most £9.
2. Less a\\_b\\|c.
`);
  });

  it('says first that it is an example, where it is', () => {
    expect(sheetAsMarkdown(ILLUSTRATIVE).split('\n\n').slice(0, 3)).toEqual([
      '# Homes & "work" \\<trial\\>',
      '> **Illustrative: no \\<real\\> terms.**',
      '## Parties',
    ]);
  });

  it.each([
    ['two lines', 'a\nb', 'a b'],
    ['lines of another system, with space around', 'a \t\r\n\r\n  b', 'a b'],
    ['a line that ends in nothing', 'a\n', 'a '],
    ['words with spaces, which stay as they are', 'a  b', 'a  b'],
    ['every sign that Markdown reads', '\\`*_[]<>#|', '\\\\\\`\\*\\_\\[\\]\\<\\>\\#\\|'],
  ])('keeps %s on one line', (_what, text, shown) =>
    expect(sheetAsMarkdown({ ...SHEET, sections: [section('A', sentences(text))] })).toBe(
      `# Homes & "work" \\<trial\\>\n\n## A\n\n${shown}\n`,
    ),
  );
});

describe('a sheet as a page', () => {
  const bodyOf = (page: string) => page.slice(page.indexOf('<main>'), page.indexOf('</main>'));

  it('has headings, sentences, numbered steps and tables, each section under its heading', () => {
    expect(bodyOf(sheetAsHtml(SHEET))).toBe(`<main>
<h1>Homes &amp; &quot;work&quot; &lt;trial&gt;</h1>
<section aria-labelledby="section-1">
<h2 id="section-1">Parties</h2>
<div class="scroll" tabindex="0">
<table>
<thead><tr><th scope="col">Party</th><th scope="col">Role</th></tr></thead>
<tbody>
<tr><td>R&amp;D</td><td>payer</td></tr>
<tr><td>Ann&#39;s</td><td>provider</td></tr>
</tbody>
</table>
</div>
</section>
<section aria-labelledby="section-2">
<h2 id="section-2">Clause 1</h2>
<p>It pays £5.</p>
<p>Verified.</p>
<ol>
<li>At most £9.</li>
<li>Less a_b|c.</li>
</ol>
</section>
`);
  });

  it('says first that it is an example, where it is', () => {
    expect(bodyOf(sheetAsHtml(ILLUSTRATIVE)).split('\n').slice(1, 4)).toEqual([
      '<h1>Homes &amp; &quot;work&quot; &lt;trial&gt;</h1>',
      '<p class="standing"><strong>Illustrative: no &lt;real&gt; terms.</strong></p>',
      '<section aria-labelledby="section-1">',
    ]);
  });

  it('bears its title, whatever marks of a template or of a replacement stand in it', () => {
    const page = sheetAsHtml({ ...SHEET, title: "$& $' {body}", sections: [] });
    expect(page).toContain('<title>$&amp; $&#39; {body}</title>');
    expect(page.endsWith('</main>\n</body>\n</html>\n')).toBe(true);
  });
});
