import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { perEventTerms, perPointTerms } from '../../../test/support/record.builder.js';
import { trialTerms } from '../../../test/support/trial-terms.js';
import { INSTRUMENTS } from '../instruments/registry.js';
import { termsJsonSchema } from './json-schema.js';
import { parseTerms, parseTermsSource, TermsRefused } from './parse.js';

const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(termsJsonSchema());
const FOLDER = resolve(__dirname, '../../../examples/contracts');
const EXAMPLES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(FOLDER, entry.name, 'terms.yaml')))
  .map(({ name }) => name);

const DAYS = {
  kind: 'scale',
  id: 'days-out',
  name: 'Days out of the house',
  min: '0',
  max: '7',
  improvement: 'higher',
  unit: 'days',
};

const parses = (data: unknown): boolean => {
  try {
    parseTerms(data);
    return true;
  } catch (error) {
    if (error instanceof TermsRefused) return false;
    throw error;
  }
};

describe('the published JSON Schema of terms', () => {
  it.each(EXAMPLES)('accepts the example %s', (name) => {
    const data = parseTermsSource(readFileSync(join(FOLDER, name, 'terms.yaml'), 'utf8'));
    expect(validate(data)).toBe(true);
    expect(parses(data)).toBe(true);
  });

  it('accepts terms by points and by events', () => {
    expect(validate(trialTerms(perPointTerms()))).toBe(true);
    expect(validate(trialTerms(perEventTerms()))).toBe(true);
  });

  it('accepts terms that bring instruments', () => {
    const terms = trialTerms({ instruments: [DAYS, INSTRUMENTS['swemwbs']] });
    expect(validate(terms)).toBe(true);
    expect(parses(terms)).toBe(true);
  });

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  it.each<[string, (terms: any) => void]>([
    ['an unknown term', (t) => (t.gift = 1)],
    ['an unknown term deep inside', (t) => (t.clauses[0].rule.gift = 1)],
    ['a missing comparison', (t) => delete t.comparison],
    ['a missing rate', (t) => delete t.clauses[0].rule.rate],
    ['a rate that is a number', (t) => (t.clauses[0].rule.rate = 660)],
    ['an unsupported rule', (t) => (t.clauses[0].rule.type = 'R99')],
    ['an unsupported modifier', (t) => (t.clauses[0].modifiers = [{ type: 'M9' }])],
    ['an unsupported split', (t) => (t.split.type = 'S4')],
    ['an unsupported currency', (t) => (t.currency = 'CHF')],
    ['an instrument that is no name', (t) => (t.metrics[0].instrument = 'PHQ 9')],
    ['an own instrument with a number for a bound', (t) => (t.instruments = [{ ...DAYS, max: 7 }])],
    ['an own instrument of an unknown kind', (t) => (t.instruments = [{ ...DAYS, kind: 'test' }])],
    ['no parties', (t) => (t.parties = [])],
    ['an id with a space', (t) => (t.parties[0].id = 'the council')],
    ['a code in capitals', (t) => (t.code = 'TRIAL')],
    ['a count with a decimal', (t) => (t.population.maximum = 1.5)],
    ['a count of nought', (t) => (t.population.maximum = 0)],
    ['a date in the British order', (t) => (t.effective.from = '01/04/2015')],
    ['31 September', (t) => (t.effective.from = '2015-09-31')],
    ['a window of eleven years', (t) => (t.metrics[0].timePoints[0].opensDays = -4000)],
    ['a cap that is a number', (t) => (t.caps = [{ id: 'c', scope: 'contract', amount: 5 }])],
    ['a cap of nobody', (t) => (t.caps = [{ id: 'c', scope: 'payer', amount: '5.00' }])],
    ['eligibility that is no expression', (t) => (t.population.eligibility = { age: 50 })],
    ['another format', (t) => (t.format = 'outturn-terms/2')],
  ])('rejects %s, as the parser does', (_name, change) => {
    const terms = structuredClone(trialTerms());
    change(terms);
    expect(parses(terms)).toBe(false);
    expect(validate(terms)).toBe(false);
  });

  it('describes itself to editors', () => {
    const schema = termsJsonSchema();
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema['title']).toBe('Outturn terms of an outcomes contract, format 1');
  });
});
