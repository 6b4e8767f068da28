import type { TermsDocument } from '../contract-terms/terms.schema.js';
import { notesOf } from './notes.js';

type Comparison = Partial<TermsDocument['comparison']>;
const clause = (id: string, ...types: string[]) => ({
  id,
  modifiers: types.map((type) => ({ type })),
});
const notes = (its: object = {}, comparison: Comparison = {}) =>
  notesOf({
    standing: 'real',
    clauses: [clause('4.1'), clause('5.1', 'M1')],
    comparison: { method: 'none-for-events', deadweightPercent: '0%', ...comparison },
    ...its,
  } as unknown as TermsDocument);

describe('the notes beside the figures', () => {
  it('are none where there is nothing to warn of', () => expect(notes()).toStrictEqual([]));

  it('say that illustrative terms are examples', () =>
    expect(notes({ standing: 'illustrative' })).toEqual([
      'Illustrative: the real terms of this contract are not public, so its terms and figures are examples.',
    ]));

  it.each([
    [
      'own-baseline',
      'Outcomes compare each participant before and after, without a control group: they do not show what would have happened anyway.',
    ],
    [
      'historic-baseline',
      'Outcomes are compared with earlier years, without a control group: they do not show what would have happened anyway.',
    ],
    [
      'external-benchmark',
      'Outcomes are compared with an outside series, without a control group of their own: others may have differed from the start.',
    ],
    [
      'projection',
      'Outcomes are compared with a projection, without a control group: they are worth no more than the projection.',
    ],
  ] as const)('warn of a comparison without control: %s', (method, warning) =>
    expect(notes({}, { method })).toEqual([warning]),
  );

  it.each(['matched-control', 'signed-external-effect'] as const)(
    'do not warn of a comparison with controls: %s',
    (method) => expect(notes({}, { method })).toEqual([]),
  );

  it.each([
    ['shown', 'The benchmark ELSA is shown beside the result and not deducted.'],
    ['deducted', 'The benchmark ELSA is deducted from the result.'],
  ] as const)('say whether a benchmark was deducted: %s', (use, sentence) =>
    expect(notes({}, { benchmark: { source: 'ELSA', use } })).toEqual([sentence]),
  );

  it('say how amounts stand to value added tax', () =>
    expect(notes({ vat: 'included' })).toEqual(['Amounts include value added tax.']));

  it.each(['0%', '0.00%', '0', '0/1'])('say nothing of %s deducted', (deadweightPercent) =>
    expect(notes({}, { deadweightPercent })).toEqual([]),
  );
  it.each(['15%', '0.05%', '10.0%'])(
    'say that %s is deducted as what would have happened anyway',
    (deadweightPercent) =>
      expect(notes({}, { deadweightPercent })).toEqual([
        `${deadweightPercent} of what results are worth is deducted, as what would have happened anyway.`,
      ]),
  );

  it('name the clauses that deduct otherwise', () => {
    const clauses = [clause('4.1'), clause('5.1', 'M1', 'M5'), clause('6.1', 'M5')];
    const own =
      'Of clause 5.1, 6.1, what would have happened anyway is deducted as the clause says.';
    expect(notes({ clauses })).toEqual([own]);
    expect(notes({ clauses }, { deadweightPercent: '15%' })).toEqual([
      '15% of what results are worth is deducted, as what would have happened anyway, save where a clause says otherwise.',
      own,
    ]);
  });

  it('stand in one order: terms, comparison, what is deducted, benchmark, the note of the terms, tax', () =>
    expect(
      notes(
        { standing: 'illustrative', vat: 'exempt' },
        {
          method: 'projection',
          deadweightPercent: '15%',
          benchmark: { source: 'ELSA', use: 'shown' },
          note: 'The projection was made in 2014.',
        },
      ),
    ).toEqual([
      expect.stringMatching(/^Illustrative/),
      expect.stringContaining('with a projection'),
      expect.stringMatching(/^15% /),
      expect.stringMatching(/^The benchmark ELSA/),
      'The projection was made in 2014.',
      'Amounts are exempt from value added tax.',
    ]));
});
