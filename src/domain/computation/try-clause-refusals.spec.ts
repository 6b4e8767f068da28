import { inForce, perEventTerms, perPointTerms } from '../../../test/support/record.builder.js';
import { DomainError } from '../shared/domain-error.js';
import { tryClause } from './try-clause.js';

const example = (name: string) => ({
  name,
  startedOn: '2015-06-04',
  observations: [],
  expect: '0.00',
});
const withExamples = (...names: string[]) => {
  const of = perPointTerms();
  return inForce({ ...of, clauses: [{ ...of.clauses[0]!, examples: names.map(example) }] }).terms;
};
const EVENTS = inForce(perEventTerms()).terms;

const refusalOf = (act: () => unknown): string[] => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [
      `${error.kind} ${error.code} ${error.message}`,
      ...error.faults.map(({ at, code, detail }) => `${at || 'whole'} ${code} ${detail}`),
    ];
  }
  return [];
};
const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);

describe('a clause cannot be tried', () => {
  it.each<[string, () => unknown, string[]]>([
    [
      'that the terms do not have',
      () => tryClause(EVENTS, '9', {}),
      ['invalid CLAUSE_UNKNOWN The terms have no clause "9". They have: 1, 2.'],
    ],
    [
      'on an example that it does not have',
      () => tryClause(withExamples('One', 'Two'), '4.1', 'Nine'),
      ['invalid EXAMPLE_UNKNOWN Clause 4.1 has no example "Nine". It has: "One", "Two".'],
    ],
    [
      'on an example where it has none',
      () => tryClause(EVENTS, '1', 'Nine'),
      [
        'invalid EXAMPLE_UNKNOWN Clause 1 has no example "Nine". ' +
          'It has none; give the values instead.',
      ],
    ],
    [
      'on values that nobody knows',
      () => tryClause(EVENTS, '1', { participants: [], gift: 1 }),
      [
        'invalid EXAMPLE_REFUSED The values cannot be tried. Each fault is listed with its place.',
        '/gift TERM_UNKNOWN "gift" is not a term that is known here. Nothing is ignored: ' +
          'remove it or correct its name.',
      ],
    ],
    [
      'on values nested without end',
      () => tryClause(EVENTS, '1', deep(200)),
      [
        'invalid EXAMPLE_REFUSED The values cannot be tried. Each fault is listed with its place.',
        'whole TERMS_TOO_DEEP The document is nested too deeply. Write its parts side by side.',
      ],
    ],
  ])('%s', (_what, act, refusal) => expect(refusalOf(act)).toEqual(refusal));
});

describe('a clause that is tried', () => {
  it('on an example is said with its name', () => {
    expect(tryClause(withExamples('One'), '4.1', 'One')).toMatchObject({
      example: 'One',
      expect: '0.00',
    });
  });

  it('on values has neither name nor promise', () => {
    expect(tryClause(EVENTS, '1', { participants: [] })).toMatchObject({
      example: null,
      expect: null,
    });
  });
});
