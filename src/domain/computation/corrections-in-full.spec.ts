import {
  ContractRecord,
  event,
  inForce,
  perEventTerms,
  period,
  somebody,
} from '../../../test/support/record.builder.js';
import { ZERO } from '../money/fraction.js';
import type { Observation } from '../outcomes/participant-facts.js';
import type { PaymentLine } from './payment-line.js';

const Q3 = period('2015-Q3', '2015-07-01', '2015-10-01');
const Q4 = period('2015-Q4', '2015-10-01', '2016-01-01');

type Status = Observation['status'];
const job = (reference: string, on: string, status: Status = 'recorded') =>
  event('job', reference, on, { status });
const FIRST = job('j1', '2015-07-10');
const SECOND = job('j2', '2015-11-10');
const lost = (status: Status) => event('lost', 'l1', '2015-10-01', { status });
const cap = (amount: string, more: object = {}) => ({
  id: 'limit',
  scope: 'contract',
  amount,
  ...more,
});
const partsOf = (line: PaymentLine) => Object.fromEntries(line.parts);

const GONE = 'the record or the term it rested on no longer stands';
const withdrawn = (before: string) => ({ step: 'withdrawn', before, after: '0', why: GONE });
const capStep = (before: string, after: string, why: string) => ({
  step: 'cap:limit',
  before,
  after,
  why,
});

describe('a payment whose record is withdrawn', () => {
  const terms = [inForce(perEventTerms())];
  const without = [somebody([job('j1', '2015-07-10', 'void')])];

  it('is taken back in a line that says all of it', () => {
    const record = new ContractRecord();
    record.compute(terms, Q3, [somebody([FIRST])]);
    expect(record.compute(terms, Q4, without)).toEqual([
      {
        participant: 'P-1',
        cohort: 'all',
        termsNumber: 1,
        clause: '1',
        metric: 'job',
        occurrence: 'j1',
        revision: 2,
        kind: 'true-up',
        outcomeOn: '2015-07-10',
        quantity: ZERO,
        unit: 'claim',
        rateMinor: 10_000n,
        uncappedMinor: 0n,
        amountMinor: -10_000n,
        withheldMinor: 0n,
        parts: new Map([
          ['council', -6_000n],
          ['fund', -4_000n],
        ]),
        reason: 'withdrawn',
        steps: [withdrawn('10000')],
        evidence: [],
        corrects: 'trial.1.1',
        explanation:
          `Corrects line trial.1.1. Nothing is payable, because ${GONE}; £100.00 was posted before, ` +
          'so -£100.00 is posted now (clause 1).',
      },
    ]);
  });

  it('is taken back once, given again when it is restored, and taken back again', () => {
    const record = new ContractRecord();
    const compute = (people: Parameters<typeof record.compute>[2]) =>
      record.compute(terms, Q4, people).map((l) => [l.revision, l.amountMinor, l.corrects]);
    record.compute(terms, Q3, [somebody([FIRST])]);
    expect(compute(without)).toEqual([[2, -10_000n, 'trial.1.1']]);
    expect(compute(without)).toEqual([]);
    expect(compute([somebody([FIRST])])).toEqual([[3, 10_000n, 'trial.2.1']]);
    expect(compute(without)).toEqual([[4, -10_000n, 'trial.4.1']]);
    expect(compute(without)).toEqual([]);
  });

  it('of which a cap left nothing is told for nothing, once', () => {
    const capped = [inForce(perEventTerms({ caps: [cap('0.00')] }))];
    const record = new ContractRecord();
    record.compute(capped, Q3, [somebody([FIRST])]);
    const [line, ...more] = record.compute(capped, Q4, without);
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      kind: 'true-up',
      amountMinor: 0n,
      withheldMinor: 0n,
      uncappedMinor: 0n,
      reason: 'withdrawn',
      explanation:
        `Corrects line trial.1.1. Nothing is payable, because ${GONE}; £0.00 was posted before, ` +
        'so £0.00 is posted now (clause 1).',
    });
    expect(record.compute(capped, Q4, without)).toEqual([]);
  });
});

