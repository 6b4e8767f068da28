import { EVERY_MARK } from '../../../test/support/every-mark.terms.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { parseTerms } from './parse.js';
import { TermsRefused } from './terms-refused.js';
import type { Fault } from '../shared/domain-error.js';

const refusalOf = (terms: unknown): readonly Fault[] => {
  try {
    parseTerms(terms);
    return [];
  } catch (error) {
    if (error instanceof TermsRefused) return error.faults;
    throw error;
  }
};

describe('a value that the schema refuses', () => {
  it.each<[string, unknown, string]>([
    [
      '/clauses/0/rule/rate',
      660,
      '"rate" was read as the number 660. Write the rate in quotes: "660.00".',
    ],
    [
      '/clauses/0/rule/rate',
      660.5,
      '"rate" was read as the number 660.5. Write the rate in quotes: "660.50".',
    ],
    [
      '/comparison/deadweightPercent',
      15,
      '"deadweightPercent" was read as the number 15. Write the deadweight percent in quotes: "15%".',
    ],
    ['/clauses/0/id', 4.1, '"id" was read as the number 4.1. Write the id in quotes: "4.1".'],
    [
      '/clauses/0/rule/timePoints/0',
      6,
      'Entry 1 of "timePoints" was read as the number 6. Write the time points in quotes: "6".',
    ],
    ['/title', '', '"title" was read as an empty text. Write something.'],
    ['/title', null, '"title" was read as nothing. Write a text.'],
    ['/format', 'x', '"format" was read as the text "x". Write outturn-terms/1.'],
    [
      '/standing',
      'true',
      '"standing" was read as the text "true". Write one of: real, illustrative.',
    ],
    ['/metrics/0/paid', 'yes', '"paid" was read as the text "yes". Write true or false.'],
    ['/population/maximum', 1.5, '"maximum" was read as the number 1.5. Write a whole number.'],
    ['/population/maximum', 0, '"maximum" was read as the number 0. Write 1 or more.'],
    ['/review/days', 999, '"days" was read as the number 999. Write 365 or less.'],
    ['/parties', [], '"parties" was read as an empty list. List at least one.'],
    ['/parties', 'council', '"parties" was read as the text "council". Write a list.'],
    [
      '/parties/0',
      'council',
      'Entry 1 of "parties" was read as the text "council". Write its parts, each with its name.',
    ],
    [
      '/parties/0/id',
      'The council',
      '"id" was read as the text "The council". Write lower-case letters, digits and hyphens.',
    ],
    [
      '/effective/from',
      '1/4/2015',
      '"from" was read as the text "1/4/2015". Write a day as year-month-day, such as 2015-06-02.',
    ],
    [
      '/effective/from',
      '2015-02-30',
      '"from" was read as the text "2015-02-30". There is no such day as 2015-02-30. Check the day and the month.',
    ],
    [
      '/effective/from',
      '1815-04-01',
      '"from" was read as the text "1815-04-01". 1815-04-01 is before 1900. Check the year.',
    ],
    [
      '/population/attributes',
      { 'Age now': { type: 'yes-no', label: 'x' } },
      '"Age now" was read as parts, each with a name. Name it by lower-case letters, digits and underscores, a letter first.',
    ],
  ])('%s: %j', (at, value, words) => {
    const found = refusalOf(changed(trialTerms(), at, value));
    expect(found.map(({ detail }) => detail)).toEqual([words]);
  });

  it('is never spoken of in the words of the library that reads it', () => {
    const seen = new Set<string>();
    const found = [...EVERY_MARK].flatMap(([mark, terms]) =>
      placesOf(terms)
        .filter((at) => {
          const kind = at.replace(/\d+/g, '') + (at.startsWith('/clauses') ? mark : '');
          return !seen.has(kind) && seen.add(kind);
        })
        .flatMap((at) => JUNK.flatMap((value) => refusalOf(changed(terms, at, value)))),
    );
    expect(found.length).toBeGreaterThan(1000);
    const odd = found.filter(({ detail }) => LIBRARY_WORDS.test(detail));
    expect(odd).toEqual([]);
  });
});

const LIBRARY_WORDS = /Invalid|Too (small|big)|expected (string|"|one)|received|pattern|schema/;
const JUNK = [-0.5, '', 'Ä b', null, [], {}];

function placesOf(value: unknown, at = ''): string[] {
  const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return parts.flatMap(([key, part]) => [`${at}/${key}`, ...placesOf(part, `${at}/${key}`)]);
}

function changed(terms: unknown, at: string, value: unknown): unknown {
  const copy = structuredClone(terms);
  const keys = at.split('/').slice(1);
  const last = keys.pop()!;
  const parent = keys.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], copy);
  (parent as Record<string, unknown>)[last] = value;
  return copy;
}
