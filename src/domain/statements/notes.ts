import type { TermsDocument } from '../contract-terms/terms.schema.js';

/** The sentences that stand beside the figures, so that nobody reads more into them than they say. */
export function notesOf(terms: Pick<TermsDocument, 'standing' | 'comparison'>): string[] {
  const notes: string[] = [];
  if (terms.standing === 'illustrative')
    notes.push(
      'Illustrative: the real terms of this contract are not public, so its terms and figures are examples.',
    );
  if (terms.comparison.method === 'own-baseline')
    notes.push(
      'Outcomes compare each participant before and after, without a control group: they do not show what would have happened anyway.',
    );
  if (terms.comparison.benchmark)
    notes.push(
      `The benchmark ${terms.comparison.benchmark.source} is ${terms.comparison.benchmark.use === 'deducted' ? 'deducted from the result' : 'shown beside the result and not deducted'}.`,
    );
  if (terms.comparison.note) notes.push(terms.comparison.note);
  return notes;
}