describe('a reversal that is withdrawn', () => {
  /** £100 for each job, taken back where it is lost; the second job uses the room that the first has left. */
  const terms = (limit: string) => {
    const m9 = {
      type: 'M9',
      reversedBy: 'lost',
      withinMonths: 6,
      share: '100%',
      takesBack: 'latest',
    };
    const of = perEventTerms({ caps: [cap(limit)] }, [m9]);
    const metric = { ...of.metrics[0]!, id: 'lost', label: 'Job lost', paid: false };
    return [inForce({ ...of, metrics: [...of.metrics, metric] })];
  };
  const given = (limit: string) => {
    const record = new ContractRecord();
    record.compute(terms(limit), Q3, [somebody([FIRST])]);
    record.compute(terms(limit), Q4, [somebody([FIRST, lost('recorded'), SECOND])]);
    const again = () => record.compute(terms(limit), Q4, [somebody([FIRST, lost('void'), SECOND])]);
    const lines = again();
    expect(again()).toEqual([]);
    return lines;
  };

  it('is paid again in full where the cap has room', () => {
    const [line, ...more] = given('200.00');
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      amountMinor: 10_000n,
      withheldMinor: 0n,
      steps: [withdrawn('-10000')],
    });
    expect(partsOf(line!)).toEqual({ council: 6_000n, fund: 4_000n });
  });

  it('is paid again as far as the cap has room, and the rest is shown', () => {
    const steps = [withdrawn('-10000'), capStep('10000', '5000', 'contract is limited to £150.00')];
    const [line, rest, ...more] = given('150.00');
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      kind: 'true-up',
      amountMinor: 5_000n,
      withheldMinor: 0n,
      reason: 'withdrawn',
      steps,
      explanation:
        `Corrects line trial.2.1. Nothing is to be returned any more, because ${GONE}; -£100.00 was posted before, ` +
        'so £50.00 is posted now and £50.00 is withheld, because a cap is reached (clause 1).',
    });
    expect(partsOf(line!)).toEqual({ council: 3_000n, fund: 2_000n });
    expect(rest).toMatchObject({
      kind: 'withheld',
      amountMinor: 0n,
      withheldMinor: 5_000n,
      reason: 'cap-reached',
      corrects: null,
      steps,
      explanation: '£50.00 of this outcome is withheld, because a cap is reached (clause 1).',
    });
    expect(partsOf(rest!)).toEqual({ council: 0n, fund: 0n });
  });

  it('is told in one line where the cap has no room', () => {
    const [line, ...more] = given('100.00');
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      kind: 'true-up',
      amountMinor: 0n,
      withheldMinor: 10_000n,
      reason: 'withdrawn',
      steps: [withdrawn('-10000'), capStep('10000', '0', 'contract is limited to £100.00')],
      explanation:
        `Corrects line trial.2.1. Nothing is to be returned any more, because ${GONE}; -£100.00 was posted before, ` +
        'so £0.00 is posted now and £100.00 is withheld, because a cap is reached (clause 1).',
    });
    expect(partsOf(line!)).toEqual({ council: 0n, fund: 0n });
  });
});

