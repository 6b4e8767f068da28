import { compare, formatFraction, parseFraction } from '../../money/fraction.js';
import { instrumentFaults } from '../faults/instrument-faults.js';
import { placesOf } from '../faults/places.js';
import { questionnaireSchema } from '../instrument.schema.js';
import type { Item, Questionnaire } from '../instrument.js';
import { countsOf } from '../score.js';
import { MODES } from '../mode.js';
import {
  slug,
  type FoundInstrument,
  type ImportChoices,
  type ImportedInstrument,
} from './found-instrument.js';
import { plainIssue } from '../../shared/plain-issue.js';
import { valueAt } from '../../shared/schema-faults.js';
import { ImportRefused } from './import-refused.js';

/**
 * Makes an instrument of what a file says and of what was chosen beside it. The bounds are what its answers add up to, or
 * the ends of its conversion table. Refuses ImportRefused where the two together are unsound.
 */
export function assemble(
  found: FoundInstrument,
  choices: ImportChoices,
): ImportedInstrument<Questionnaire> {
  refuseUnknown(found.items, choices.reversed ?? []);
  const items = found.items.map((item) => itemOf(item, choices));
  const candidate = {
    kind: 'questionnaire',
    id: choices.id ?? slug(found.name) ?? 'imported',
    version: found.version,
    name: found.title,
    ...boundsOf(items, choices.conversion),
    improvement: choices.improvement,
    items,
    missing: { allowed: choices.missingAllowed, score: choices.missingScore ?? 'sum' },
    ...(choices.conversion === undefined ? {} : { conversion: choices.conversion }),
    modes: [...MODES],
    ...(found.language === null ? {} : { language: found.language }),
    citation: choices.citation ?? found.copyright ?? `Imported from "${found.title}"`,
    licence: choices.licence,
    ...(found.loinc === null ? {} : { loinc: found.loinc }),
  };
  const parsed = questionnaireSchema.safeParse(candidate);
  const faults = parsed.success
    ? instrumentFaults(parsed.data)
    : parsed.error.issues.map((issue) => ({
        at: issue.path.map((key) => `/${String(key)}`).join(''),
        code: 'TERM_INVALID',
        detail: plainIssue(issue, valueAt(candidate, issue.path)),
      }));
  if (faults.length > 0 || !parsed.success) throw new ImportRefused(faults);
  return { instrument: parsed.data, remarks: found.remarks };
}

function refuseUnknown(items: readonly Item[], reversed: readonly string[]): void {
  const unknown = reversed.filter((id) => !items.some((item) => item.id === id));
  if (unknown.length > 0)
    throw new ImportRefused(
      unknown.map((id) => ({
        at: id,
        code: 'ITEM_UNKNOWN',
        detail: `There is no item "${id}" to reverse. There are: ${items.map((item) => item.id).join(', ')}.`,
      })),
    );
}

/** Where the licence keeps the wording back, items and answers keep their numbers only. */
function itemOf({ text, ...item }: Item, { licence, reversed }: ImportChoices): Item {
  const isWhole = licence === 'whole';
  return {
    ...item,
    ...(isWhole && text !== undefined ? { text } : {}),
    options: isWhole ? item.options : item.options.map(({ text: _label, ...option }) => option),
    ...(reversed?.includes(item.id) ? { reversed: true } : {}),
  };
}

function boundsOf(items: readonly Item[], conversion: ImportChoices['conversion']) {
  const ends = (end: 'least' | 'most') =>
    items.reduce((sum, item) => sum + countsOf(item)[end], 0).toString();
  if (conversion === undefined || conversion.length === 0)
    return { min: ends('least'), max: ends('most'), decimals: 0 };
  const scores = conversion
    .map(({ score }) => parseFraction(score))
    .sort(compare)
    .map(formatFraction);
  return {
    min: scores[0]!,
    max: scores.at(-1)!,
    decimals: Math.max(...conversion.map(({ score }) => placesOf(score))),
  };
}
