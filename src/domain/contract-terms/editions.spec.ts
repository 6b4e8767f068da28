import { civilDate } from '../calendar/civil-date.js';
import { inForce, period } from '../../../test/support/record.builder.js';
import { INSTRUMENTS } from '../instruments/registry.js';
import { editionAtEnd } from './edition-at-end.js';
import { instrumentsOf } from './instruments-of.js';
import { contractPeriods } from './terms-in-force.js';
import { TermsRefused } from './terms-refused.js';

const FIRST = inForce({}, '2015-04-01', 1);
const SECOND = inForce({}, '2015-10-01', 2);

describe('the editions of a contract', () => {
  it.each([
    ['ends the day before the second edition', '2015-07-01', '2015-10-01', 1],
    ['has the second edition for its last day', '2015-07-02', '2015-10-02', 2],
    ['lies after it', '2016-01-01', '2016-04-01', 2],
    ['lies before every edition', '2014-01-01', '2014-04-01', 1],
  ])('for a period that %s: %s up to %s', (_name, from, to, number) =>
    expect(editionAtEnd([FIRST, SECOND], period('x', from, to)).number).toBe(number),
  );

  it('are needed for a period with figures', () =>
    expect(() => editionAtEnd([], period('x', '2015-01-01', '2015-04-01'))).toThrow(
      'Assertion failed',
    ));

  it('lay out the periods as the latest does; none where there is none', () => {
    const longer = inForce(
      { effective: { from: '2015-04-01', to: '2021-04-01' } },
      '2015-10-01',
      2,
    );
    expect(contractPeriods([FIRST, longer]).at(-1)!.to).toBe(civilDate('2021-04-01'));
    expect(contractPeriods([])).toEqual([]);
  });

  it('bring instruments of their own beside the built-in ones, the latest definition of each', () => {
    const ours = (version: string) => ({ ...INSTRUMENTS['phq-9'], id: 'ours', version });
    const versions = ['1', '2'].map((version) =>
      inForce({ instruments: [ours(version)] }, '2015-04-01', Number(version)),
    );
    const known = instrumentsOf([FIRST, ...versions]);
    expect(known.get('ours')!.version).toBe('2');
    expect(known.has('phq-9')).toBe(true);
  });
});

describe('terms that cannot be read', () => {
  const faults = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ at: `/${i}`, code: 'X', detail: 'x' }));
  it.each([
    [1, 1, 'The terms cannot be read. Each fault is listed with its place.'],
    [1000, 1000, 'The terms cannot be read. Each fault is listed with its place.'],
    [
      1001,
      1000,
      'The terms cannot be read. There are 1001 faults; the first 1000 are listed with their places.',
    ],
  ])('for %i faults list %i', (count, listed, message) => {
    const refused = new TermsRefused(faults(count));
    expect([refused.code, refused.kind, refused.message]).toEqual([
      'TERMS_REFUSED',
      'invalid',
      message,
    ]);
    expect(refused.faults).toHaveLength(listed);
  });
  it('may say it in their own sentence', () =>
    expect(new TermsRefused([], 'Not YAML.').message).toBe('Not YAML.'));
});
