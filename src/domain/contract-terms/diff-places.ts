import { dateInWords } from '../calendar/date-in-words.js';
import { isCivilDate } from '../calendar/civil-date.js';
import { CURRENCIES, type Currency } from '../money/currency.js';
import { formatMoney, parseMoney } from '../money/money.js';
import { canonical, type Canonical } from '../shared/canonical.js';
import { DomainError } from '../shared/domain-error.js';

export type Plain = Canonical | undefined;
export type Parts = { readonly [key: string]: Plain };

export const isParts = (value: Plain): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One step into a document: a term, or a member of a list with what it is. */
export interface Step {
  readonly key: string;
  readonly member?: Plain;
}

/** What the members of a list are called, one at a time. */
const MEMBERS: Readonly<Record<string, string>> = {
  clauses: 'clause',
  metrics: 'metric',
  timePoints: 'time point',
  cohorts: 'cohort',
  parties: 'party',
  caps: 'limit',
  shares: 'share of',
  modifiers: 'step',
  periods: 'claim window',
  plan: 'plan for',
  examples: 'worked example',
  indices: 'index',
  instruments: 'instrument',
  rungs: 'milestone',
  payments: 'payment',
  definitions: 'definition',
  attributes: 'attribute',
  prices: 'price',
};

/** Terms whose names in the document are not words that a reader would know. */
const TERMS: Readonly<Record<string, string>> = {
  maximum: 'the most who are served',
  opensOn: 'first day on which a participant may start',
  closesOn: 'last day on which a participant may start',
  opensDays: 'opening of the window in days from the target',
  closesDays: 'closing of the window in days from the target',
  months: 'months',
  maxPoints: 'the most points that count',
  count: 'what a worsening counts as',
  waves: 'how time points combine',
  toleranceDays: 'days of a gap that breaks nothing',
  onBreak: 'what a break does',
  openSpells: 'what an open spell counts as',
  deadweightPercent: 'deadweight',
  verifiedBy: 'who verifies',
  days: 'days',
  samplePercent: 'percentage of a claim that is sampled',
  secondApproverAbove: 'amount above which a second person approves',
  afterPaid: 'clause that must have paid before',
  unlessPaid: 'clauses of which one that was paid keeps this one from paying',
  outsideWindow: 'what a measurement outside its window does',
  choose: 'which of several measurements counts',
  unitKind: 'what participants are',
  expect: 'what it pays',
  split: 'payers',
  shares: 'shares',
  modifiers: 'steps',
  effective: 'dates',
};

/** Terms that only hold others together and say nothing to a reader. */
const SILENT = new Set(['rule', 'population', 'schedule']);
/** What the authors of a contract say in their own words. */
const OWN_WORDS = /^(title|label|name|note|description|definition)$/;
const AMOUNTS = /^(price|rate|amount|expect|committed|principal|secondApproverAbove)$/;

/** Where something changes, as a reader would say it: "Clause 4.1 (Reduction of loneliness): rate". */
export function placeInWords(steps: readonly Step[]): string {
  const words = steps.flatMap((step, index) =>
    stepInWords(step, steps[index - 1], steps[index + 1]),
  );
  const [last = 'the terms'] = words.slice(-1);
  const before = words.slice(0, -1).join(', ');
  return capitalised(before === '' ? last : `${before}: ${last}`);
}

function stepInWords(
  { key, member }: Step,
  list: Step | undefined,
  next: Step | undefined,
): string[] {
  if (list !== undefined && MEMBERS[list.key] !== undefined && member !== undefined)
    return [memberInWords(MEMBERS[list.key]!, list.key, key, member)];
  if (member !== undefined) return [key];
  // a list of named members is said with the member, not before it
  if (SILENT.has(key) || (MEMBERS[key] !== undefined && next?.member !== undefined)) return [];
  return [termInWords(key)];
}

function memberInWords(kind: string, list: string, key: string, member: Plain): string {
  const named = isParts(member)
    ? textOf(member['title'] ?? member['label'] ?? member['name'])
    : null;
  if (list === 'clauses') return `clause ${key}${named === null ? '' : ` (${named})`}`;
  if (list === 'examples') return `worked example "${key}"`;
  return `${kind} ${named ?? key}`;
}

const textOf = (value: Plain): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** "maxPoints" as "the most points that count"; what has no words of its own by its parts: "effective from". */
export const termInWords = (key: string): string =>
  TERMS[key] ??
  key.replace(
    /([a-z])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );

/** A value as it reads in a sentence: days and amounts as people write them, parts one after another. */
export function valueInWords(key: string, value: Plain, currency: Currency | null): string {
  if (typeof value === 'string') return textInWords(key, value, currency);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) {
    const members = (value as readonly Canonical[]).map((one) => valueInWords(key, one, currency));
    return members.length === 0 ? 'nothing' : members.join('; ');
  }
  if (isParts(value)) {
    const parts = Object.entries(value)
      .filter(([, part]) => part !== undefined && !isEmpty(part))
      .map(([name, part]) => `${termInWords(name)} ${valueInWords(name, part, currency)}`);
    return parts.length === 0 ? 'nothing' : `(${parts.join(', ')})`;
  }
  return canonical(value);
}

const isEmpty = (value: Plain): boolean =>
  (Array.isArray(value) && value.length === 0) ||
  (isParts(value) && Object.keys(value).length === 0);

function textInWords(key: string, text: string, currency: Currency | null): string {
  if (isCivilDate(text)) return dateInWords(text);
  if (AMOUNTS.test(key) && currency !== null) return moneyInWords(text, currency);
  return /^[\w.%/*+-]+$/.test(text) && !OWN_WORDS.test(key) ? text : `"${text}"`;
}

function moneyInWords(text: string, currency: Currency): string {
  try {
    return formatMoney(parseMoney(text, currency));
  } catch (error) {
    if (error instanceof DomainError) return `"${text}"`;
    throw error;
  }
}

export const currencyOf = (document: unknown): Currency | null => {
  const found = isParts(document as Plain) ? (document as Parts)['currency'] : undefined;
  return typeof found === 'string' && Object.hasOwn(CURRENCIES, found) ? (found as Currency) : null;
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
