import { fraction, parseFraction } from './fraction.js';
import { readSteps, stepFaults, stepOf, type StepTerms } from './half-open-steps.js';

const steps = (...bounds: [string, string?][]): StepTerms[] =>
  bounds.map(([from, to]) => (to === undefined ? { from } : { from, to }));
const faults = (...bounds: [string, string?][]) =>
  stepFaults(steps(...bounds), '/tiers', 'Tier').map(({ at, code, detail }) =>
    [at, code, detail].join(' '),
  );

describe('steps of a ladder, each from its beginning up to but not at its end', () => {
  const ladder = readSteps(steps(['60%', '65%'], ['65%', '70%'], ['70%']));

  it.each([
    ['59.99%', undefined],
    ['60%', '60%'],
    ['64.99%', '60%'],
    ['65%', '65%'],
    ['70%', '70%'],
    ['100%', '70%'],
  ])('%s stands on the step from %s', (value, from) => {
    expect(stepOf(ladder, parseFraction(value))?.terms.from).toBe(from);
  });

  it('has exact bounds, and none at its open end', () => {
    expect(ladder.map(({ from, to }) => [from, to])).toEqual([
      [fraction(3n, 5n), fraction(13n, 20n)],
      [fraction(13n, 20n), fraction(7n, 10n)],
      [fraction(7n, 10n), null],
    ]);
  });

  it('has no fault when the steps meet and the last is open', () => {
    expect(faults(['60%', '65%'], ['65%'])).toEqual([]);
    expect(faults(['0'])).toEqual([]);
    expect(faults()).toEqual([]);
  });

  it.each<[string, [string, string?][], string[]]>([
    [
      'a bound that is no number, before anything else',
      [['many', '1e3'], ['5']],
      [
        '/tiers/0/from NOT_A_FRACTION "many" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
        '/tiers/0/to NOT_A_FRACTION "1e3" is not an exact number. Write it as 12, -3, 0.25, 445/720 or 25%.',
      ],
    ],
    [
      'an end at the beginning',
      [['5', '5'], ['5']],
      [
        '/tiers/0 STEP_BACKWARD Tier 1 ends at 5, which is not above its beginning 5.',
        '/tiers/1 STEPS_OUT_OF_ORDER Tier 2 begins at 5, not above the one before it. List the lowest first.',
      ],
    ],
    [
      'a last step that ends',
      [
        ['1', '2'],
        ['2', '3'],
      ],
      [
        '/tiers/1 STEPS_END Tier 2 is the last and ends; a result above it would have no place. Leave out "to".',
      ],
    ],
    [
      'an open step before the last',
      [['1'], ['2']],
      ['/tiers/0 STEPS_OVERLAP Tier 1 has no end, so it overlaps the next. Say where it ends.'],
    ],
    [
      'steps out of order',
      [['5', '6'], ['5']],
      [
        '/tiers/1 STEPS_OUT_OF_ORDER Tier 2 begins at 5, not above the one before it. List the lowest first.',
      ],
    ],
    [
      'an overlap',
      [['1', '3'], ['2.5']],
      ['/tiers/1 STEPS_OVERLAP Tier 2 begins at 2.5, before the one before it has ended at 3.'],
    ],
    [
      'a gap',
      [['1', '3'], ['1/3', '4'], ['5']],
      [
        '/tiers/1 STEPS_OUT_OF_ORDER Tier 2 begins at 1/3, not above the one before it. List the lowest first.',
        '/tiers/2 STEPS_GAP Nothing holds results from 4 up to 5. Begin tier 3 at 4.',
      ],
    ],
  ])('refuses %s', (_name, bounds, sentences) => {
    expect(faults(...bounds)).toEqual(sentences);
  });
});
