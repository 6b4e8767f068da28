import type { Fault } from '../../shared/domain-error.js';
import { excerpt } from '../../shared/excerpt.js';
import type { Item } from '../instrument.js';
import { fhirOptions, isRecord, listOf, textOf } from './fhir-options.js';
import { slug, type FoundInstrument } from './found-instrument.js';
import { ImportRefused } from './import-refused.js';

/** Deeper than groups are nested in earnest. */
const MAX_DEPTH = 40;
const CHOICES = ['choice', 'coding', 'open-choice'];

/** What is gathered while the groups are walked through. */
interface Gathered {
  readonly items: Item[];
  readonly remarks: string[];
  readonly faults: Fault[];
}

/**
 * Reads a FHIR Questionnaire (R4 or R5): its choice items, in groups of any nesting, with what each answer counts
 * (ordinalValue or itemWeight, on the option or on its coding). Items in `without` are not scored. Refuses ImportRefused
 * where a choice cannot be scored: answers that stand elsewhere, have no value, or may be several at once.
 */
export function fromFhirQuestionnaire(
  data: unknown,
  without: readonly string[] = [],
): FoundInstrument {
  if (!isRecord(data) || data['resourceType'] !== 'Questionnaire')
    throw new ImportRefused([
      {
        at: '/resourceType',
        code: 'NOT_A_QUESTIONNAIRE',
        detail: 'This is not a FHIR Questionnaire. Its resourceType must be "Questionnaire".',
      },
    ]);
  const found: Gathered = { items: [], remarks: [], faults: [] };
  gather(listOf(data['item']), '', 0, new Set(without), found);
  if (found.items.length === 0 && found.faults.length === 0)
    found.faults.push({
      at: '/item',
      code: 'NOTHING_SCORED',
      detail: 'No item of this Questionnaire is a choice between answers that count.',
    });
  if (found.faults.length > 0) throw new ImportRefused(found.faults);
  const title = textOf(data['title']) ?? textOf(data['name']) ?? 'Imported questionnaire';
  return {
    name: textOf(data['id']) ?? textOf(data['name']) ?? title,
    title,
    version: textOf(data['version']) ?? '1',
    language: textOf(data['language']),
    copyright: textOf(data['copyright']),
    loinc: loincOf(data['code']),
    items: found.items,
    remarks: found.remarks,
  };
}

function gather(
  items: readonly unknown[],
  at: string,
  depth: number,
  without: ReadonlySet<string>,
  found: Gathered,
): void {
  if (depth > MAX_DEPTH) {
    const detail = 'Groups are nested too deeply. Write them side by side.';
    found.faults.push({ at, code: 'TOO_DEEP', detail });
    return;
  }
  items.forEach((item, index) => {
    if (!isRecord(item)) return;
    const place = `${at}/item/${index}`;
    if (CHOICES.includes(textOf(item['type']) ?? '')) takeChoice(item, place, without, found);
    else remark(item, found.remarks);
    gather(listOf(item['item']), place, depth + 1, without, found);
  });
}

function takeChoice(
  item: Record<string, unknown>,
  at: string,
  without: ReadonlySet<string>,
  { items, remarks, faults }: Gathered,
): void {
  const link = textOf(item['linkId']) ?? '';
  const id = slug(link) ?? `q${items.length + 1}`;
  const text = textOf(item['text']);
  if (without.has(id) || without.has(link)) {
    remarks.push(`${named(id, text)} is left out, as asked.`);
    return;
  }
  const before = faults.length;
  const refuse = (code: string, detail: string) => faults.push({ at, code, detail });
  if (item['repeats'] === true)
    refuse('SEVERAL_ANSWERS', `${named(id, text)} takes several answers, so it has no one value.`);
  const options = fhirOptions(item, named(id, text), refuse);
  if (faults.length > before) return;
  if (listOf(item['enableWhen']).length > 0)
    remarks.push(`${named(id, text)} is asked under a condition; not asked, it counts as missing.`);
  items.push({ id, ...(text === null ? {} : { text }), options });
}

/** Groups and headings need no remark; what is answered otherwise than by a choice does. */
function remark(item: Record<string, unknown>, remarks: string[]): void {
  const type = textOf(item['type']) ?? 'unknown';
  if (type === 'group' || type === 'display') return;
  const link = textOf(item['linkId']) ?? '';
  const name = named(slug(link) ?? link, textOf(item['text']));
  remarks.push(`${name} is left out: it is not a choice (${excerpt(type)}).`);
}

const named = (id: string, text: string | null): string =>
  text === null ? `"${id}"` : `"${id}" (${excerpt(text)})`;

function loincOf(codes: unknown): string | null {
  for (const code of listOf(codes))
    if (isRecord(code) && code['system'] === 'http://loinc.org') {
      const loinc = textOf(code['code']);
      if (loinc !== null && /^\d{1,7}-\d$/.test(loinc)) return loinc;
    }
  return null;
}
