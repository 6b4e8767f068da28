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
  'not-reached': 'the change or level that is paid for was not reached',
  'not-held': 'the earlier improvement was not held',
  'not-last': 'only the last time point is paid',
  'not-sustained': 'it did not last as long as the milestone asks',
  'started-too-late': 'it began after the last day that the terms allow',
  'before-start': 'it happened before the participant started',
  'too-late': 'it happened later after the start than the terms allow',
  'nothing-avoided': 'no time was avoided against what it is compared with',
  'left-early': 'the participant left before the time that is compared was over',
  'below-floor': 'the result does not reach what is paid for',
  'trigger-not-met': 'the result did not reach the trigger',
  'condition-not-met': 'too few of the conditions were met',
  'no-result': 'the result it rests on has not been delivered',
  'other-definition': 'it was not counted by the definition that the terms have in force',
  'too-few': 'too few were measured for a result to count',
  'follow-up-too-low': 'too few of those due were measured',
  ineligible: 'the participant is outside the population that is paid for',
  'already-paid': 'it has already been paid as often as the terms allow',
  'earlier-outcome-not-paid': 'the outcome that must be paid first has not been paid',
  'other-clause-paid': 'another clause, which excludes it, has been paid for the participant',
  'participant-cap': 'the cap for each participant is reached',
  'cap-reached': 'a cap is reached',
  'price-is-nil': 'the result is recorded and carries no price',
  deadweight: 'all of it would have happened anyway, as the terms reckon it',
  reversed: 'it did not last',
  'nothing-to-adjust': 'there is nothing to adjust',
  redivided: 'its payers have changed',
  withdrawn: 'the record or the term it rested on no longer stands',
};

/** Why a step leaves nothing: "nothing payable: the window closed without a measurement". */
export const nothingPayable = (reason: Reason): string =>
  `nothing payable: ${REASON_IN_WORDS[reason]}`;
