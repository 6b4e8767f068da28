import fc from 'fast-check';
import {
  eligibilityInWords,
  eligibilitySchema,
  isEligible,
  type Eligibility,
} from './eligibility.js';

const aged = (min?: number, max?: number): Eligibility => ({
  attribute: 'age',
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
const alone: Eligibility = { attribute: 'lives_alone', is: true };
const bereaved: Eligibility = { attribute: 'bereaved', is: true };
const inTown: Eligibility = { attribute: 'area', in: ['Redditch', 'Worcester'] };

describe('who is served', () => {
  it.each<[string, Eligibility, Record<string, string | number | boolean>, boolean]>([
    ['50 or over, at 49', aged(50), { age: 49 }, false],
    ['50 or over, at 50', aged(50), { age: 50 }, true],
    ['16 to 25, at 25', aged(16, 25), { age: 25 }, true],
    ['16 to 25, at 26', aged(16, 25), { age: 26 }, false],
    ['25 or under, at 20', aged(undefined, 25), { age: 20 }, true],
    ['50 or over, age not given', aged(50), {}, false],
    ['50 or over, age given as a text', aged(50), { age: '60' }, false],
    ['lives alone, yes', alone, { lives_alone: true }, true],
    ['lives alone, no', alone, { lives_alone: false }, false],
    ['lives alone, not given', alone, {}, false],
    ['not alone, not given', { not: alone }, {}, true],
    ['in a town', inTown, { area: 'Redditch' }, true],
    ['in a town, elsewhere', inTown, { area: 'Wychavon' }, false],
    ['in a town, in small letters', inTown, { area: 'redditch' }, false],
    ['both', { all: [alone, bereaved] }, { lives_alone: true, bereaved: true }, true],
    ['both, with one', { all: [alone, bereaved] }, { lives_alone: true, bereaved: false }, false],
    ['either, with one', { any: [alone, bereaved] }, { lives_alone: false, bereaved: true }, true],
    ['either, with none', { any: [alone, bereaved] }, {}, false],
    [
      'two of three, with two',
      { atLeast: 2, of: [alone, bereaved, inTown] },
      { bereaved: true, area: 'Worcester' },
      true,
    ],
    [
      'two of three, with one',
      { atLeast: 2, of: [alone, bereaved, inTown] },
      { bereaved: true },
      false,
    ],
    ['a name that every object has', { attribute: 'constructor', is: true }, {}, false],
  ])('%s', (_name, rule, attributes, served) => expect(isEligible(rule, attributes)).toBe(served));

  it.each<[Eligibility, string]>([
    [aged(50), 'age is 50 or more'],
    [aged(undefined, 25), 'age is 25 or less'],
    [aged(16, 25), 'age is 16 to 25'],
    [inTown, 'area is one of Redditch, Worcester'],
    [
      { all: [aged(50), { any: [alone, bereaved] }] },
      'age is 50 or more and (lives_alone is yes or bereaved is yes)',
    ],
    [{ not: alone }, 'not (lives_alone is yes)'],
    [{ atLeast: 2, of: [alone, bereaved] }, 'at least 2 of: lives_alone is yes; bereaved is yes'],
  ])('%j reads: %s', (rule, words) => expect(eligibilityInWords(rule)).toBe(words));

  it('calls attributes by their labels, and what is not declared by its name', () =>
    expect(
      eligibilityInWords(
        { all: [aged(50), { any: [alone, bereaved] }] },
        {
          age: { type: 'number', label: 'Age at the start' },
          lives_alone: { type: 'yes-no', label: 'Lives alone' },
        },
      ),
    ).toBe('"Age at the start" is 50 or more and ("Lives alone" is yes or bereaved is yes)'));

  const leaf = fc.constantFrom(alone, bereaved, inTown, aged(50), aged(16, 25));
  const rules = fc.letrec<{ rule: Eligibility }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie('rule').map((not) => ({ not })),
    ),
  })).rule;
  const people = fc.record(
    {
      age: fc.integer({ min: 0, max: 99 }),
      lives_alone: fc.boolean(),
      bereaved: fc.boolean(),
      area: fc.constantFrom('Redditch', 'Wychavon'),
    },
    { requiredKeys: [] },
  );

  it('obeys the laws of logic, and is written in a form that is read back', () => {
    fc.assert(
      fc.property(rules, rules, people, (a, b, person) => {
        const is = (rule: Eligibility) => isEligible(rule, person);
        expect(is({ not: { all: [a, b] } })).toBe(is({ any: [{ not: a }, { not: b }] }));
        expect(is({ atLeast: 1, of: [a, b] })).toBe(is({ any: [a, b] }));
        expect(is({ atLeast: 2, of: [a, b] })).toBe(is({ all: [a, b] }));
        expect(eligibilitySchema.parse(a)).toEqual(a);
      }),
    );
  });
});
