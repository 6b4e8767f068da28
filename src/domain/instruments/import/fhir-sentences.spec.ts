import { fromFhirQuestionnaire } from './fhir-questionnaire.js';
import { ImportRefused } from './import-refused.js';

const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const form = (...item: unknown[]) => ({ resourceType: 'Questionnaire', title: 'Mood', item });
const answer = (display: string | null, weight?: unknown) => ({
  valueCoding: {
    ...(display === null ? {} : { display }),
    ...(weight === undefined ? {} : { extension: [{ url: ORDINAL, valueDecimal: weight }] }),
  },
});
const NO = answer('No', 0);
const YES = answer('Yes', 1);
const choice = (linkId: string, given: object = {}) => ({
  linkId,
  type: 'choice',
  answerOption: [NO, YES],
  ...given,
});
const faultsOf = (data: unknown): string[] => {
  try {
    fromFhirQuestionnaire(data);
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return error.faults.map(({ at, code, detail }) => `${at} ${code} ${detail}`);
  }
  return [];
};
const optionsOf = (...answerOption: unknown[]) =>
  fromFhirQuestionnaire(form(choice('calm', { answerOption }))).items[0]!.options;

describe('a FHIR Questionnaire that cannot be scored', () => {
  it.each<[string, unknown, string[]]>([
    [
      'is another resource',
      { resourceType: 'Patient' },
      [
        '/resourceType NOT_A_QUESTIONNAIRE This is not a FHIR Questionnaire. ' +
          'Its resourceType must be "Questionnaire".',
      ],
    ],
    [
      'asks nothing that counts',
      form({ linkId: 'a', type: 'string' }),
      [
        '/item NOTHING_SCORED No item of this Questionnaire is a choice between answers that count.',
      ],
    ],
    [
      'has its answers elsewhere',
      form(choice('calm', { answerOption: [], answerValueSet: ' http://x.example/vs ' })),
      [
        '/item/0 ANSWERS_ELSEWHERE The answers of "calm" stand in the value set http://x.example/vs. ' +
          'Write them as answerOption, each with its ordinalValue.',
      ],
    ],
    [
      'has one answer only, beside something that is none',
      form(choice('calm', { text: 'How calm?', answerOption: [YES, 'No', null] })),
      ['/item/0 ANSWERS_MISSING "calm" (How calm?) has fewer than two answers to choose from.'],
    ],
    [
      'has answers of which none counts, or by a number in quotes',
      form(choice('calm', { answerOption: [answer('No'), answer('Yes', '1')] })),
      [
        '/item/0 ANSWERS_UNWEIGHTED No answer of "calm" says what it counts. ' +
          'Give each an ordinalValue, or leave the item out with --without.',
      ],
    ],
    [
      'has an answer that does not count, without a word to call it by',
      form(choice('calm', { answerOption: [NO, answer('Often'), answer(null)] })),
      [
        '/item/0 ANSWER_UNWEIGHTED The answer "Often" of "calm" does not say what it counts. ' +
          'Give it an ordinalValue.',
        '/item/0 ANSWER_UNWEIGHTED The answer "answer 3" of "calm" does not say what it counts. ' +
          'Give it an ordinalValue.',
      ],
    ],
    [
      'has answers that count half a point, or beyond a thousand',
      form(
        choice('calm', { answerOption: [answer('A', 0.5), answer('B', 1000), answer('C', -1000)] }),
      ),
      [
        '/item/0 WEIGHT_NOT_WHOLE The answer "A" of "calm" counts 0.5. ' +
          'Answers count whole numbers up to 999.',
        '/item/0 WEIGHT_NOT_WHOLE The answer "B" of "calm" counts 1000. ' +
          'Answers count whole numbers up to 999.',
        '/item/0 WEIGHT_NOT_WHOLE The answer "C" of "calm" counts -1000. ' +
          'Answers count whole numbers up to 999.',
      ],
    ],
    [
      'lets several answers be given',
      form(choice('calm', { repeats: true })),
      ['/item/0 SEVERAL_ANSWERS "calm" takes several answers, so it has no one value.'],
    ],
  ])('%s', (_what, data, faults) => expect(faultsOf(data)).toEqual(faults));

  it('is nested deeper than groups are in earnest', () => {
    const nested = (groups: number): object =>
      groups === 0 ? choice('calm') : { linkId: 'g', type: 'group', item: [nested(groups - 1)] };
    expect(faultsOf(form(nested(39)))).toEqual([]);
    expect(faultsOf(form(nested(40)))).toEqual([
      `${'/item/0'.repeat(41)} TOO_DEEP Groups are nested too deeply. Write them side by side.`,
    ]);
  });

  it.each([
    [['a'], 'This does not define an instrument that can be scored: 1 fault.'],
    [['a', 'b'], 'This does not define an instrument that can be scored: 2 faults.'],
  ])('is refused with the number of its faults: %j', (ids, detail) => {
    const refusal = new ImportRefused(ids.map((at) => ({ at, code: 'A', detail: 'Wrong.' })));
    expect(refusal).toMatchObject({ code: 'INSTRUMENT_REFUSED', kind: 'invalid', message: detail });
  });
});

