import { trialTerms } from '../../../test/support/trial-terms.js';
import { parseDraft, parseTerms, parseTermsSource, TermsRefused } from './parse.js';

const refusalOf = (act: () => unknown): [string, string][] => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof TermsRefused)) throw error;
    return error.faults.map(({ at, code }) => [at, code]);
  }
  return [];
};
const readSource = (source: string) => refusalOf(() => parseTermsSource(source));
const head = 'format: outturn-terms/1\ncode: a\n';

describe('a document of terms', () => {
  it('is read alike from YAML and JSON', () => {
    const data = { format: 'outturn-terms/1', code: 'a', list: [1, true, null, '2015-06-02'] };
    expect(parseTermsSource(JSON.stringify(data))).toEqual(data);
    expect(parseTermsSource(`${head}list: [1, true, null, 2015-06-02]\n`)).toEqual(data);
    expect(parseTermsSource(`\uFEFF${head}list: [1, true, null, 2015-06-02]\r\n`)).toEqual(data);
  });

  it('keeps texts that other readers of YAML would bend', () => {
    expect(
      parseTermsSource('a: no\nb: 12:30\nc: 2015-06-02\nd: 1_000\ne: 0777\nf: "1e3"\n'),
    ).toEqual({
      a: 'no',
      b: '12:30',
      c: '2015-06-02',
      d: '1_000',
      e: 777,
      f: '1e3',
    });
  });

  const deep = (open: string, close: string, n: number) => open.repeat(n) + close.repeat(n);
  it.each<[string, string, string]>([
    ['with a key that stands twice', `${head}code: b\n`, 'KEY_TWICE'],
    ['in JSON with a key that stands twice', '{"code":"a","code":"b"}', 'KEY_TWICE'],
    [
      'with a key that stands twice deep inside',
      `${head}effective: { from: 1, from: 2 }\n`,
      'KEY_TWICE',
    ],
    ['with an alias', `${head}title: &t T\nnote: *t\n`, 'ALIAS_REFUSED'],
    ['with a bomb of aliases', 'a: &a [1,1]\nb: &b [*a,*a]\nc: &c [*b,*b]\n', 'ALIAS_REFUSED'],
    ['with an alias that nothing bears', 'a: *nothing\n', 'ALIAS_REFUSED'],
    ['with a tag', `${head}title: !secret x\n`, 'TAG_REFUSED'],
    ['with a tag of another program', `${head}title: !!js/function "x"\n`, 'TAG_REFUSED'],
    ['with bytes', `${head}title: !!binary aGk=\n`, 'TAG_REFUSED'],
    ['with a key that is a list', '? [a, b]\n: 1\n', 'KEY_NOT_A_TEXT'],
    ['with a key that is a number', `${head}1: x\n`, 'KEY_NOT_A_TEXT'],
    ['with a blank key', `${head}~: x\n`, 'KEY_NOT_A_TEXT'],
    ['that is two documents', `${head}---\n${head}`, 'NOT_YAML'],
    ['that is cut off', '{"format": ', 'NOT_YAML'],
    ['that is indented with tabs', 'a:\n\t- b\n', 'NOT_YAML'],
    ['that is a list', '- a\n- b\n', 'NOT_A_DOCUMENT'],
    ['that is a text', 'hello', 'NOT_A_DOCUMENT'],
    ['that is empty', '', 'NOT_A_DOCUMENT'],
    ['that is only a remark', '# nothing\n', 'NOT_A_DOCUMENT'],
    ['of a hundred thousand words', '[1'.padEnd(200_000, ',1'), 'TERMS_TOO_LARGE'],
    ['that is larger than a megabyte', `title: "${'x'.repeat(1_000_000)}"`, 'TERMS_TOO_LARGE'],
    ['nested in brackets', `a: ${deep('[', ']', 5000)}`, 'TERMS_TOO_DEEP'],
    ['nested in braces', `a: ${deep('{a: ', '}', 5000)}`, 'TERMS_TOO_DEEP'],
    [
      'nested by indentation',
      Array.from({ length: 1000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
      'TERMS_TOO_DEEP',
    ],
    ['nested in dashes', `a:\n  ${'- '.repeat(400_000)}b`, 'TERMS_TOO_DEEP'],
    ['nested in questions', `${'? '.repeat(400_000)}a`, 'TERMS_TOO_DEEP'],
    [
      'nested in brackets that a remark pretends to close',
      `a: ${`[ #]\n `.repeat(5000)}`,
      'TERMS_TOO_DEEP',
    ],
  ])('%s is refused', (_name, source, code) => {
    const faults = readSource(source);
    expect(new Set(faults.map(([, found]) => found))).toContain(code);
  });

  it('may be nested as deeply as terms ever are, and no deeper than a reader can bear', () => {
    expect(readSource(`a: ${deep('[', ']', 90)}`)).toEqual([]);
    expect(readSource(`a: ${deep('[', ']', 110)}`)).toEqual([['', 'TERMS_TOO_DEEP']]);
  });

  it('may speak of brackets in its texts as often as it likes', () => {
    const title = 'A [footnote '.repeat(100);
    expect(parseTermsSource(JSON.stringify({ title }))).toEqual({ title });
    expect(parseTermsSource(`title: ${'a{'.repeat(100)}\n`)).toEqual({ title: 'a{'.repeat(100) });
  });

  it('says where a fault is, by line and column', () => {
    expect(readSource(`${head}code: b\n`)).toEqual([['line 3, column 1', 'KEY_TWICE']]);
  });

  it('lists at most a thousand faults', () => {
    const keys = Array.from({ length: 5_000 }, (_, n) => `k${n}: 1`).join('\n');
    const faults = refusalOf(() => parseDraft(parseTermsSource(`${head}title: T\n${keys}`)));
    expect(faults).toHaveLength(1000);
  });
});

describe('terms', () => {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const changed = (change: (terms: any) => void) => {
    const terms = structuredClone(trialTerms());
    change(terms);
    return refusalOf(() => parseTerms(terms));
  };

  it.each<[string, Parameters<typeof changed>[0], [string, string][]]>([
    ['an unknown term', (t) => (t.gift = true), [['/gift', 'TERM_UNKNOWN']]],
    [
      'an unknown term deep inside',
      (t) => (t.clauses[0].rule.bonus = '1'),
      [['/clauses/0/rule/bonus', 'TERM_UNKNOWN']],
    ],
    [
      'an unknown term with a slash in its name',
      (t) => (t['a/b~c'] = 1),
      [['/a~1b~0c', 'TERM_UNKNOWN']],
    ],
    [
      'the prototype as a term',
      (t) => Object.defineProperty(t, '__proto__', { value: { polluted: 1 }, enumerable: true }),
      [['/__proto__', 'TERM_UNKNOWN']],
    ],
    ['a constructor as a term', (t) => (t.constructor = 1), [['/constructor', 'TERM_UNKNOWN']]],
    [
      'a rule that is not supported',
      (t) => (t.clauses[0].rule = { type: 'R99' }),
      [['/clauses/0/rule/type', 'TERM_UNSUPPORTED']],
    ],
    [
      'a modifier that is not supported',
      (t) => (t.clauses[0].modifiers = [{ type: 'M99' }]),
      [['/clauses/0/modifiers/0/type', 'TERM_UNSUPPORTED']],
    ],
    [
      'a split that is not supported',
      (t) => (t.split = { type: 'S9' }),
      [['/split/type', 'TERM_UNSUPPORTED']],
    ],
    [
      'a wave rule that is not supported',
      (t) => (t.clauses[0].rule.waves = 'best'),
      [['/clauses/0/rule/waves', 'TERM_INVALID']],
    ],
    [
      'an instrument that is no name',
      (t) => (t.metrics[0].instrument = 'UCLA 20'),
      [['/metrics/0/instrument', 'TERM_INVALID']],
    ],
    [
      'a price that is a number',
      (t) => (t.clauses[0].rule.rate = 660),
      [['/clauses/0/rule/rate', 'TERM_INVALID']],
    ],
    [
      'a count with a decimal',
      (t) => (t.population.maximum = 1.5),
      [['/population/maximum', 'TERM_INVALID']],
    ],
    [
      'a count that is none',
      (t) => (t.population.maximum = Number.NaN),
      [['/population/maximum', 'TERM_INVALID']],
    ],
    [
      '31 September',
      (t) => (t.cohorts[0].opensOn = '2015-09-31'),
      [['/cohorts/0/opensOn', 'TERM_INVALID']],
    ],
    [
      'a date that is a number',
      (t) => (t.effective.from = 42095),
      [['/effective/from', 'TERM_INVALID']],
    ],
    [
      'two faults at once',
      (t) => {
        t.gift = 1;
        delete t.review.days;
      },
      [
        ['/review/days', 'TERM_MISSING'],
        ['/gift', 'TERM_UNKNOWN'],
      ],
    ],
    [
      'eligibility that is no expression',
      (t) => (t.population.eligibility = { all: [{ attribute: 'age', is: [1] }] }),
      [['/population/eligibility/all/0/is', 'TERM_UNKNOWN']],
    ],
  ])('with %s are refused where it stands', (_name, change, faults) => {
    expect(changed(change)).toEqual(faults);
  });

  it('that cannot be eligibility say what would be', () => {
    try {
      parseTerms({
        ...trialTerms(),
        population: { description: 'x', maximum: 1, eligibility: {} },
      });
    } catch (error) {
      expect((error as TermsRefused).faults[0]!.detail).toBe(
        'Write all, any, not, or atLeast with of; or an attribute with is, in, min or max.',
      );
    }
    expect.assertions(1);
  });

  it('pollute nothing', () => {
    readSource('{"__proto__": {"polluted": 1}}');
    refusalOf(() => parseDraft(parseTermsSource('{"__proto__": {"polluted": 1}, "code": "a"}')));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
    ['a number', 1],
    ['nothing', undefined],
  ])('that are %s are refused', (_name, data) => {
    expect(refusalOf(() => parseDraft(data)).length).toBeGreaterThan(0);
    expect(refusalOf(() => parseTerms(data)).length).toBeGreaterThan(0);
  });

  it('nested without end are refused and do not exhaust the reader', () => {
    let expression: unknown = { attribute: 'age', min: 50 };
    for (let n = 0; n < 20_000; n += 1) expression = { not: expression };
    const terms = {
      ...trialTerms(),
      population: { description: 'x', maximum: 1, eligibility: expression },
    };
    expect(refusalOf(() => parseDraft(terms)).map(([, code]) => code)).toEqual(['TERMS_TOO_DEEP']);
  });
});
