import fc from 'fast-check';
import { compare, parseFraction } from '../money/fraction.js';
import { instrumentFaults } from './faults/instrument-faults.js';
import { subscalesOf, type Instrument, type Item, type Questionnaire } from './instrument.js';
import { INSTRUMENTS } from './registry.js';
import { countsOf, parseScore, reversed, scoreItems, ScoreRefused } from './score.js';
import { scaleOf, type Scale } from './scale.js';

const item = (id: string): fc.Arbitrary<Item> =>
  fc.record(
    {
      id: fc.constant(id),
      options: fc
        .uniqueArray(fc.integer({ min: -5, max: 9 }), { minLength: 2, maxLength: 6 })
        .chain((values) =>
          fc.tuple(
            ...values.map((value) =>
              fc.record(
                { value: fc.constant(value), scores: fc.integer({ min: -5, max: 9 }) },
                { requiredKeys: ['value'] },
              ),
            ),
          ),
        ),
      reversed: fc.boolean(),
    },
    { requiredKeys: ['id', 'options'] },
  );

/** An instrument whose bounds are what its answers add up to; some have rules for missing answers that do not fit. */
const questionnaire: fc.Arbitrary<Questionnaire> = fc
  .integer({ min: 1, max: 6 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => item(`q${index + 1}`))))
  .chain((items) =>
    fc
      .record({
        allowed: fc.integer({ min: 0, max: items.length - 1 }),
        score: fc.constantFrom('sum' as const, 'prorated' as const),
        decimals: fc.integer({ min: 0, max: 3 }),
        same: fc.boolean(),
      })
      .map(({ allowed, score, decimals, same }) => {
        const used = same ? items.map(({ id }) => ({ ...items[0]!, id })) : items;
        const total = (end: 'least' | 'most') =>
          String(used.reduce((sum, one) => sum + countsOf(one)[end], 0));
        return {
          ...INSTRUMENTS['ucla-3'],
          min: total('least'),
          max: total('most'),
          decimals,
          items: used,
          missing: { allowed, score },
        };
      }),
  );
const sound = questionnaire.filter((instrument) => instrumentFaults(instrument).length === 0);

/** Answers to some of the items, all of them options. */
const answersTo = (items: readonly Item[]): fc.Arbitrary<Record<string, number>> =>
  fc
    .tuple(
      ...items.map(({ options }) =>
        fc.option(fc.constantFrom(...options.map(({ value }) => value)), { freq: 4 }),
      ),
    )
    .map((values) =>
      Object.fromEntries(
        values.flatMap((value, index) => (value === null ? [] : [[items[index]!.id, value]])),
      ),
    );

const inside = (scale: Scale, score: string) => {
  const value = parseFraction(score);
  return compare(value, scale.min) >= 0 && compare(value, scale.max) <= 0;
};

/** The score, or null where too many answers are missing. */
function scoreIfAny(instrument: Instrument, scale: Scale, given: Record<string, number>) {
  try {
    return scoreItems(instrument, scale, given);
  } catch (error) {
    if (error instanceof ScoreRefused && error.code === 'ITEMS_MISSING') return null;
    throw error;
  }
}

describe('the score of any answers to any sound instrument', () => {
  const case_ = sound.chain((instrument) =>
    answersTo(instrument.items).map((given) => ({ instrument, given })),
  );

  it('lies within its bounds and can be typed', () => {
    fc.assert(
      fc.property(case_, ({ instrument, given }) => {
        const scale = scaleOf(instrument)!;
        const score = scoreIfAny(instrument, scale, given);
        if (score === null) return;
        expect(inside(scale, score)).toBe(true);
        expect(parseScore(scale, score)).toBe(score);
      }),
    );
  });

  it('is given exactly where no more answers are missing than may be', () => {
    fc.assert(
      fc.property(case_, ({ instrument, given }) => {
        const answered = Object.keys(given).length;
        const missing = instrument.items.length - answered;
        const isScored = answered > 0 && missing <= instrument.missing!.allowed;
        expect(scoreIfAny(instrument, scaleOf(instrument)!, given) !== null).toBe(isScored);
      }),
    );
  });

  it('does not depend on the order in which answers were given', () => {
    fc.assert(
      fc.property(case_, ({ instrument, given }) => {
        const scale = scaleOf(instrument)!;
        const turned = Object.fromEntries(Object.entries(given).reverse());
        expect(scoreIfAny(instrument, scale, turned)).toBe(scoreIfAny(instrument, scale, given));
      }),
    );
  });
});

describe('reversal', () => {
  it('undoes itself, and keeps the range of the item', () => {
    fc.assert(
      fc.property(item('q1'), (one) => {
        const { least, most } = countsOf(one);
        for (const { value, scores } of one.options) {
          const count = scores ?? value;
          const turned = reversed(one, count);
          expect(reversed(one, turned)).toBe(count);
          expect(turned >= least && turned <= most).toBe(true);
        }
      }),
    );
  });
});

describe('built-in instruments', () => {
  const scored = Object.values(INSTRUMENTS as Record<string, Instrument>).flatMap((instrument) =>
    [undefined, ...subscalesOf(instrument).map(({ id }) => id)].flatMap((subscale) => {
      const scale = scaleOf(instrument, subscale);
      const name = `${instrument.id} ${subscale ?? 'total'}`;
      return scale && scale.items.length > 0 ? [{ name, instrument, scale }] : [];
    }),
  );

  it.each(scored)('$name stays within its bounds', ({ instrument, scale }) => {
    fc.assert(
      fc.property(answersTo(scale.items), (given) => {
        const score = scoreIfAny(instrument, scale, given);
        expect(score === null || inside(scale, score)).toBe(true);
      }),
    );
  });
});
