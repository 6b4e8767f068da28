import {
  MODIFIER_DOCUMENTS,
  OTHER_DOCUMENTS,
  termsOf,
} from '../../../test/support/every-mark.terms.js';
import { fuzz } from '../../../test/support/weigh-whatever-activates.js';

it('terms of every step, cap and split with anything in any place are refused, or can be computed', () => {
  const { activated, lines } = fuzz(
    [
      ...Object.values(MODIFIER_DOCUMENTS).map((clauses) => termsOf(clauses)),
      ...Object.values(OTHER_DOCUMENTS),
    ],
    4500,
  );
  expect(activated).toBeGreaterThan(100); // else the fuzz would prove nothing about what is accepted
  expect(lines).toBeGreaterThan(activated);
});
