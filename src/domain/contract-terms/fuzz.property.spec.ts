import fc from 'fast-check';
import { EVERY_MARK } from '../../../test/support/every-mark.terms.js';
import { mutatedOf, refusedOr } from '../../../test/support/mutated-terms.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { parseDraft, parseTermsSource } from './parse.js';

const mutated = mutatedOf([...EVERY_MARK.values()]);

describe('sources with anything in any place', () => {
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
    const source = JSON.stringify(trialTerms(), null, 2);
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
