import { dateInWords } from '../../calendar/date-in-words.js';
import type { TermsDocument } from '../../contract-terms/terms.schema.js';
import { section, sentences, table, type Section } from '../sheet.js';

/** When the contract runs, when payments are reckoned, and when participants may start. */
export const timesSection = ({ effective, periods, cohorts }: TermsDocument): Section =>
  section(
    'Dates',
    sentences(
      `The contract runs from ${dateInWords(effective.from)} and is over on ${dateInWords(effective.to)}.`,
      periods.type === 'quarters'
        ? `Payments are reckoned quarter by quarter, from ${dateInWords(periods.from)}.`
        : 'Payments are reckoned in these claim windows:',
    ),
    table(
      ['Claim window', 'First day', 'First day after'],
      periods.type === 'list'
        ? periods.periods.map(({ id, from, to }) => [id, dateInWords(from), dateInWords(to)])
        : [],
    ),
    table(
      ['Cohort', 'Starts from', 'Starts until'],
      cohorts.map(({ label, opensOn, closesOn }) => [
        label,
        dateInWords(opensOn),
        dateInWords(closesOn),
      ]),
    ),
  );
