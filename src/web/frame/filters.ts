import type { Environment } from 'nunjucks';
import { dateInWords } from '../../domain/calendar/date-in-words.js';
import type { FormErrors } from './answer.js';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/London' });
const TIME = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
  timeZone: 'Europe/London',
});

/** "27 November 2026 at 8:29pm", in London's time. */
export const inWords = (instant: Date): string =>
  `${DAY.format(instant)} at ${TIME.format(instant).replace(/\s/g, '').toLowerCase()}`;

export const dayInWords = (instant: Date): string => DAY.format(instant);

/** What templates may do with what they show. */
export function addFilters(templates: Environment): void {
  templates.addFilter('instant', inWords);
  templates.addFilter('day', dayInWords);
  templates.addFilter('civilDay', dateInWords);
  // for the errorMessage of a field's macro
  templates.addFilter('errorOf', (errors: FormErrors | undefined, field: string) =>
    errors && Object.hasOwn(errors, field) ? { text: errors[field] } : undefined,
  );
  // for the error summary: each message leads to its field
  templates.addFilter('errorList', (errors: FormErrors) =>
    Object.entries(errors).map(([field, text]) =>
      field === 'form' ? { text } : { text, href: `#${field}` },
    ),
  );
}
