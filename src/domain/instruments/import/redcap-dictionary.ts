import type { Fault } from '../../shared/domain-error.js';
import { excerpt } from '../../shared/excerpt.js';
import type { AnswerOption, Item } from '../instrument.js';
import type { Row } from './conversion-table.js';
import { slug, type FoundInstrument } from './found-instrument.js';
import { ImportRefused } from './import-refused.js';

/** Each column under the name that the API gives it, and under the heading of the file that REDCap's designer writes. */
const HEADINGS = {
  field: ['field_name', 'Variable / Field Name'],
  form: ['form_name', 'Form Name'],
  type: ['field_type', 'Field Type'],
  label: ['field_label', 'Field Label'],
  choices: ['select_choices_or_calculations', 'Choices, Calculations, OR Slider Labels'],
  branching: ['branching_logic', 'Branching Logic (Show field only if...)'],
} as const;
type Column = keyof typeof HEADINGS;

/** A field of the dictionary, with the row of the file that it stands in. */
type Field = Readonly<Record<Column, string>> & { readonly row: number };

/** Answers of the fields that REDCap itself gives answers to. */
const FIXED: Readonly<Record<string, readonly AnswerOption[]>> = {
  yesno: [
    { value: 1, text: 'Yes' },
    { value: 0, text: 'No' },
  ],
  truefalse: [
    { value: 1, text: 'True' },
    { value: 0, text: 'False' },
  ],
};
const CHOICES = ['radio', 'dropdown'];

/**
 * Reads one form of a REDCap data dictionary: its radio buttons and drop-downs, whose codes are what the answers count.
 * A calculated field is only reported, so that its formula can be compared with the score. Fields in `without` are not
 * scored. Refuses ImportRefused where the form is not clear, or a code is not a whole number.
 */
export function fromRedcapDictionary(
  rows: readonly Row[],
  form?: string,
  without: readonly string[] = [],
): FoundInstrument {
  const fields = rows.map(fieldOf);
  const name = formOf(fields, form);
  const items: Item[] = [];
  const remarks: string[] = [];
  const faults: Fault[] = [];
  for (const field of fields.filter((one) => one.form === name)) {
    if (without.includes(field.field)) {
      remarks.push(`"${field.field}" is left out, as asked.`);
      continue;
    }
    const item = itemOf(field, remarks, faults);
    if (item !== null) items.push(item);
  }
  if (items.length === 0 && faults.length === 0)
    faults.push({
      at: name,
      code: 'NOTHING_SCORED',
      detail: `The form "${excerpt(name)}" has no radio buttons or drop-downs.`,
    });
  if (faults.length > 0) throw new ImportRefused(faults);
  const title = name.replaceAll('_', ' ');
  return {
    name,
    title: title.charAt(0).toUpperCase() + title.slice(1),
    version: '1',
    language: null,
    copyright: null,
    loinc: null,
    items,
    remarks,
  };
}

function fieldOf(row: Row, index: number): Field {
  const cell = (column: Column) =>
    HEADINGS[column].map((heading) => row[heading]?.trim()).find((text) => text !== undefined) ??
    '';
  return {
    row: index + 2,
    field: cell('field'),
    form: cell('form'),
    type: cell('type').toLowerCase(),
    label: plain(cell('label')),
    choices: cell('choices'),
    branching: cell('branching'),
  };
}

/** Labels may carry markup for REDCap's pages. */
const plain = (label: string): string =>
  label
    .replace(/<\/?(br|p|div|li|ul|ol|tr|td|h\d)\b[^<>]*>/gi, ' ')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The form that is asked for, or the only one. */
function formOf(fields: readonly Field[], asked: string | undefined): string {
  const forms = [...new Set(fields.map(({ form }) => form))].filter((form) => form !== '');
  const choice = `It has: ${forms.slice(0, 20).join(', ')}.`;
  const refuse = (code: string, detail: string) =>
    new ImportRefused([{ at: 'form_name', code, detail }]);
  if (forms.length === 0)
    throw refuse(
      'NOT_A_DICTIONARY',
      'This is not a REDCap data dictionary: it has no column form_name (or "Form Name") with forms.',
    );
  if (asked === undefined) {
    if (forms.length === 1) return forms[0]!;
    throw refuse('FORM_NOT_NAMED', `Say with --form which form is the instrument. ${choice}`);
  }
  if (forms.includes(asked)) return asked;
  throw refuse('FORM_UNKNOWN', `The dictionary has no form "${excerpt(asked)}". ${choice}`);
}

function itemOf(field: Field, remarks: string[], faults: Fault[]): Item | null {
  const { type, label } = field;
  const fixed = FIXED[type];
  if (fixed === undefined && !CHOICES.includes(type)) {
    if (type === 'calc')
      remarks.push(
        `"${field.field}" is calculated by REDCap as ${excerpt(field.choices, 120)}: compare it with the score.`,
      );
    else if (type !== 'descriptive')
      remarks.push(`"${field.field}" is left out: it is not a choice (${excerpt(type)}).`);
    return null;
  }
  const before = faults.length;
  const options = fixed ?? choicesOf(field, faults);
  if (faults.length > before) return null;
  if (field.branching !== '')
    remarks.push(`"${field.field}" is asked under a condition; not asked, it counts as missing.`);
  return {
    id: slug(field.field) ?? `row-${field.row}`,
    ...(label === '' ? {} : { text: label }),
    options: [...options],
  };
}

/** "1, Hardly ever | 2, Some of the time": a label may hold commas, a code may not. */
function choicesOf({ field, row, choices }: Field, faults: Fault[]): AnswerOption[] {
  const written = choices.split('|').filter((choice) => choice.trim() !== '');
  if (written.length < 2)
    faults.push({
      at: `row ${row}`,
      code: 'ANSWERS_MISSING',
      detail: `"${field}" has fewer than two answers to choose from.`,
    });
  return written.map((choice) => {
    const [code = '', ...label] = choice.split(',');
    const text = plain(label.join(','));
    if (!/^\s*(\d{1,4}|-[1-9]\d{0,2})\s*$/.test(code))
      faults.push({
        at: `row ${row}`,
        code: 'ANSWER_NOT_A_NUMBER',
        detail: `"${field}" has the answer "${excerpt(choice.trim())}", whose code is not a whole number. Give it one, or leave the field out with --without.`,
      });
    return { value: Number(code), ...(text === '' ? {} : { text }) };
  });
}
