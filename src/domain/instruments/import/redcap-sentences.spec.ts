import { assemble } from './assemble.js';
import { readConversion, type Row } from './conversion-table.js';
import { slug, type FoundInstrument, type ImportChoices } from './found-instrument.js';
import { ImportRefused } from './import-refused.js';
import { fromRedcapDictionary } from './redcap-dictionary.js';

const faultsOf = (act: () => unknown): string[] => {
  try {
    act();
  } catch (error) {
    if (!(error instanceof ImportRefused)) throw error;
    return error.faults.map(({ at, code, detail }) => `${at || 'whole'} ${code} ${detail}`);
  }
  return [];
};
const field = (given: Record<string, string> = {}): Row => ({
  field_name: 'calm',
  form_name: 'mood',
  field_type: 'radio',
  field_label: 'How calm?',
  select_choices_or_calculations: '0, No | 1, Yes',
  ...given,
});
const answers = (select_choices_or_calculations: string) =>
  field({ select_choices_or_calculations });

describe('a data dictionary that cannot be read', () => {
  const forms = ['mood', 'home', '', 'mood'].map((form_name) => field({ form_name }));
  const many = Array.from({ length: 21 }, (_, n) => field({ form_name: `f${n + 1}` }));

  it.each<[string, readonly Row[], string | undefined, string[]]>([
    [
      'is another file',
      [{ a: '1' }],
      undefined,
      [
        'form_name NOT_A_DICTIONARY This is not a REDCap data dictionary: ' +
          'it has no column form_name (or "Form Name") with forms.',
      ],
    ],
    [
      'has several forms, none of them named',
      forms,
      undefined,
      [
        'form_name FORM_NOT_NAMED Say with --form which form is the instrument. It has: mood, home.',
      ],
    ],
    [
      'has other forms',
      forms,
      'work',
      ['form_name FORM_UNKNOWN The dictionary has no form "work". It has: mood, home.'],
    ],
    [
      'has more forms than a sentence holds',
      many,
      'work',
      [
        'form_name FORM_UNKNOWN The dictionary has no form "work". It has: f1, f2, f3, f4, f5, f6, ' +
          'f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20.',
      ],
    ],
    [
      'has nothing to choose',
      [field({ field_type: 'text' })],
      undefined,
      ['mood NOTHING_SCORED The form "mood" has no radio buttons or drop-downs.'],
    ],
    [
      'has one answer',
      [answers('1, Yes | ')],
      undefined,
      ['row 2 ANSWERS_MISSING "calm" has fewer than two answers to choose from.'],
    ],
    [
      'has codes that are no whole numbers',
      [
        field({ field_name: 'glad' }),
        answers(' a, No | 1x, Yes |1.5, So | 10000, Much | -1000, Bad | -0, X'),
      ],
      undefined,
      ['a, No', '1x, Yes', '1.5, So', '10000, Much', '-1000, Bad', '-0, X'].map(
        (choice) =>
          `row 3 ANSWER_NOT_A_NUMBER "calm" has the answer "${choice}", whose code is not a whole ` +
          'number. Give it one, or leave the field out with --without.',
      ),
    ],
  ])('%s', (_what, rows, form, faults) =>
    expect(faultsOf(() => fromRedcapDictionary(rows, form))).toEqual(faults),
  );
});

describe('a data dictionary that is read', () => {
  const itemOf = (given: Record<string, string>) => fromRedcapDictionary([field(given)]).items[0]!;

  it('keeps codes of up to four digits or a negative of three, and labels with commas', () => {
    const choices = ' -120 , Bad, very bad | 0, |  7| 9999 , Good ';
    expect(itemOf({ select_choices_or_calculations: choices }).options).toEqual([
      { value: -120, text: 'Bad, very bad' },
      { value: 0 },
      { value: 7 },
      { value: 9999, text: 'Good' },
    ]);
  });

  it.each([
    ['<p>How</p><p>calm?</p>', 'How calm?'],
    ['How<br>calm<BR/>are   you?', 'How calm are you?'],
    ['<h3 class="x">How</h3>calm?', 'How calm?'],
    ['How <b style="color: red">ca</b>lm?', 'How calm?'],
    ['If 1 < 2 and 3 > 2', 'If 1 < 2 and 3 > 2'],
    ['  How\n calm? ', 'How calm?'],
  ])('reads the label %j as %j', (field_label, text) =>
    expect(itemOf({ field_label }).text).toBe(text),
  );

  it('has no text where the field has no label, and a number for a name where it has none', () => {
    const item = itemOf({ field_label: '<p></p>', field_name: '_' });
    expect(item).not.toHaveProperty('text');
    expect(item.id).toBe('row-2');
  });

  it('is read without regard to space around cells and case of the type', () => {
    expect(itemOf({ field_type: ' Radio ', field_name: ' Calm ' }).id).toBe('calm');
  });

  it('says what it leaves out, but not headings', () => {
    const { remarks, title } = fromRedcapDictionary([
      field({ form_name: 'mood_at_home' }),
      field({ form_name: 'mood_at_home', field_name: 'head', field_type: 'descriptive' }),
      field({ form_name: 'mood_at_home', field_name: 'age', field_type: 'slider' }),
    ]);
    expect(title).toBe('Mood at home');
    expect(remarks).toEqual(['"age" is left out: it is not a choice (slider).']);
  });

  it('asks under no condition a field that is refused', () => {
    const row = { ...answers('a, No | b, Yes'), branching_logic: '[x]=1' };
    expect(faultsOf(() => fromRedcapDictionary([row]))).toHaveLength(2);
  });
});

