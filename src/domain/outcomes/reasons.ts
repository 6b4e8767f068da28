import type { Reason } from './outcome.js';

/** Why nothing, or less, is payable, as the second half of a sentence: "Nothing is payable: ...". */
export const REASON_IN_WORDS: Readonly<Record<Reason, string>> = {
  'no-baseline': 'there is no baseline to compare with',
  'baseline-outside-window': 'the baseline was measured outside its window',
  missed: 'the window closed without a measurement',
  declined: 'the participant declined',
  'could-not-collect': 'it could not be collected',
  'outside-window': 'it was measured outside its window',
  'not-improved': 'there was no improvement on the baseline',
  'no-further-improvement': 'it adds nothing to the improvement already paid',
  ineligible: 'the participant is outside the population that is paid for',
  'already-paid': 'it has already been paid as often as the terms allow',
  'earlier-outcome-not-paid': 'the outcome that must be paid first has not been paid',
  'participant-cap': 'the cap for each participant is reached',
  'cap-reached': 'a cap is reached',
  'price-is-nil': 'the result is recorded and carries no price',
  withdrawn: 'the record or the term it rested on no longer stands',
};
