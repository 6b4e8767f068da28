import { activationProblems } from './activation/activation-problems.js';
import { parseDraft, parseTermsSource } from './parse.js';

/** What activation says of a draft, as "path CODE sentence". */
const problems = (source: string) =>
  activationProblems(parseDraft(parseTermsSource(source))).map(
    ({ at, code, detail }) => `${at} ${code} ${detail}`,
  );

describe('what activation says of terms that are missing', () => {
  const said = problems('format: outturn-terms/1\ncode: bare\ntitle: Bare\n');

  it('names each one once, by its path', () => {
    expect(said.every((line) => / TERM_MISSING This term is missing\. \S.*\.$/.test(line))).toBe(
      true,
    );
    const paths = said.map((line) => line.split(' ')[0]);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(
      expect.arrayContaining([
        '/standing',
        '/currency',
        '/effective',
        '/unitKind',
        '/parties',
        '/population',
        '/cohorts',
        '/metrics',
        '/comparison',
        '/clauses',
        '/split',
        '/periods',
        '/review',
        '/rounding',
      ]),
    );
  });

  it('says what to give', () => {
    expect(said).toContain(
      '/standing TERM_MISSING This term is missing. Give one of: real, illustrative.',
    );
    expect(said).toContain(
      '/population TERM_MISSING This term is missing. Say who is served, and how many at most.',
    );
  });

  it('tells a part that is wrong from one that is missing', () => {
    const refuse = () => problems('format: outturn-terms/1\ncode: 12\ntitle: Bare\n');
    expect(refuse).toThrow(
      expect.objectContaining({
        faults: [expect.objectContaining({ at: '/code', code: 'TERM_INVALID' })],
      }),
    );
  });
});
