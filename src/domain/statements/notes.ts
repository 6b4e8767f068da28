import type { TermsDocument } from '../contract-terms/terms.schema.js';
import { VAT_IN_WORDS } from '../contract-terms/vat-in-words.js';
import { equals, parseFraction, ZERO } from '../money/fraction.js';

type Method = TermsDocument['comparison']['method'];

/** What a comparison without a control group cannot show; null where it has one, or compares nothing. */
const WARNING: Readonly<Record<Method, string | null>> = {
  'own-baseline':
    'Outcomes compare each participant before and after, without a control group: they do not show what would have happened anyway.',
  'historic-baseline':
    'Outcomes are compared with earlier years, without a control group: they do not show what would have happened anyway.',
  'external-benchmark':
    'Outcomes are compared with an outside series, without a control group of their own: others may have differed from the start.',
  projection:
    'Outcomes are compared with a projection, without a control group: they are worth no more than the projection.',
  'matched-control': null,
  'signed-external-effect': null,
  'none-for-events': null,
};

/** The sentences that stand beside the figures, so that nobody reads more into them than they say. */
export function notesOf(
  terms: Pick<TermsDocument, 'standing' | 'comparison' | 'clauses' | 'vat'>,
): string[] {
  const { method, benchmark, note } = terms.comparison;
  const notes: string[] = [];
  if (terms.standing === 'illustrative')
    notes.push(
      'Illustrative: the real terms of this contract are not public, so its terms and figures are examples.',
    );
  const warning = WARNING[method];
  if (warning !== null) notes.push(warning);
  notes.push(...deadweightNotes(terms));
  if (benchmark)
    notes.push(
      `The benchmark ${benchmark.source} is ${benchmark.use === 'deducted' ? 'deducted from the result' : 'shown beside the result and not deducted'}.`,
    );
  if (note) notes.push(note);
  if (terms.vat) notes.push(VAT_IN_WORDS[terms.vat]);
  return notes;
}

function deadweightNotes({
  comparison: { deadweightPercent },
  clauses,
}: Parameters<typeof notesOf>[0]): string[] {
  const own = clauses.filter(({ modifiers }) => modifiers.some(({ type }) => type === 'M5'));
  const names = own.map(({ id }) => id).join(', ');
  const general = equals(parseFraction(deadweightPercent), ZERO)
    ? []
    : [
        `${deadweightPercent} of what results are worth is deducted, as what would have happened anyway` +
          (own.length === 0 ? '.' : ', save where a clause says otherwise.'),
      ];
  return own.length === 0
    ? general
    : [
        ...general,
        `Of clause ${names}, what would have happened anyway is deducted as the clause says.`,
      ];
}
