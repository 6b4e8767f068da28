import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { INSTRUMENTS } from '../registry.js';
import { assemble } from './assemble.js';
import { readConversion } from './conversion-table.js';
import type { Row } from './conversion-table.js';
import { ImportRefused } from './import-refused.js';
import { fromRedcapDictionary } from './redcap-dictionary.js';

const FILE = resolve(__dirname, '../../../../test/support/instruments/data-dictionary.csv');
const ROWS: Row[] = parse(readFileSync(FILE, 'utf8'), { columns: true });

const faultsOf = (act: () => unknown): string[] => {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof ImportRefused) return error.faults.map(({ at, code }) => `${at} ${code}`);
    throw error;
  }
};
const field = (given: Record<string, string>): Row => ({
  field_name: 'a',
  form_name: 'mood',
  field_type: 'radio',
  field_label: 'How calm?',
  select_choices_or_calculations: '0, No | 1, Yes',
  ...given,
});

describe('a REDCap data dictionary', () => {
  it('gives the questions of one form, without their markup, and reports the rest', () => {
    const found = fromRedcapDictionary(ROWS, 'ucla_loneliness', ['how_taken']);
    const { instrument, remarks } = assemble(found, {
      improvement: 'lower',
      licence: 'whole',
      missingAllowed: 0,
    });
    expect(instrument).toMatchObject({
      id: 'ucla_loneliness',
      name: 'Ucla loneliness',
      min: '3',
      max: '9',
    });
    expect(instrument.items.slice(0, 2)).toEqual(INSTRUMENTS['ucla-3'].items.slice(0, 2));
    expect(instrument.items[2]!.options[0]).toEqual({ value: 1, text: 'Hardly ever, or never' });
    expect(remarks).toEqual([
      '"how_taken" is left out, as asked.',
      '"remarks" is left out: it is not a choice (notes).',
      '"ucla_total" is calculated by REDCap as sum([companionship],[left_out],[isolated]): compare it with the score.',
    ]);
  });

  it('knows the answers of yes-no fields, and says what is asked under a condition', () => {
    const { items, remarks } = fromRedcapDictionary(ROWS, 'household');
    expect(items[0]!.options).toEqual([
      { value: 1, text: 'Yes' },
      { value: 0, text: 'No' },
    ]);
    expect(remarks).toEqual([
      '"alone_long" is asked under a condition; not asked, it counts as missing.',
    ]);
  });

  it('may have the column names of the API, and needs no form where there is only one', () => {
    expect(fromRedcapDictionary([field({})]).items).toHaveLength(1);
  });

  it.each<[string, () => unknown, string[]]>([
    [
      'several forms and none named',
      () => fromRedcapDictionary(ROWS),
      ['form_name FORM_NOT_NAMED'],
    ],
    ['an unknown form', () => fromRedcapDictionary(ROWS, 'ucla'), ['form_name FORM_UNKNOWN']],
    ['another file', () => fromRedcapDictionary([{ a: '1' }]), ['form_name NOT_A_DICTIONARY']],
    ['an empty file', () => fromRedcapDictionary([]), ['form_name NOT_A_DICTIONARY']],
    [
      'codes that are letters',
      () => fromRedcapDictionary(ROWS, 'ucla_loneliness'),
      ['row 7 ANSWER_NOT_A_NUMBER', 'row 7 ANSWER_NOT_A_NUMBER'],
    ],
    [
      'a single answer',
      () => fromRedcapDictionary([field({ select_choices_or_calculations: '1, Yes |' })]),
      ['row 2 ANSWERS_MISSING'],
    ],
    ['no choices', () => fromRedcapDictionary(ROWS, 'enrolment'), ['enrolment NOTHING_SCORED']],
    [
      'two answers of one code',
      () =>
        assemble(
          fromRedcapDictionary([field({ select_choices_or_calculations: '1, Yes | 1, No' })]),
          {
            improvement: 'lower',
            licence: 'whole',
            missingAllowed: 0,
          },
        ),
      ['/items/0/options/1/value NAMED_TWICE', '/max BOUNDS_BACKWARD'],
    ],
  ])('is refused for %s', (_name, act, faults) =>
    expect(faultsOf(act).sort()).toEqual([...faults].sort()),
  );
});

describe('a conversion table', () => {
  it('is read from its columns', () => {
    expect(
      readConversion([
        { raw: '7', score: '7.00' },
        { raw: ' 8 ', score: '9.51' },
      ]),
    ).toEqual([
      { raw: 7, score: '7.00' },
      { raw: 8, score: '9.51' },
    ]);
  });

  it('is refused with every cell that cannot be read', () => {
    const rows = [{ raw: '7', score: '7,0' }, { raw: 'eight', score: '9.51' }, { score: '1' }];
    expect(faultsOf(() => readConversion(rows))).toEqual([
      'row 2, score CONVERSION_UNREADABLE',
      'row 3, raw CONVERSION_UNREADABLE',
      'row 4, raw CONVERSION_UNREADABLE',
    ]);
    expect(faultsOf(() => readConversion([{ raw: '7', score: '7' }]))).toEqual([
      ' CONVERSION_UNREADABLE',
    ]);
  });
});
