import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { INSTRUMENTS } from '../registry.js';
import { scaleOf } from '../scale.js';
import { scoreItems } from '../score.js';
import { assemble } from './assemble.js';
import { fromFhirQuestionnaire } from './fhir-questionnaire.js';
import type { ImportChoices } from './found-instrument.js';
import { ImportRefused } from './import-refused.js';

const FILES = resolve(__dirname, '../../../../test/support/instruments');
const PHQ9 = JSON.parse(readFileSync(`${FILES}/phq-9.questionnaire.json`, 'utf8')) as object;
const CHOICES: ImportChoices = { improvement: 'lower', licence: 'whole', missingAllowed: 0 };
const WITHOUT = ['69722-7'];

const ORDINAL = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const WEIGHT = 'http://hl7.org/fhir/StructureDefinition/itemWeight';
const weight = (value: number, url = ORDINAL) => [{ url, valueDecimal: value }];
const form = (...item: object[]) => ({ resourceType: 'Questionnaire', title: 'Mood', item });
const choice = (linkId: string, ...answerOption: object[]) => ({
  linkId,
  type: 'choice',
  answerOption,
});
const coded = (display: string, value?: number, url?: string) => ({
  valueCoding: {
    display,
    ...(value === undefined ? {} : { extension: weight(value, url) }),
  },
});
const calm = choice('calm', coded('No', 0), coded('Yes', 1));
const faultsOf = (data: unknown): string[] => {
  try {
    fromFhirQuestionnaire(data);
    return [];
  } catch (error) {
    if (error instanceof ImportRefused) return error.faults.map(({ at, code }) => `${at} ${code}`);
    throw error;
  }
};

