import fc from 'fast-check';
import { attributesWanting, columnsWanting } from './eligibility-gaps.js';
import { isEligible, type Eligibility } from './eligibility.js';

const aged: Eligibility = { attribute: 'age', min: 50 };
const alone: Eligibility = { attribute: 'lives_alone', is: true };
const bereaved: Eligibility = { attribute: 'bereaved', is: true };
const inTown: Eligibility = { attribute: 'area', in: ['Redditch'] };
const twoOfThree: Eligibility = { atLeast: 2, of: [alone, bereaved, inTown] };
type Given = Readonly<Record<string, string | number | boolean>>;

describe('a participant of whom an attribute is not given', () => {
  it.each<[string, Eligibility, Given, string[]]>([
    ['the only one that is asked about', aged, {}, ['age']],
    ['none, of somebody too young', aged, { age: 49 }, []],
    ['one of two, the other being right', { all: [aged, alone] }, { lives_alone: true }, ['age']],
    ['one of two, the other being wrong', { all: [aged, alone] }, { lives_alone: false }, []],
    ['both of two', { all: [aged, alone] }, {}, ['age', 'lives_alone']],
    [
      'one of two ways, the other being wrong',
      { any: [aged, alone] },
      { age: 49 },
      ['lives_alone'],
    ],
    ['both of two ways, of which either would do', { any: [aged, alone] }, {}, []],
    ['age, and both of two ways', { all: [aged, { any: [alone, bereaved] }] }, {}, ['age']],
    ['two of three', twoOfThree, { area: 'Redditch' }, []],
    ['two of three, the third being wrong', twoOfThree, { area: 'x' }, ['lives_alone', 'bereaved']],
    ['three of three', twoOfThree, {}, []],
    ['what must not be', { not: alone }, {}, []],
    ['what must not be otherwise', { not: { not: alone } }, {}, ['lives_alone']],
    ['the same in two places', { all: [aged, { not: { not: aged } }] }, {}, ['age']],
  ])('wants %s', (_, rule, given, wanting) =>
    expect(attributesWanting(rule, given)).toEqual(wanting),
  );
});

describe('a file without columns of attributes', () => {
  it.each<[string, Eligibility, string[], string[]]>([
    ['none', aged, ['age'], []],
    ['the only one', aged, ['lives_alone'], ['age']],
    ['one of two', { all: [aged, alone] }, ['age'], ['lives_alone']],
    ['none where one of two ways is there', { any: [aged, alone] }, ['age'], []],
    ['each of two ways where none is there', { any: [aged, alone] }, [], ['age', 'lives_alone']],
    ['the one that every way needs', { all: [aged, { any: [alone, inTown] }] }, [], ['age']],
    ['none where two of three are there', twoOfThree, ['area', 'bereaved'], []],
    ['both others where one of three is there', twoOfThree, ['area'], ['lives_alone', 'bereaved']],
    ['none for what must not be', { not: alone }, [], []],
  ])('lacks %s', (_, rule, columns, lacking) =>
    expect(columnsWanting(rule, (attribute) => columns.includes(attribute))).toEqual(lacking),
  );
});

/** Expressions over four yes-no attributes, each asked about once, so that any answers are possible together. */
const expression = fc.letrec<{ rule: Eligibility }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', 'c', 'd').map((attribute): Eligibility => ({ attribute, is: true })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all): Eligibility => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any): Eligibility => ({ any })),
    tie('rule').map((not): Eligibility => ({ not })),
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.array(tie('rule'), { minLength: 1, maxLength: 3 }))
      .map(([atLeast, of]): Eligibility => ({ atLeast, of })),
  ),
})).rule;
const answers = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean());

describe('whatever the rule', () => {
  it('nobody is eligible while an attribute that is wanting stays away, whatever else is given', () => {
    fc.assert(
      fc.property(expression, answers, answers, (rule, given, more) => {
        for (const wanting of attributesWanting(rule, given)) {
          const { [wanting]: _, ...others } = more;
          expect(isEligible(rule, { ...others, ...given })).toBe(false);
        }
      }),
    );
  });

  it('nobody is eligible in a file that lacks columns, whatever stands in those it has', () => {
    fc.assert(
      fc.property(expression, answers, (rule, given) => {
        const lacking = columnsWanting(rule, (attribute) => Object.hasOwn(given, attribute));
        if (lacking.length > 0) expect(isEligible(rule, given)).toBe(false);
        for (const column of lacking) expect(given).not.toHaveProperty(column);
      }),
    );
  });
});
