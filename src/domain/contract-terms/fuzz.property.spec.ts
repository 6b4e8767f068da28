import fc from 'fast-check';
import { civilDate } from '../calendar/civil-date.js';
import {
  event,
  perEventTerms,
  perPointTerms,
  score,
  somebody,
} from '../../../test/support/record.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { INSTRUMENTS } from '../instruments/registry.js';
import { DomainError } from '../shared/domain-error.js';
import { activationProblems } from './activation/activation-problems.js';
import { parseDraft, parseTerms, parseTermsSource } from './parse.js';
import { EMPTY_RECORD } from '../outcomes/contract-record.js';
import { openClauses } from './weigh-clauses.js';

type Plain = unknown;
type Holder = Record<string, Plain> | Plain[];

const DOCUMENTS = [
  trialTerms(),
  trialTerms(
    perPointTerms({}, { caps: [{ id: 'c', scope: 'payer', payer: 'fund', amount: '1.00' }] }, [
      { type: 'M3', amount: '2640.00' },
    ]),
  ),
  trialTerms({
    instruments: [
      { ...INSTRUMENTS['de-jong-gierveld-6'], id: 'ours' },
      { ...INSTRUMENTS['swemwbs'], id: 'converted', items: [] },
    ],
    metrics: [{ ...trialTerms().metrics[0]!, instrument: 'ours', subscale: 'social' }],
  }),
  trialTerms(
    perEventTerms(
      { periods: { type: 'list', periods: [{ id: 'a', from: '2015-04-01', to: '2020-04-01' }] } },
      [{ type: 'M2', times: 2 }],
    ),
  ),
];

/** Every place in a document that holds something. */
function placesOf(value: Plain, found: [Holder, string][] = []): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Holder, key]);
    placesOf((value as Record<string, Plain>)[key], found);
  }
  return found;
}

/** What a careless or a hostile hand might write in any place. */
const anything: fc.Arbitrary<Plain> = fc.oneof(
  fc.constantFrom<Plain>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    Number.MAX_SAFE_INTEGER,
    1e308,
    '',
    ' ',
    '0',
    '-0',
    '-1',
    '0.005',
    '1e3',
    'NaN',
    '100%',
    '1/0',
    '1/3',
    '99.99%',
    '9'.repeat(24),
    '2015-02-29',
    '1900-01-01',
    '9998-12-31',
    '2015-06-02',
    'baseline',
    '6m',
    'ucla',
    'job',
    'council',
    '__proto__',
    'constructor',
    'toString',
    'R1',
    'R4',
    'M3',
    'S1',
    'GBP',
    'JPY',
    '\0',
    '\ud800',
    '£',
  ),
  fc.string(),
  fc.integer({ min: -4000, max: 4000 }),
  fc
    .constantFrom<() => Plain>(
      () => [],
      () => ({}),
      () => [null],
      () => ({ __proto__: null }),
    )
    .map((make) => make()),
);

/** A document with a few places changed, removed, doubled or exchanged. */
const mutated = fc
  .tuple(
    fc.constantFrom(...DOCUMENTS),
    fc.array(
      fc.tuple(
        fc.constantFrom('replace', 'remove', 'double', 'exchange'),
        fc.nat(),
        fc.nat(),
        anything,
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([document, changes]) => {
    const copy = structuredClone(document) as unknown as Holder;
    for (const [how, at, other, value] of changes) {
      const places = placesOf(copy);
      if (places.length === 0) break;
      const [holder, key] = places[at % places.length]! as [Record<string, Plain>, string];
      const [from, name] = places[other % places.length]! as [Record<string, Plain>, string];
      if (how === 'replace') holder[key] = value;
      else if (how === 'exchange') holder[key] = structuredClone(from[name]);
      else if (how === 'double' && Array.isArray(holder))
        holder.push(structuredClone(holder[Number(key)]));
      else if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    }
    return copy;
  });

const PEOPLE = [
  somebody([
    score('baseline', '2015-06-02', '8'),
    score('6m', '2015-12-10', '5'),
    score('18m', '2016-12-08', '4'),
  ]),
  somebody([
    event('job', 'a', '2015-10-02'),
    event('job', 'b', '2016-10-02'),
    event('course', 'c', '2015-10-02'),
  ]),
  somebody([], { attributes: {} }),
];

/** Runs the act; only refusals may come out of it. */
function refusedOr<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

describe('terms with anything in any place', () => {
  let activated = 0;

  it('are refused or accepted, never more, and whatever is accepted can be computed', () => {
    fc.assert(
      fc.property(mutated, (document) => {
        const draft = refusedOr(() => parseDraft(document));
        if (draft === null) return;
        const problems = activationProblems(draft);
        for (const { at, code, detail } of problems) {
          expect(at).toMatch(/^\//);
          expect(code).toMatch(/^[A-Z_]+$/);
          expect(detail.length).toBeGreaterThan(10);
        }
        if (problems.length > 0) return;
        activated += 1;
        const clauses = openClauses(parseTerms(draft), civilDate('2018-01-01'), EMPTY_RECORD);
        for (const person of PEOPLE) clauses.weigh(person);
      }),
      { numRuns: 1500 },
    );
    expect(activated).toBeGreaterThan(20); // else the fuzz would prove nothing about what is accepted
  });

  it('come through the parser of sources the same way', () => {
    fc.assert(
      fc.property(mutated, (document) => {
        const json = JSON.stringify(document);
        const read = refusedOr(() => parseTermsSource(json));
        if (read !== null) expect(read).toEqual(JSON.parse(json));
      }),
      { numRuns: 300 },
    );
  });

  it('and sources cut off, or with a character changed anywhere, are refused or read', () => {
    const source = JSON.stringify(DOCUMENTS[0], null, 2);
    const character = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '&',
      '*',
      '!',
      '|',
      '>',
      '#',
      '%',
      '@',
      '`',
      '-',
      '?',
      '\t',
      '\n',
      '\0',
      '\\',
      "'",
      '<<: ',
      '---\n',
      '\u2028',
    );
    fc.assert(
      fc.property(fc.nat(source.length), character, fc.boolean(), (at, put, cut) => {
        const changed = source.slice(0, at) + put + (cut ? '' : source.slice(at + 1));
        const data = refusedOr(() => parseTermsSource(changed));
        if (data !== null) refusedOr(() => parseDraft(data));
      }),
      { numRuns: 500 },
    );
  });
});