describe('a FHIR Questionnaire', () => {
  it('of PHQ-9 becomes an instrument that scores as the built-in one', () => {
    const { instrument, remarks } = assemble(fromFhirQuestionnaire(PHQ9, WITHOUT), CHOICES);
    expect(instrument).toMatchObject({
      id: 'phq-9-form',
      version: '2.0',
      name: 'Patient health questionnaire (PHQ-9)',
      min: '0',
      max: '27',
      loinc: '44249-1',
      licence: 'whole',
    });
    expect(instrument.items.map(({ id }) => id).slice(0, 2)).toEqual(['44250-9', '44255-8']);
    expect(instrument.items.map(({ text }) => text)).toEqual(
      INSTRUMENTS['phq-9'].items.map(({ text }) => text),
    );
    expect(remarks).toEqual([
      '"69722-7" (How difficult have these problems made it for you?) is left out, as asked.',
      '"44261-6" (Total score) is left out: it is not a choice (decimal).',
    ]);
    const given = [2, 1, 3, 3, 1, 0, 2, 0, 0];
    const answers = Object.fromEntries(instrument.items.map(({ id }, i) => [id, given[i]!]));
    expect(scoreItems(instrument, scaleOf(instrument)!, answers)).toBe('12');
  });

  it('is refused while an item has answers that count nothing', () => {
    expect(faultsOf(PHQ9)).toEqual(['/item/2 ANSWERS_UNWEIGHTED']);
  });

  it('that is licensed comes without its wording', () => {
    const { items } = assemble(fromFhirQuestionnaire(PHQ9, WITHOUT), {
      ...CHOICES,
      licence: 'score-only',
    }).instrument;
    expect(JSON.stringify(items)).not.toMatch(/text|days/);
    expect(items[0]).toEqual({
      id: '44250-9',
      options: [{ value: 0 }, { value: 1 }, { value: 2 }, { value: 3 }],
    });
  });

  it('may say what an answer counts on the option, on its coding, in R5, or by being a number', () => {
    const { items } = fromFhirQuestionnaire(
      form(
        choice(
          'a',
          { extension: weight(2), valueString: 'Two' },
          { extension: weight(3, WEIGHT), valueCoding: { code: 'three' } },
        ),
        {
          ...choice('b', coded('No', 0, WEIGHT), coded('Yes', 1, WEIGHT)),
          type: 'coding',
        },
        choice('c', { valueInteger: 4 }, { valueInteger: 5 }),
      ),
    );
    expect(items.map(({ options }) => options)).toEqual([
      [
        { value: 2, text: 'Two' },
        { value: 3, text: 'three' },
      ],
      [
        { value: 0, text: 'No' },
        { value: 1, text: 'Yes' },
      ],
      [
        { value: 4, text: '4' },
        { value: 5, text: '5' },
      ],
    ]);
  });

  it('keeps answers apart that count the same', () => {
    const [item] = fromFhirQuestionnaire(
      form(choice('a', coded('Yes', 1), coded('More or less', 1), coded('No', 0))),
    ).items;
    expect(item!.options).toEqual([
      { value: 1, scores: 1, text: 'Yes' },
      { value: 2, scores: 1, text: 'More or less' },
      { value: 3, scores: 0, text: 'No' },
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ['another resource', { resourceType: 'Patient' }, ['/resourceType NOT_A_QUESTIONNAIRE']],
    ['no resource', [1], ['/resourceType NOT_A_QUESTIONNAIRE']],
    ['nothing to choose', form({ linkId: 'a', type: 'string' }), ['/item NOTHING_SCORED']],
    [
      'answers in a value set',
      form({ linkId: 'a', type: 'choice', answerValueSet: 'http://x.example/vs' }),
      ['/item/0 ANSWERS_ELSEWHERE'],
    ],
    ['a single answer', form(choice('a', coded('Yes', 1))), ['/item/0 ANSWERS_MISSING']],
    [
      'an answer that does not count',
      form(choice('a', coded('Yes', 1), coded('No'))),
      ['/item/0 ANSWER_UNWEIGHTED'],
    ],
    [
      'half a point',
      form({ linkId: 'g', type: 'group', item: [choice('a', coded('A', 1), coded('B', 0.5))] }),
      ['/item/0/item/0 WEIGHT_NOT_WHOLE'],
    ],
    ['several answers at once', form({ ...calm, repeats: true }), ['/item/0 SEVERAL_ANSWERS']],
  ])('is refused for %s', (_name, data, faults) => expect(faultsOf(data)).toEqual(faults));

  it('is refused, not followed, however deep its groups are nested', () => {
    let nested: object = calm;
    for (let depth = 0; depth < 5_000; depth += 1)
      nested = { linkId: `g${depth}`, type: 'group', item: [nested] };
    expect(faultsOf(form(nested)).map((fault) => fault.split(' ')[1])).toEqual(['TOO_DEEP']);
  });
});

describe('what an imported instrument is told beside its file', () => {
  const mood = form(calm, choice('tense', coded('No', 0), coded('Yes', 1)));
  const made = (choices: Partial<ImportChoices>) =>
    assemble(fromFhirQuestionnaire(mood), { ...CHOICES, ...choices }).instrument;
  const codes = (choices: Partial<ImportChoices>) => {
    try {
      made(choices);
      return [];
    } catch (error) {
      return (error as ImportRefused).faults.map(({ at, code }) => `${at} ${code}`);
    }
  };

  it('is which way is better, what may be missing, its id and source, and what is reversed', () => {
    expect(
      made({
        improvement: 'higher',
        missingAllowed: 1,
        missingScore: 'prorated',
        id: 'our-mood',
        citation: 'By us',
        reversed: ['tense'],
      }),
    ).toMatchObject({
      id: 'our-mood',
      improvement: 'higher',
      citation: 'By us',
      missing: { allowed: 1, score: 'prorated' },
      items: [{ id: 'calm' }, { id: 'tense', reversed: true }],
    });
  });

  it('may be a conversion table, whose ends are then the bounds', () => {
    const conversion = [
      { raw: 0, score: '10' },
      { raw: 1, score: '12.5' },
      { raw: 2, score: '20' },
    ];
    expect(made({ conversion })).toMatchObject({ min: '10', max: '20', decimals: 1, conversion });
    expect(codes({ conversion: conversion.slice(1) })).toEqual([
      '/conversion CONVERSION_INCOMPLETE',
    ]);
  });

  it('is refused where it does not fit', () => {
    expect(codes({ missingAllowed: 2 })).toEqual(['/missing/allowed MISSING_TOO_MANY']);
    expect(codes({ reversed: ['calm', 'sad'] })).toEqual(['sad ITEM_UNKNOWN']);
    expect(codes({ id: 'Our mood' })).toEqual(['/id TERM_INVALID']);
  });
});
