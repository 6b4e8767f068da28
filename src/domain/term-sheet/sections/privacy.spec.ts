import { trialTerms } from '../../../../test/support/trial-terms.js';
import { activationProblems } from '../../contract-terms/activation/activation-problems.js';
import { parseTerms } from '../../contract-terms/parse.js';
import { termsSchema } from '../../contract-terms/terms.schema.js';
import { termSheet } from '../term-sheet.js';

describe('the privacy part of the terms', () => {
  const withPrivacy = (privacy: object, change: object = {}) =>
    parseTerms({ ...trialTerms(), ...change, privacy });
  const codes = (privacy: object, change?: object) =>
    activationProblems(withPrivacy(privacy, change)).map(({ at, code }) => `${at} ${code}`);

  it('may be left out, and then allows nothing and says nothing', () => {
    const sheet = termSheet(termsSchema.parse(trialTerms()));
    expect(sheet.sections.map(({ heading }) => heading)).not.toContain('Who participants are');
  });

  it('is shown in the term sheet', () => {
    const terms = termsSchema.parse({
      ...trialTerms(),
      privacy: { identifiers: ['nhsNumber', 'name'], retentionMonths: 12, matchTokens: true },
    });
    const shown = termSheet(terms).sections.find((one) => one.heading === 'Who participants are');
    expect(JSON.stringify(shown)).toMatch(/NHS number, name\..*12 months after.*Keyed tokens/);
  });

  it('is checked at activation', () => {
    expect(codes({ identifiers: ['name'], retentionMonths: 12 })).toEqual([]);
    expect(codes({ identifiers: ['name', 'name'], retentionMonths: 12 })).toEqual([
      '/privacy/identifiers/1 NAMED_TWICE',
    ]);
    expect(
      codes({ identifiers: ['name', 'postcode'], retentionMonths: 0, matchTokens: true }),
    ).toEqual(['/privacy/matchTokens MATCH_NEEDS_IDENTIFIERS']);
    expect(codes({ identifiers: ['name'], retentionMonths: 1 }, { unitKind: 'area' })).toEqual([
      '/privacy IDENTIFIERS_OF_NO_PERSON',
    ]);
  });

  it.each([
    [{ identifiers: ['shoeSize'], retentionMonths: 1 }],
    [{ identifiers: [], retentionMonths: 1 }],
    [{ identifiers: ['name'] }],
    [{ identifiers: ['name'], retentionMonths: -1 }],
    [{ identifiers: ['name'], retentionMonths: 1.5 }],
    [{ identifiers: ['name'], retentionMonths: 1, other: true }],
  ])('refuses %j', (privacy) => {
    expect(() => withPrivacy(privacy)).toThrow();
  });
});
