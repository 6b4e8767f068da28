import { counted, listed, type Sentences } from './words.js';

type ReadingType =
  | `personal-data.${'read' | 'listed' | 'exported'}`
  | `lines.${'read' | 'exported'}`
  | 'bundle.taken'
  | 'activity.exported';

/** Who looked, and at whom. */
export const READING_SENTENCES: Sentences<ReadingType> = {
  'personal-data.read': ({ reference, shown }) =>
    `read the record of participant ${reference}: ${listed(shown)}`,
  'personal-data.listed': ({ first, last, participants, cohort }) =>
    `read a list of ${counted(participants, 'participant')}${cohort === null ? '' : ` of cohort ${cohort}`}, ` +
    between(first, last),
  'personal-data.exported': ({ reference, format }) =>
    `exported scores and answers of ${reference === null ? 'every participant' : `participant ${reference}`} as ${format}`,
  'lines.read': ({ first, last, lines, claim, reference }) => {
    if (reference !== null)
      return `read why line ${first}, about participant ${reference}, is what it is`;
    const of = claim === null ? '' : ` of claim ${claim}`;
    return `read ${counted(lines, 'payment line')}${of}, ${between(first, last)}`;
  },
  'lines.exported': ({ period, format }) =>
    `exported the payment lines of ${period === null ? 'every period' : period} as ${format}`,
  'bundle.taken': ({ subject, which }) =>
    `took a proof of ${subject === 'contract' ? 'the whole contract' : `${subject} ${which}`} away`,
  'activity.exported': ({ format, throughSeq, narrowedTo }) =>
    `exported the activity up to entry ${throughSeq} as ${format}` +
    (narrowedTo.length === 0 ? '' : `, narrowed to ${listed(narrowedTo)}`),
};

const between = (first: string, last: string): string =>
  first === last ? first : `from ${first} to ${last}`;
