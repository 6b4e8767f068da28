import type { ActivityItem } from '../../activity/activity-item.js';
import { AUDIT_TYPES } from '../../domain/activity/sentence.js';
import type { Page } from '../../platform/http/cursor.js';
import { view, type FormErrors, type PageModel } from '../frame/answer.js';
import { paths, pathTo, withQuery } from '../paths.js';
import type { ActivityForm, AskedActivity } from './activity-form.js';

/** How well an act is proved by now, as a tag says it. */
export interface Proved {
  readonly text: string;
  readonly classes: string;
}

export interface ActItem {
  readonly seq: string;
  readonly sentence: string;
  readonly recordedAt: Date;
  readonly record: string;
  readonly proved: Proved;
}

interface ActivityPage extends PageModel {
  readonly code: string;
  readonly action: string;
  readonly back: string;
  readonly form: ActivityForm;
  readonly types: readonly { readonly value: string; readonly text: string }[];
  readonly items: readonly ActItem[];
  /** Whose acts alone are shown; null where everybody's are. */
  readonly onlyOf: string | null;
  readonly isNarrowed: boolean;
  readonly csv: string;
  readonly jsonl: string;
  readonly first: string | null;
  readonly next: string | null;
}

export const ACTIVITY = view<ActivityPage>('activity/activity.njk');

export function activityPage(
  code: string,
  { form, errors }: AskedActivity,
  { items, next }: Page<ActivityItem>,
  refused: FormErrors = {},
): ActivityPage {
  const action = pathTo(paths.activity, { code });
  const file = pathTo(paths.activityFile, { code });
  const { after, ...narrowed } = form;
  return {
    title: 'Activity',
    code,
    action,
    back: paths.home,
    form,
    types: TYPES,
    items: items.map((item) => actOf(code, item)),
    onlyOf: form.person === '' ? null : (items[0]?.person ?? `person ${form.person}`),
    isNarrowed: Object.values(narrowed).some((value) => value !== ''),
    csv: withQuery(file, { ...narrowed, format: 'csv' }),
    jsonl: withQuery(file, { ...narrowed, format: 'jsonl' }),
    first: after === '' ? null : withQuery(action, narrowed),
    next: next && withQuery(action, { ...narrowed, after: next }),
    errors: { ...errors, ...refused },
  };
}

const actOf = (code: string, item: ActivityItem): ActItem => ({
  seq: item.seq,
  sentence: item.sentence,
  recordedAt: new Date(item.recordedAt),
  record: pathTo(paths.record, { code, seq: item.seq }),
  proved: provedOf(item),
});

export function provedOf({ sealed, witnessed }: ActivityItem): Proved {
  if (witnessed) return { text: 'Witnessed', classes: 'govuk-tag--green' };
  if (sealed) return { text: 'Sealed', classes: 'govuk-tag--yellow' };
  return { text: 'Not sealed', classes: 'govuk-tag--grey' };
}

/** "claim.decided" as "Claim decided". */
const inWords = (type: string): string => {
  const words = type.replace(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const TYPES = [
  { value: '', text: 'Every kind' },
  ...AUDIT_TYPES.map((value) => ({ value, text: inWords(value) })),
];