describe('a payment whose payers an amendment changes', () => {
  const RULE = { step: 'R1', before: '0', after: '10000', why: '1 claim at £100.00' };
  const split = (after: string) => ({
    step: 'split',
    before: '0',
    after,
    why: '£100.00 is divided anew between the payers',
  });
  const amended = (caps: object[]) => {
    const shares = [
      { payer: 'council', share: '1/5' },
      { payer: 'fund', share: '4/5' },
    ];
    const one = inForce(perEventTerms());
    const two = inForce(perEventTerms({ split: { type: 'S1', shares }, caps }), '2015-07-01', 2);
    const record = new ContractRecord();
    record.compute([one], Q3, [somebody([FIRST])]);
    const again = () => record.compute([one, two], Q4, [somebody([FIRST])]);
    const lines = again();
    expect(again()).toEqual([]);
    return lines;
  };
  const FOUND = 'Corrects line trial.1.1. "A job" on 2015-07-10 (evidence j1): £100.00 is divided ';

  it('is returned to those who carried it and posted to those who do now', () => {
    const [returned, again, ...more] = amended([]);
    expect(more).toEqual([]);
    expect(returned).toMatchObject({
      termsNumber: 2,
      revision: 2,
      kind: 'true-up',
      quantity: ZERO,
      uncappedMinor: 0n,
      amountMinor: -10_000n,
      withheldMinor: 0n,
      reason: 'redivided',
      steps: [{ step: 'redivided', before: '10000', after: '0', why: 'its payers have changed' }],
      evidence: [],
      corrects: 'trial.1.1',
      explanation:
        'Corrects line trial.1.1. It is returned, because its payers have changed; £100.00 was ' +
        'posted before, so -£100.00 is posted now (clause 1).',
    });
    expect(partsOf(returned!)).toEqual({ council: -6_000n, fund: -4_000n });
    expect(again).toMatchObject({
      termsNumber: 2,
      revision: 3,
      kind: 'true-up',
      uncappedMinor: 10_000n,
      amountMinor: 10_000n,
      withheldMinor: 0n,
      reason: null,
      steps: [RULE, split('10000')],
      evidence: ['job/j1#1'],
      corrects: 'trial.1.1',
      explanation: `${FOUND}anew between the payers (clause 1).`,
    });
    expect(partsOf(again!)).toEqual({ council: 2_000n, fund: 8_000n });
  });

  it('is posted only as far as a payer’s cap has room, and the rest is shown', () => {
    const [, again, rest, ...more] = amended([cap('20.00', { scope: 'payer', payer: 'fund' })]);
    const steps = [RULE, capStep('8000', '2000', 'payer:fund is limited to £20.00'), split('4000')];
    expect(more).toEqual([]);
    expect(again).toMatchObject({
      amountMinor: 4_000n,
      withheldMinor: 0n,
      reason: null,
      steps,
      explanation:
        `${FOUND}anew between the payers, of which £40.00 is payable and £60.00 is withheld, ` +
        'because a cap is reached (clause 1).',
    });
    expect(partsOf(again!)).toEqual({ council: 2_000n, fund: 2_000n });
    expect(rest).toMatchObject({
      kind: 'withheld',
      amountMinor: 0n,
      withheldMinor: 6_000n,
      reason: 'cap-reached',
      explanation: '£60.00 of this outcome is withheld, because a cap is reached (clause 1).',
    });
  });

  it('is told in one line where no payer has room', () => {
    const [, again, ...more] = amended([
      cap('0.00', { scope: 'payer', payer: 'fund' }),
      cap('0.00', { id: 'other', scope: 'payer', payer: 'council' }),
    ]);
    expect(more).toEqual([]);
    expect(again).toMatchObject({
      amountMinor: 0n,
      withheldMinor: 10_000n,
      reason: 'cap-reached',
      explanation:
        `${FOUND}anew between the payers, of which nothing is payable, because a cap is reached ` +
        '(clause 1).',
    });
  });
});

describe('a cap on a metric', () => {
  it('cuts what is paid by that metric, over all participants, and nothing else', () => {
    const caps = [cap('150.00', { scope: 'metric', metric: 'job' })];
    const lines = new ContractRecord().compute([inForce(perEventTerms({ caps }))], Q4, [
      somebody([FIRST, event('course', 'c1', '2015-07-12')]),
      somebody([SECOND], { reference: 'P-2' }),
    ]);
    expect(lines.map((l) => [l.occurrence, l.kind, l.amountMinor, l.withheldMinor])).toEqual([
      ['j1', 'payment', 10_000n, 0n],
      ['c1', 'payment', 5_000n, 0n],
      ['j2', 'payment', 5_000n, 0n],
      ['j2', 'withheld', 0n, 5_000n],
    ]);
    expect(lines[2]!.steps.at(-1)).toEqual(
      capStep('10000', '5000', 'metric:job is limited to £150.00'),
    );
  });
});