describe('what a FHIR Questionnaire says of itself', () => {
  const about = (more: object) => fromFhirQuestionnaire({ ...form(choice('calm')), ...more });

  it('is taken over', () => {
    expect(
      about({
        id: ' mood-2 ',
        version: '3.1',
        language: 'de',
        copyright: 'By us',
        code: [{ system: 'http://loinc.org', code: '44249-1' }],
      }),
    ).toEqual({
      name: 'mood-2',
      title: 'Mood',
      version: '3.1',
      language: 'de',
      copyright: 'By us',
      loinc: '44249-1',
      items: [
        {
          id: 'calm',
          options: [
            { value: 0, text: 'No' },
            { value: 1, text: 'Yes' },
          ],
        },
      ],
      remarks: [],
    });
  });

  it.each<[object, string, string]>([
    [{}, 'Mood', 'Mood'],
    [{ name: 'MoodScale' }, 'MoodScale', 'Mood'],
    [{ name: 'MoodScale', title: '  ' }, 'MoodScale', 'MoodScale'],
    [{ title: undefined }, 'Imported questionnaire', 'Imported questionnaire'],
  ])('may be little: %j', (more, name, title) =>
    expect(about(more)).toMatchObject({
      name,
      title,
      version: '1',
      language: null,
      copyright: null,
    }),
  );

  it.each<[string, unknown]>([
    ['of another system', [{ system: 'http://snomed.info/sct', code: '44249-1' }]],
    ['that LOINC could not have given, before', [{ system: 'http://loinc.org', code: 'x44249-1' }]],
    ['that LOINC could not have given, after', [{ system: 'http://loinc.org', code: '44249-12' }]],
    ['that is no text', [{ system: 'http://loinc.org', code: 44249 }]],
    ['that is nothing', [null, 'http://loinc.org']],
  ])('has no code in LOINC where it has one %s', (_what, code) =>
    expect(about({ code }).loinc).toBeNull(),
  );
});

describe('the items of a FHIR Questionnaire', () => {
  it('are numbered where they have no id, and said by their text in remarks', () => {
    const { items, remarks } = fromFhirQuestionnaire(
      form(
        choice('', { text: ' How calm? ', enableWhen: [{ question: 'x' }] }),
        choice('Q 2', { type: 'open-choice' }),
        'no item',
        null,
        { linkId: 'Heading', type: 'display' },
        { linkId: 'Age!', type: 'integer', text: 'How old?' },
        { linkId: '', text: 'What else?' },
        {},
      ),
    );
    expect(items.map(({ id, text }) => [id, text])).toEqual([
      ['q1', 'How calm?'],
      ['q-2', undefined],
    ]);
    expect(items[1]).not.toHaveProperty('text');
    expect(remarks).toEqual([
      '"q1" (How calm?) is asked under a condition; not asked, it counts as missing.',
      '"age" (How old?) is left out: it is not a choice (integer).',
      '"" (What else?) is left out: it is not a choice (unknown).',
      '"" is left out: it is not a choice (unknown).',
    ]);
  });

  it('may be left out by the id they get, or by the one in the file', () => {
    const { items, remarks } = fromFhirQuestionnaire(
      form(choice('Q 1'), choice('Q 2'), choice('Q 3')),
      ['q-1', 'Q 2'],
    );
    expect(items.map(({ id }) => id)).toEqual(['q-3']);
    expect(remarks).toEqual(['"q-1" is left out, as asked.', '"q-2" is left out, as asked.']);
  });

  it('have answers that count up to 999, by either kind of number and by no other mark', () => {
    const weighed = (...extension: unknown[]) => ({ valueString: 'A', extension });
    expect(
      optionsOf(
        weighed(
          null,
          ORDINAL,
          { url: 'http://x.example', valueDecimal: 5 },
          { url: ORDINAL, valueInteger: -999 },
        ),
        weighed({ valueDecimal: 7 }, { url: ORDINAL, valueDecimal: 999 }),
        { valueInteger: 3 },
      ),
    ).toEqual([
      { value: -999, text: 'A' },
      { value: 999, text: 'A' },
      { value: 3, text: '3' },
    ]);
  });

  it('have answers without a word where the file has none', () => {
    expect(optionsOf(answer(null, 0), { ...answer(' ', 1), valueString: 'ignored' })).toEqual([
      { value: 0 },
      { value: 1 },
    ]);
  });
});