describe('a conversion table that cannot be read', () => {
  const unreadable = (row: number, column: string, text: string, what: string) =>
    `row ${row}, ${column} CONVERSION_UNREADABLE "${text}" is not ${what}. ` +
    'The columns are raw and score.';
  const WHOLE = 'a whole number';
  const NUMBER = 'a number such as 19.98';

  it('is refused with every cell', () => {
    const rows: Row[] = [
      { raw: 'x7', score: 'x7' },
      { raw: '7x', score: '7x' },
      { raw: '7.5', score: '7.12345' },
      { raw: '', score: '' },
      {},
    ];
    expect(faultsOf(() => readConversion(rows))).toEqual([
      unreadable(2, 'raw', 'x7', WHOLE),
      unreadable(2, 'score', 'x7', NUMBER),
      unreadable(3, 'raw', '7x', WHOLE),
      unreadable(3, 'score', '7x', NUMBER),
      unreadable(4, 'raw', '7.5', WHOLE),
      unreadable(4, 'score', '7.12345', NUMBER),
      unreadable(5, 'raw', '', WHOLE),
      unreadable(5, 'score', '', NUMBER),
      unreadable(6, 'raw', '', WHOLE),
      unreadable(6, 'score', '', NUMBER),
    ]);
  });

  it('is refused with fewer than two lines', () => {
    expect(faultsOf(() => readConversion([{ raw: '7', score: '7' }]))).toEqual([
      'whole CONVERSION_UNREADABLE A conversion table has a heading "raw,score" and a row for every sum.',
    ]);
  });

  it('is read with negative sums, several digits and space around them', () => {
    expect(
      readConversion([
        { raw: ' -12 ', score: ' -10.25 ' },
        { raw: '-11', score: '10' },
      ]),
    ).toEqual([
      { raw: -12, score: '-10.25' },
      { raw: -11, score: '10' },
    ]);
  });
});

describe('an imported instrument', () => {
  const FOUND: FoundInstrument = {
    name: 'Mood (2nd)',
    title: 'Mood',
    version: '2',
    language: null,
    copyright: null,
    loinc: null,
    items: ['calm', 'glad'].map((id) => ({ id, options: [{ value: 0 }, { value: 1 }] })),
    remarks: ['Left out.'],
  };
  const CHOICES: ImportChoices = { improvement: 'lower', licence: 'whole', missingAllowed: 0 };
  const made = (found: Partial<FoundInstrument>, choices: Partial<ImportChoices> = {}) =>
    assemble({ ...FOUND, ...found }, { ...CHOICES, ...choices }).instrument;

  it('has what the file says, and plain answers where it says nothing', () => {
    expect(assemble(FOUND, CHOICES)).toEqual({
      instrument: {
        kind: 'questionnaire',
        id: 'mood-2nd',
        version: '2',
        name: 'Mood',
        min: '0',
        max: '2',
        decimals: 0,
        improvement: 'lower',
        hasTotal: true,
        items: FOUND.items,
        missing: { allowed: 0, score: 'sum' },
        subscales: [],
        respondents: ['participant'],
        modes: ['self', 'assisted', 'telephone', 'proxy'],
        language: 'en',
        citation: 'Imported from "Mood"',
        licence: 'whole',
      },
      remarks: ['Left out.'],
    });
  });

  it('is in the language and under the copyright that the file names', () => {
    expect(made({ language: 'de', copyright: 'By us' })).toMatchObject({
      language: 'de',
      citation: 'By us',
    });
  });

  it('has a plain name where nothing of its own can be kept', () => {
    expect(made({ name: '気分' }).id).toBe('imported');
  });

  it('has the ends of its conversion table for bounds, whichever way it runs', () => {
    const conversion = [
      { raw: 0, score: '20' },
      { raw: 1, score: '12.5' },
      { raw: 2, score: '9' },
    ];
    expect(made({}, { conversion })).toMatchObject({ min: '9', max: '20', decimals: 1 });
  });

  it('cannot reverse what is not asked, nor have an id that terms cannot use', () => {
    expect(faultsOf(() => made({}, { reversed: ['sad'] }))).toEqual([
      'sad ITEM_UNKNOWN There is no item "sad" to reverse. There are: calm, glad.',
    ]);
    const unsound = { ...FOUND.items[0]!, id: 'Q 1' };
    expect(faultsOf(() => made({ items: [unsound, FOUND.items[1]!] }))).toEqual([
      '/items/0/id TERM_INVALID "id" was read as the text "Q 1". Use lower-case letters, digits, hyphens and underscores.',
    ]);
  });
});

describe('a name as terms can use it', () => {
  it.each([
    ['PHQ-9 (form)', 'phq-9-form'],
    ['  --Größe__', 'gro-e'],
    ['Más', 'mas'],
    ['Ma\u0301s', 'mas'],
    ['...', null],
    ['x'.repeat(61), 'x'.repeat(60)],
  ])('%j is %j', (name, made) => expect(slug(name)).toBe(made));
});
