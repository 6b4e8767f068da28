import fc from 'fast-check';
import type { CivilDate } from '../calendar/civil-date.js';
import { formatFraction, fraction } from '../money/fraction.js';
import { canonical } from '../shared/canonical.js';
import { encodeLine, type PaymentLine } from './payment-line.js';

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const minor = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
const line: fc.Arbitrary<PaymentLine> = fc.record({
  participant: fc.option(text),
  cohort: text,
  termsNumber: fc.nat(),
  clause: text,
  metric: text,
  occurrence: text,
  revision: fc.nat(),
  kind: fc.constantFrom('payment', 'refusal', 'true-up', 'withheld'),
  outcomeOn: fc.constant('2015-12-10' as CivilDate),
  quantity: fc.tuple(minor, fc.bigInt({ min: 1n, max: 1000n })).map(([n, d]) => fraction(n, d)),
  unit: text,
  rateMinor: minor,
  uncappedMinor: minor,
  amountMinor: minor,
  withheldMinor: minor,
  parts: fc.array(fc.tuple(text, minor)).map((parts) => new Map(parts)),
  reason: fc.option(fc.constantFrom('missed', 'not-improved')),
  steps: fc.array(fc.record({ step: text, before: text, after: text, why: text })),
  evidence: fc.array(text),
  followUp: fc.option(
    fc.record({
      due: fc.nat(),
      measured: fc.nat(),
      late: fc.nat(),
      missed: fc.nat(),
      declined: fc.nat(),
      couldNotCollect: fc.nat(),
      excluded: fc.nat(),
    }),
    { nil: undefined },
  ),
  corrects: fc.option(text),
  explanation: text,
});

describe('the canonical bytes of a line', () => {
  it('are those of the general encoder, whatever the line holds', () => {
    fc.assert(
      fc.property(line, (one) => {
        expect(encodeLine(one)).toBe(
          canonical({
            amount: one.amountMinor,
            clause: one.clause,
            cohort: one.cohort,
            corrects: one.corrects,
            evidence: one.evidence,
            explanation: one.explanation,
            followUp: one.followUp === undefined ? undefined : { ...one.followUp },
            kind: one.kind,
            metric: one.metric,
            occurrence: one.occurrence,
            outcomeOn: one.outcomeOn,
            participant: one.participant,
            parts: Object.fromEntries(one.parts),
            quantity: formatFraction(one.quantity),
            rate: one.rateMinor,
            reason: one.reason,
            revision: one.revision,
            steps: one.steps.map(({ step, before, after, why }) => ({ step, before, after, why })),
            terms: one.termsNumber,
            uncapped: one.uncappedMinor,
            unit: one.unit,
            withheld: one.withheldMinor,
          }),
        );
      }),
    );
  });
});
